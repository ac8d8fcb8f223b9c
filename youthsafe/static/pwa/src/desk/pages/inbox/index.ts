/** The inbox: lists of reports. */
import type { DeskPage } from "../../session/desk.ts";
import { _ } from "../../texts.ts";
import { inboxAddress } from "./address.ts";

export const inbox: DeskPage = {
  name: "inbox",
  path: "inbox/",
  order: 10,
  title: () => _("Inbox"),
  permission: "report:read",
  menu: [
    { name: "open", label: () => _("Still open"), address: inboxAddress("open") },
    { name: "mine", label: () => _("Mine"), address: inboxAddress("mine") },
    { name: "closed", label: () => _("Closed"), address: inboxAddress("closed") },
  ],
  View: () => import("./view.tsx"),
};
