/**
 * Reading hours: when the staffed minutes that a report may wait have passed.
 *
 * Pure functions over the signed team bundle's hours. Instants are milliseconds since 1970; days are days since 1970-01-01;
 * `weekly` is seven pairs of minutes after midnight in Europe/London, Monday first, or null on a day without hours.
 *
 * @import { Weekly } from '../lib/london.ts'
 */

import { hoursOf, londonDay, londonInstant } from '../lib/london.ts';

export { londonDay, londonInstant };

const MINUTE = 60_000;
const LOOK_AHEAD_DAYS = 400;

/**
 * The instant at which `minutes` staffed minutes have passed since `since`, or null when no hours are to come.
 * @param {number} since
 * @param {number} minutes
 * @param {Weekly} weekly
 * @param {ReadonlySet<number>} closedDays
 * @returns {number | null}
 */
export function dueAt(since, minutes, weekly, closedDays) {
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
