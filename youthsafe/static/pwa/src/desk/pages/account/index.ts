/** My account: the own words, second factors, recovery codes, browsers that are signed in, address of mail. */
import type { DeskPage } from "../../session/desk.ts";
import { _ } from "../../texts.ts";

export const account: DeskPage = {
  name: "account",
  path: "account/",
  order: 90,
  title: () => _("My account"),
  permission: "account:change",
  menu: [{ name: "account", label: () => _("My account"), address: "account/" }],
  View: () => import("./view.tsx"),
};
