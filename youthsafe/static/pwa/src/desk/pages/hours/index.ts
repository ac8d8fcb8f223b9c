/** Reading hours and closed days: what pupils are promised. */
import type { DeskPage } from "../../session/desk.ts";
import { _ } from "../../texts.ts";

export const hours: DeskPage = {
  name: "hours",
  path: "hours/",
  order: 92,
  title: () => _("Reading hours"),
  permission: "hours:set",
  menu: [],
  settings: () => _("When each team reads, closed days, and what pupils are promised."),
  View: () => import("./view.tsx"),
};
