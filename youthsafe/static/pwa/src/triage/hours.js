/**
 * Reading hours: when the staffed minutes that a report may wait have passed.
 *
 * Pure functions over the signed team bundle's hours. Instants are milliseconds since 1970; days are days since 1970-01-01;
 * `weekly` is seven pairs of minutes after midnight in Europe/London, Monday first, or null on a day without hours.
 *
 * @typedef {({opens: number, closes: number} | null)[]} Weekly
 */

const DAY = 86_400_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;
const LOOK_AHEAD_DAYS = 400;

const london = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London', hourCycle: 'h23',
  year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
});

/** The offset of each hour that was asked for: clocks change on the hour, and asking takes long. @type {Map<number, number>} */
const known = new Map();

/**
 * How far the wall clock of Europe/London is ahead of UTC, in milliseconds.
 * @param {number} instant
 */
function offset(instant) {
  const hour = Math.floor(instant / HOUR);
  const found = known.get(hour) ?? measured(hour * HOUR);
  known.set(hour, found);
  return found;
}

/** @param {number} instant */
function measured(instant) {
  /** @type {Record<string, number>} */
  const part = {};
  for (const { type, value } of london.formatToParts(instant)) part[type] = Number(value);
  const wall = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second);
  return wall - Math.floor(instant / 1000) * 1000;
}

/**
 * The instant at which London's clock shows these minutes after midnight of this day.
 * @param {number} day
 * @param {number} minutes
 */
export function londonInstant(day, minutes) {
  const wall = day * DAY + minutes * MINUTE;
  const guess = wall - offset(wall);
  return wall - offset(guess);
}

/**
 * The day in London at an instant.
 * @param {number} instant
 */
export function londonDay(instant) {
  return Math.floor((instant + offset(instant)) / DAY);
}

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
    const hours = weekly[(day + 3) % 7]; // 1970-01-01 was a Thursday
    if (!hours || closedDays.has(day)) continue;
    const start = Math.max(since, londonInstant(day, hours.opens));
    const staffed = Math.max(0, londonInstant(day, hours.closes) - start);
    if (staffed >= left) return start + left;
    left -= staffed;
  }
  return null;
}
