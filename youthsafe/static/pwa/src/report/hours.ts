/** When the team reads: now and until when, or from when. The hours come from the signed bundle. */

import { hoursOf, londonDay, londonInstant, type Weekly } from "../lib/london.ts";

const LOOK_AHEAD_DAYS = 60;

/** `closedDays` since 1970-01-01. `at` is the end of this reading time, or the start of the next. */
export function readingTime(
  weekly: Weekly,
  closedDays: ReadonlySet<number>,
  now: number,
): { reading: boolean; at: number | null } {
  const today = londonDay(now);
  for (let day = today; day < today + LOOK_AHEAD_DAYS; day += 1) {
    const hours = hoursOf(weekly, day);
    if (!hours || closedDays.has(day)) continue;
    const opens = londonInstant(day, hours.opens);
    const closes = londonInstant(day, hours.closes);
    if (now < opens) return { reading: false, at: opens };
    if (now < closes) return { reading: true, at: closes };
  }
  return { reading: false, at: null };
}
