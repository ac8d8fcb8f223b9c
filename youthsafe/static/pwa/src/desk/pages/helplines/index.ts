/** Helplines: who was tried when, who does not answer, and what differs here from the content pack. */
import type { DeskPage } from "../../session/desk.ts";
import { _ } from "../../texts.ts";

export const helplines: DeskPage = {
  name: "helplines",
  path: "helplines/",
  order: 40,
  title: () => _("Helplines"),
  permission: "helpline:check",
  menu: [{ name: "helplines", label: () => _("Helplines"), address: "helplines/" }],
  View: () => import("./view.tsx"),
};
