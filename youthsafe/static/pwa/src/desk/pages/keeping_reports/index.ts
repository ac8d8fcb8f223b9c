/** How long reports are kept. */
import type { DeskPage } from "../../session/desk.ts";
import { _ } from "../../texts.ts";

export const keepingReports: DeskPage = {
  name: "keeping_reports",
  path: "keeping-reports/",
  order: 93,
  title: () => _("How long reports are kept"),
  permission: "retention:set",
  menu: [],
  settings: () => _("After how many days a report is erased, and what goes next."),
  View: () => import("./view.tsx"),
};
