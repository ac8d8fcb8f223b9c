/** Floods: what can be closed at once, what was, and the work that everybody is asked for. */
import type { DeskPage } from "../../session/desk.ts";
import { _ } from "../../texts.ts";

export const floods: DeskPage = {
  name: "floods",
  path: "floods/",
  order: 20,
  title: () => _("Floods"),
  permission: "flood:read",
  menu: [{ name: "floods", label: () => _("Floods"), address: "floods/" }],
  View: () => import("./view.tsx"),
};
