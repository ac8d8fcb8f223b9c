/** How many reports nobody has opened, in the bar above every page but the list that shows them all. */
import { dayAndTime, figure } from "../lib/dates.ts";
import type { Desk, Visit } from "./session/desk.ts";
import { _ } from "./texts.ts";
import { Badge } from "./ui/badge.tsx";
import type { Alerts } from "./wire.ts";

/** As many as are counted; there may be more. */
const MOST = 100;

export const countOf = ({ urgent, others }: Alerts): number => urgent + others;

/** Such as “99+”. */
export const shownCount = (count: number): string => (count < MOST ? figure(count) : `${figure(MOST - 1)}+`);

/** The number stands in the tab's title, where it is seen from elsewhere. */
export function withCount(title: string, unopened: Alerts | null): string {
  return unopened && countOf(unopened) > 0 ? `(${shownCount(countOf(unopened))}) ${title}` : title;
}

/** Whether a page lists everything that nobody has opened, and so counts it. */
export const listsThemAll = ({ page, query }: Visit): boolean =>
  page.name === "inbox" && !query.has("show") && !query.has("hour");

export function UnopenedBar({ desk }: { desk: Desk }) {
  const found = desk.unopened.value;
  const shown = found && countOf(found) > 0 && !listsThemAll(desk.visit.value) ? found : null;
  return (
    <p class="unopened" role="status" data-part="unopened">
      {shown && (
        <a href={desk.address("inbox/")}>
          {shown.urgent > 0 && (
            <Badge kind="urgent">{_("In danger now: %(count)s", { count: shownCount(shown.urgent) })}</Badge>
          )}
          <span>{_("Not opened yet: %(count)s", { count: shownCount(countOf(shown)) })}</span>
        </a>
      )}
      {shown?.failing && <span>{_("Alerts do not go out. Tell a coordinator.")}</span>}
      {shown?.last && !shown.failing && (
        <span>{_("Last alert: in the hour from %(time)s", { time: dayAndTime(Date.parse(shown.last)) })}</span>
      )}
    </p>
  );
}
