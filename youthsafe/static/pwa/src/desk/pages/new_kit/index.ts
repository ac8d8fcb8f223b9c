/** A new recovery kit, where the old one was seen or is lost, and the ceremony of a new root. */
import type { DeskPage } from "../../session/desk.ts";
import { _ } from "../../texts.ts";

export const newKit: DeskPage = {
  name: "new_kit",
  path: "new-kit/",
  order: 97,
  title: () => _("New recovery kit"),
  permission: "team:sign",
  menu: [],
  settings: () => _("Where the old kit was seen or is lost, and where the root itself must change."),
  View: () => import("./view.tsx"),
};
