/**
 * The wall clock of the United Kingdom. Instants are milliseconds since 1970, days are days since 1970-01-01, minutes are
 * counted from midnight on the wall.
 */

/** Opening hours of a week, Monday first; null on a day without any. */
export type Weekly = ({ opens: number; closes: number } | null)[];

const DAY = 86_400_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;

const london = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London",
  hourCycle: "h23",
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "numeric",
  minute: "numeric",
  second: "numeric",
});

/** The offset of each hour that was asked for: clocks change on the hour, and asking takes long. */
const known = new Map<number, number>();

/** How far the wall clock is ahead of UTC, in milliseconds. */
function offset(instant: number) {
  const hour = Math.floor(instant / HOUR);
  const found = known.get(hour) ?? measured(hour * HOUR);
  known.set(hour, found);
  return found;
}

function measured(instant: number) {
  const parts = london.formatToParts(instant);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  const wall = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return wall - Math.floor(instant / 1000) * 1000;
}

/** The instant at which the clock shows these minutes after midnight of this day. */
export function londonInstant(day: number, minutes: number) {
  const wall = day * DAY + minutes * MINUTE;
  const guess = wall - offset(wall);
  return wall - offset(guess);
}

export function londonDay(instant: number) {
  return Math.floor((instant + offset(instant)) / DAY);
}

/** The hours of a day. */
export const hoursOf = (weekly: Weekly, day: number) => weekly[(day + 3) % 7]; // 1970-01-01 was a Thursday
