/** Set-up: the first coordinator makes the keys of a new instance, with the link that whoever runs the server printed. */
import type { DeskPage } from "../../session/desk.ts";
import { _ } from "../../texts.ts";

export const setUp: DeskPage = {
  name: "set_up",
  path: "set-up/",
  title: () => _("Set up this site"),
  permission: null,
  menu: [],
  View: () => import("./view.tsx"),
};
