/** Trail: who did what and when, in words, with the heads that two people compare. */
import type { DeskPage } from "../../session/desk.ts";
import { _ } from "../../texts.ts";

export const trail: DeskPage = {
  name: "trail",
  path: "trail/",
  order: 70,
  title: () => _("Trail"),
  permission: "trail:read",
  menu: [{ name: "trail", label: () => _("Trail"), address: "trail/" }],
  View: () => import("./view.tsx"),
};
