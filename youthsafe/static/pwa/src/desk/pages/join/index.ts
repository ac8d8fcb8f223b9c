/** Joining: the page of an invitation's link, before there is an account. */
import type { DeskPage } from "../../session/desk.ts";
import { _ } from "../../texts.ts";

export const join: DeskPage = {
  name: "join",
  path: "join/",
  title: () => _("Join the team"),
  permission: null,
  menu: [],
  View: () => import("./view.tsx"),
};
