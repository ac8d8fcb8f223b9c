/** One report: what was told, the messages both ways, who claimed it, and the answer. */
import type { DeskPage } from "../../session/desk.ts";
import { _ } from "../../texts.ts";

export const report: DeskPage = {
  name: "report",
  path: "reports/:id/",
  title: () => _("One report"),
  permission: "report:read",
  menu: [],
  View: () => import("./view.tsx"),
};
