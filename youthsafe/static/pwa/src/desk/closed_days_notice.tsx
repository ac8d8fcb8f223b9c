/** What is said to whoever sets the hours when the closed days that were signed come to an end: a promise must not pass them. */
import { date } from "../lib/dates.ts";
import { londonDay, londonInstant } from "../lib/london.ts";
import type { Desk } from "./session/desk.ts";
import { may, type Session } from "./session/session.ts";
import { _ } from "./texts.ts";
import { Notice } from "./ui/notice.tsx";

/** Longer than between any two bank holidays. */
const SOON_DAYS = 120;
const NOON = 12 * 60;

export function ClosedDaysNotice({ desk, session }: { desk: Desk; session: Session }) {
  const last = Math.max(...session.closedDays);
  const isFar = last >= londonDay(Date.now()) + SOON_DAYS;
  if (!may(session, "hours:set") || session.closedDays.size === 0 || isFar) return null;
  return (
    <Notice kind="warn" part="closed-days-end">
      {_("The last closed day that is signed is %(date)s. After it, pupils may be promised a bank holiday.", {
        date: date(londonInstant(last, NOON)),
      })}{" "}
      <a class="row-link" href={desk.address("hours/")}>
        {_("Look at the reading hours and sign them")}
      </a>
    </Notice>
  );
}
