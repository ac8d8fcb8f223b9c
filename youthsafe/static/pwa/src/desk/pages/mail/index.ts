/** Mail: the mail server, a test message, and what waits or was not delivered. */
import type { DeskPage } from "../../session/desk.ts";
import { _ } from "../../texts.ts";

export const mail: DeskPage = {
  name: "mail",
  path: "mail/",
  title: () => _("Mail"),
  permission: "mail:set",
  menu: [],
  settings: () => _("Mail server and a test message; what waits, and what was not delivered."),
  View: () => import("./view.tsx"),
};
