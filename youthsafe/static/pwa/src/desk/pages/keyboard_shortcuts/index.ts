/** The keyboard shortcuts of the desk, and the switch that takes them away. */
import type { DeskPage } from "../../session/desk.ts";
import { _ } from "../../texts.ts";

export const keyboardShortcuts: DeskPage = {
  name: "keyboard_shortcuts",
  path: "keyboard/",
  order: 91,
  title: () => _("Keyboard shortcuts"),
  permission: "account:change",
  menu: [{ name: "keyboard", label: () => _("Keyboard"), address: "keyboard/" }],
  View: () => import("./view.tsx"),
};
