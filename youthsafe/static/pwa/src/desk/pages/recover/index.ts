/** Coming back by the recovery kit, when nobody can sign in any more. */
import type { DeskPage } from "../../session/desk.ts";
import { _ } from "../../texts.ts";

export const recover: DeskPage = {
  name: "recover",
  path: "recover/",
  title: () => _("Come back by the recovery kit"),
  permission: null,
  menu: [],
  View: () => import("./view.tsx"),
};
