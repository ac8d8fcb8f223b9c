/** How many of those who open reports are not told by mail that something came: a mail server that works tells nobody by itself. */
import type * as api from "../generated/api.ts";
import { figure } from "../lib/dates.ts";
import { _ } from "./texts.ts";
import { Notice } from "./ui/notice.tsx";

export function ReadersWithoutMail({ readers: { count, without_mail: without } }: { readers: api.Addressed }) {
  return (
    <Notice part="readers-without-mail">
      {without > 0 &&
        _(
          "%(without)s of %(count)s people who open reports have no address of mail. They are not told when something comes. Each can add one under “My account”.",
          { without: figure(without), count: figure(count) },
        )}
    </Notice>
  );
}
