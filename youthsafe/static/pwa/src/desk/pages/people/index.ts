/** People: who is on the staff, who was invited, and what each of them can open. */
import type { DeskPage } from "../../session/desk.ts";
import { _ } from "../../texts.ts";

export const people: DeskPage = {
  name: "people",
  path: "people/",
  order: 60,
  title: () => _("People"),
  permission: "member:read",
  menu: [{ name: "people", label: () => _("People"), address: "people/" }],
  View: () => import("./view.tsx"),
};
