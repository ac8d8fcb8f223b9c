/** The parts of the promise that come from the signed bundle: who reads, when, and in which languages. */
import { clockTime, languageNames, moment, wallTime, weekday } from "../lib/dates.ts";
import { all, choose, copy, one, write } from "../lib/dom.ts";
import { readingTime } from "../lib/reading_hours.ts";
import type { Accepted, Team } from "../trust/bundle.ts";

const READING = ["reading-now", "reading-later", "reading-unknown", "hours-loading", "hours-missing"];

export function fillPromise(root: HTMLElement, accepted: Accepted, team: Team, now: number) {
  const { reading, at } = readingTime(team.weekly, new Set(accepted.closedDays), now);
  choose(root, READING, at === null ? "reading-unknown" : reading ? "reading-now" : "reading-later");
  if (at !== null) {
    write(root, "[data-closes]", clockTime(at));
    write(root, "[data-opens]", moment(at));
  }
  write(root, "[data-languages]", languageNames(team.languages));
  one(root, "[data-week]").replaceChildren(...spans(team.weekly).map((span) => row(root, span)));
  for (const hours of all(root, "[data-hours]")) hours.hidden = false;
}

/** Say that there are no hours to show, yet or at all. */
export function emptyPromise(root: HTMLElement, why: "hours-loading" | "hours-missing") {
  choose(root, READING, why);
  for (const hours of all(root, "[data-hours]")) hours.hidden = true;
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
