/** Settings: the pages on which a coordinator sets how this site works. */
import type { DeskPage } from "../../session/desk.ts";
import { _ } from "../../texts.ts";

export const settings: DeskPage = {
  name: "settings",
  path: "settings/",
  order: 90,
  title: () => _("Settings"),
  permission: "hours:set",
  menu: [{ name: "settings", label: () => _("Settings"), address: "settings/" }],
  View: () => import("./view.tsx"),
};
