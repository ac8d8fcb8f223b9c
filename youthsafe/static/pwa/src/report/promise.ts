/** The parts of the promise that come from the signed bundle: who reads, when, and in which languages. */
import { clockTime, languageNames, moment, wallTime, weekday } from "../lib/dates.ts";
import { choose, copy, one, write } from "../lib/dom.ts";
import { readingsFrom } from "../lib/reading_hours.ts";
import type { Accepted, Team } from "../trust/bundle.ts";

const SHOWN = ["reading-now", "reading-later", "reading-unknown", "hours-loading", "hours-missing", "hours", "dated"];

/** `look`: what was sent now is read by the end of the first stretch, so an answer may be there when the next begins. */
export function fillPromise(root: HTMLElement, accepted: Accepted, team: Team, now: number) {
  const [first, look, again] = readingsFrom(team.weekly, new Set(accepted.closedDays), now);
  const state = !first ? "reading-unknown" : first.opens <= now ? "reading-now" : "reading-later";
  choose(root, SHOWN, state, "hours", again ? "dated" : null);
  write(root, "[data-closes]", first ? clockTime(first.closes) : "");
  write(root, "[data-opens]", first ? moment(first.opens) : "");
  write(root, "[data-look]", look ? moment(look.opens) : "");
  write(root, "[data-look-again]", again ? moment(again.opens) : "");
  write(root, "[data-languages]", languageNames(team.languages));
  one(root, "[data-week]").replaceChildren(...spans(team.weekly).map((span) => row(root, span)));
}

/** Say that there are no hours to show, yet or at all. */
export function emptyPromise(root: HTMLElement, why: "hours-loading" | "hours-missing") {
  choose(root, SHOWN, why);
}

/** Neighbouring days with the same hours, as one line. */
export function spans(weekly: Team["weekly"]) {
  const lines: { first: number; last: number; hours: Team["weekly"][number] }[] = [];
  weekly.forEach((hours, day) => {
    const line = lines.at(-1);
    if (line && line.hours?.opens === hours?.opens && line.hours?.closes === hours?.closes) line.last = day;
    else lines.push({ first: day, last: day, hours });
  });
  return lines;
}

function row(root: HTMLElement, { first, last, hours }: ReturnType<typeof spans>[number]) {
  const cells = copy(root, hours ? "[data-day]" : "[data-no-reading]");
  write(cells, "[data-weekday]", first === last ? weekday(first) : `${weekday(first)} – ${weekday(last)}`);
  if (hours) {
    write(cells, "[data-from]", wallTime(hours.opens));
    write(cells, "[data-to]", wallTime(hours.closes));
  }
  return cells;
}
