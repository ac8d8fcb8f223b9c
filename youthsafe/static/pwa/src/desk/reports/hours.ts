/** Reading hours: when the staffed minutes that a report may wait have passed. */
import { hoursOf, londonDay, londonInstant, type Weekly } from "../../lib/london.ts";

const MINUTE = 60_000;
const LOOK_AHEAD_DAYS = 400;

/** The instant at which `minutes` staffed minutes have passed since `since`, or null when no hours are to come. */
export function dueAt(since: number, minutes: number, weekly: Weekly, closedDays: ReadonlySet<number>): number | null {
  let left = minutes * MINUTE;
  const first = londonDay(since);
  for (let day = first; day < first + LOOK_AHEAD_DAYS; day += 1) {
    const hours = hoursOf(weekly, day);
    if (!hours || closedDays.has(day)) continue;
    const start = Math.max(since, londonInstant(day, hours.opens));
    const staffed = Math.max(0, londonInstant(day, hours.closes) - start);
    if (staffed >= left) return start + left;
    left -= staffed;
  }
  return null;
}
