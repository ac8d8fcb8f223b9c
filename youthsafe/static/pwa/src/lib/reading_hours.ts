/**
 * When a team reads (docs/envelope.md 5.1): its hours of the week, without the closed days. The promise on the form, what is said after
 * sending, what is said without a signal, when a report is due at the desk and the calendar there all ask this.
 */
import { hoursOf, londonDay, londonInstant, type Weekly } from "./london.ts";

const MINUTE = 60_000;

/** Bundles name closed days for longer than that, as from any day on which they are good. */
export const LOOK_AHEAD_DAYS = 366;

/** A stretch of reading, in milliseconds since 1970. */
export interface Reading {
  opens: number;
  closes: number;
}

/** The reading of a day; null where there is none. A stretch that the clock skips, because it is put forward, is none. */
export function readingOn(weekly: Weekly, closedDays: ReadonlySet<number>, day: number): Reading | null {
  const hours = hoursOf(weekly, day);
  if (!hours || closedDays.has(day)) return null;
  const [opens, closes] = [londonInstant(day, hours.opens), londonInstant(day, hours.closes)];
  return opens < closes ? { opens, closes } : null;
}

/** The stretches that end after an instant, in their order: the first may have begun before it. */
export function* readingsFrom(weekly: Weekly, closedDays: ReadonlySet<number>, instant: number): Generator<Reading> {
  const first = londonDay(instant);
  for (let day = first; day < first + LOOK_AHEAD_DAYS; day += 1) {
    const reading = readingOn(weekly, closedDays, day);
    if (reading && instant < reading.closes) yield reading;
  }
}

/** The instant at which `minutes` of reading have passed since `since`, or null when so many are not to come. */
export function dueAt(since: number, minutes: number, weekly: Weekly, closedDays: ReadonlySet<number>): number | null {
  let left = minutes * MINUTE;
  for (const { opens, closes } of readingsFrom(weekly, closedDays, since)) {
    const start = Math.max(since, opens);
    if (closes - start >= left) return start + left;
    left -= closes - start;
  }
  return null;
}
