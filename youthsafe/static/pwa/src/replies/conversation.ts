/** Shows what stands in an opened mailbox. Words of the team are only ever text. */
import { figure, wholeHour } from "../lib/dates.ts";
import { choose, copy, one, write } from "../lib/dom.ts";
import type { Entry } from "./thread.ts";

const STATES = ["not-opened", "read", "read-unchecked", "closed-report"];
const WITHDRAWN = ["withdrawn", "withdrawn-unchecked", "not-withdrawn"];

/** `report`: the server's word. `said`: by the team. */
export function showConversation(
  root: HTMLElement,
  report: { opened: boolean; closed: boolean; withdrawn: boolean },
  said: { opened: boolean; withdrawalSeen: boolean },
  entries: readonly Entry[],
) {
  choose(root, STATES, stateOf(report, said));
  choose(
    root,
    WITHDRAWN,
    said.withdrawalSeen ? "withdrawn" : report.withdrawn ? "withdrawn-unchecked" : "not-withdrawn",
  );
  choose(
    root,
    ["no-answers"],
    entries.some((entry) => entry.from === "team" || entry.from === "nobody") ? null : "no-answers",
  );
  one(root, "[data-thread]").replaceChildren(...entries.flatMap((entry) => parts(root, entry)));
}

/** What the team said is a fact; all else is what the server says. */
function stateOf(report: { opened: boolean; closed: boolean }, said: { opened: boolean }) {
  if (report.closed) return "closed-report";
  if (said.opened) return "read";
  return report.opened ? "read-unchecked" : "not-opened";
}

export function wipeConversation(root: HTMLElement) {
  one(root, "[data-thread]").replaceChildren();
}

function parts(root: HTMLElement, entry: Entry) {
  if (entry.from === "order") return [copy(root, "[data-order]")];
  if (entry.from === "nobody" || Number.isNaN(entry.hour)) return [copy(root, "[data-refused]")];
  if (entry.from === "you") return [timed(copy(root, "[data-yours]"), entry.hour)];
  const answer = timed(copy(root, "[data-theirs]"), entry.hour);
  const words = one(answer, "[data-words-of-team]");
  words.textContent = entry.text;
  words.lang = entry.locale;
  choose(answer, ["had-report", "had-more"], entry.seen === 0 ? "had-report" : "had-more");
  write(answer, "[data-seen]", figure(entry.seen));
  return [
    ...(entry.gap ? [copy(root, "[data-gap]")] : []),
    answer,
    ...(entry.fits ? [] : [copy(root, "[data-unfit]")]),
  ];
}

/** `hour`: since 1970. */
function timed(fragment: DocumentFragment, hour: number) {
  write(fragment, "[data-hour]", wholeHour(hour));
  one(fragment, "[data-hour]").setAttribute("datetime", new Date(hour * 3_600_000).toISOString());
  return fragment;
}
