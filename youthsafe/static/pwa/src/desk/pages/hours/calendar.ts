/** The calendar that somebody puts together: which days are closed, and what the next days look like. Days are days since 1970-01-01. */
import { londonDay, londonInstant, type Weekly } from "../../../lib/london.ts";
import { type Reading, readingOn } from "../../../lib/reading_hours.ts";
import type { SignedCalendar } from "../../session/commands/hours.ts";

const DAY = 86_400_000;
const MINUTES_OF_A_DAY = 1440;

/** A bundle names closed days for so long from the day on which it is signed. */
export const CLOSED_DAYS_AHEAD = 400;

export interface Holiday {
  day: number;
  name: string;
}

/** A line of what pupils are promised. `holiday`: the name of a bank holiday on that day, or nothing. */
export interface PromisedDay {
  day: number;
  closed: boolean;
  holiday: string;
  readings: readonly (Reading | null)[];
}

/** A date such as 2026-12-25, as a day; not a number for anything else. */
export function dayOf(date: string): number {
  const instant = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00Z`) : Number.NaN;
  return instant / DAY;
}

/** Noon of a day, for showing its date. */
export const noonOf = (day: number): number => londonInstant(day, MINUTES_OF_A_DAY / 2);

/**
 * The closed days to begin with: those that are signed, and every bank holiday after the last of them. One before that and not among them is a day
 * on which somebody chose to read.
 */
export function closedToBegin(
  { closedDays }: Pick<SignedCalendar, "closedDays">,
  holidays: readonly Holiday[],
): number[] {
  const last = Math.max(...closedDays);
  const later = holidays.map(({ day }) => day).filter((day) => day > last);
  return inOrder([...closedDays, ...later]);
}

/** What is to be signed: from today on, as far ahead as a bundle names them. */
export function closedToSign(closed: Iterable<number>, now: number): number[] {
  const today = londonDay(now);
  return inOrder([...closed].filter((day) => today <= day && day <= today + CLOSED_DAYS_AHEAD));
}

const inOrder = (days: readonly number[]): number[] => [...new Set(days)].sort((one, other) => one - other);

/** The next days as pupils will be promised them. */
export function promisedDays(
  weeks: readonly Weekly[],
  closed: ReadonlySet<number>,
  holidays: readonly Holiday[],
  now: number,
  count = 14,
): PromisedDay[] {
  const names = new Map(holidays.map(({ day, name }) => [day, name]));
  const first = londonDay(now);
  return Array.from({ length: count }, (_each, index) => first + index).map((day) => ({
    day,
    closed: closed.has(day),
    holiday: names.get(day) ?? "",
    readings: weeks.map((weekly) => readingOn(weekly, closed, day)),
  }));
}

/** Minutes after midnight of what a field for times holds, such as 09:30; null for nothing. Midnight is the end of a day where it ends something. */
export function minutesOf(text: string, ends: boolean): number | null {
  const found = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  if (!found) return null;
  const minutes = Number(found[1]) * 60 + Number(found[2]);
  return ends && minutes === 0 ? MINUTES_OF_A_DAY : minutes;
}

/** The same the other way round. */
export function timeOf(minutes: number): string {
  const rest = minutes % MINUTES_OF_A_DAY;
  return `${String(Math.floor(rest / 60)).padStart(2, "0")}:${String(rest % 60).padStart(2, "0")}`;
}
