/** Places: Safe Havens, from the file that they come in to the list that pupils see. */
import type { DeskPage } from "../../session/desk.ts";
import { _ } from "../../texts.ts";

export const places: DeskPage = {
  name: "places",
  path: "places/",
  order: 30,
  title: () => _("Places"),
  permission: "haven:read",
  menu: [{ name: "places", label: () => _("Places"), address: "places/" }],
  View: () => import("./view.tsx"),
};
