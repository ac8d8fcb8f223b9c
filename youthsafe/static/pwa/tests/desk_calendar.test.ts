/** The calendar that a coordinator puts together, before anything is signed. */
import assert from "node:assert/strict";
import test from "node:test";
import {
  CLOSED_DAYS_AHEAD,
  closedToBegin,
  closedToSign,
  dayOf,
  minutesOf,
  promisedDays,
  timeOf,
} from "../src/desk/pages/hours/calendar.ts";

const WORKDAY = { opens: 540, closes: 1020 };
const OFFICE = [WORKDAY, WORKDAY, WORKDAY, WORKDAY, WORKDAY, null, null];
const NOW = Date.parse("2026-12-22T10:00Z");
const CHRISTMAS = { day: dayOf("2026-12-25"), name: "Christmas Day" };
const IN_TWO_YEARS = { day: dayOf("2028-04-14"), name: "Good Friday" };
const signed = (...closedDays) => ({ closedDays });

test("where nothing was closed yet every bank holiday is proposed as a closed day", () => {
  assert.deepEqual(closedToBegin(signed(), [CHRISTMAS, IN_TWO_YEARS]), [CHRISTMAS.day, IN_TWO_YEARS.day]);
});

test("a bank holiday that was left out on purpose stays a day of reading", () => {
  assert.deepEqual(closedToBegin(signed(CHRISTMAS.day + 3), [CHRISTMAS]), [CHRISTMAS.day + 3]);
});

test("one after the last closed day that is signed is proposed", () => {
  assert.deepEqual(closedToBegin(signed(CHRISTMAS.day), [CHRISTMAS, IN_TWO_YEARS]), [CHRISTMAS.day, IN_TWO_YEARS.day]);
});

test("own closed days stay, and each day stands there once, in order", () => {
  const own = dayOf("2027-01-04");
  assert.deepEqual(closedToBegin(signed(CHRISTMAS.day, own), [CHRISTMAS]), [CHRISTMAS.day, own]);
});

test("what is over is not signed again, nor what lies further ahead than a bundle says", () => {
  const today = dayOf("2026-12-22");
  const far = today + CLOSED_DAYS_AHEAD;
  assert.deepEqual(closedToSign([far + 1, far, today, today - 1], NOW), [today, far]);
});

test("the next fourteen days are those that pupils are promised, with the names of bank holidays", () => {
  const days = promisedDays([OFFICE], new Set([CHRISTMAS.day]), [CHRISTMAS], NOW);
  assert.equal(days.length, 14);
  assert.deepEqual(days[0].readings, [
    { opens: Date.parse("2026-12-22T09:00Z"), closes: Date.parse("2026-12-22T17:00Z") },
  ]);
  assert.deepEqual([days[3].closed, days[3].holiday, days[3].readings], [true, "Christmas Day", [null]]);
  assert.deepEqual(days[4].readings, [null], "a Saturday");
});

test("a time is written and read as the same minutes; midnight ends a day and begins one", () => {
  for (const minutes of [0, 1, 59, 60, 540, 1439]) assert.equal(minutesOf(timeOf(minutes), false), minutes);
  assert.equal(minutesOf(timeOf(1440), true), 1440);
  for (const wrong of ["", "9:00", "24:00", "12:60", "noon"]) assert.equal(minutesOf(wrong, false), null);
});

test("a date that is none is no day", () => {
  for (const wrong of ["", "2026-13-01", "25.12.2026", "2026-02-3"]) assert.ok(Number.isNaN(dayOf(wrong)), wrong);
});
