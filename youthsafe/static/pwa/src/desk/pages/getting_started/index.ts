/** Set-up: what is left to do before pupils can send, for whoever signs for the instance. */
import type { DeskPage } from "../../session/desk.ts";
import { _ } from "../../texts.ts";

export const gettingStarted: DeskPage = {
  name: "getting_started",
  path: "getting-started/",
  order: 90,
  title: () => _("Set-up"),
  permission: "instance:set-up",
  menu: [{ name: "getting_started", label: () => _("Set-up"), address: "getting-started/" }],
  View: () => import("./view.tsx"),
};
