/** A sheet for a school's wall: its code leads pupils to the form, and tells their phones which site is the real one. */
import type { DeskPage } from "../../session/desk.ts";
import { _ } from "../../texts.ts";

export const schoolSheet: DeskPage = {
  name: "school_sheet",
  path: "school-sheet/",
  order: 96,
  title: () => _("Sheet for schools"),
  permission: "instance:set-up",
  menu: [],
  settings: () => _("A sheet to print, whose code tells a phone which site is the real one."),
  View: () => import("./view.tsx"),
};
