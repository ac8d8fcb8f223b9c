/** The work that is asked of everybody before a report is taken. */
import type { DeskPage } from "../../session/desk.ts";
import { _ } from "../../texts.ts";

export const workAsked: DeskPage = {
  name: "work_asked",
  path: "work-asked/",
  order: 94,
  title: () => _("Work asked of everybody"),
  permission: "work:raise",
  menu: [],
  settings: () => _("Slow a flood of reports down for some hours."),
  View: () => import("./view.tsx"),
};
