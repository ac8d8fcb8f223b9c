/** Taking reports: stopping at once, and taking them again. */
import type { DeskPage } from "../../session/desk.ts";
import { _ } from "../../texts.ts";
import { TAKING_REPORTS } from "./address.ts";

export const takingReports: DeskPage = {
  name: "taking_reports",
  path: TAKING_REPORTS,
  order: 91,
  title: () => _("Taking reports"),
  permission: "form:stop",
  menu: [],
  settings: () => _("Stop taking reports at once, and take them again."),
  View: () => import("./view.tsx"),
};
