/** When a team reads: the browser's one function for it against the vectors that the reference made (tests/vectors/reading_hours.py). */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { londonDay } from "../src/lib/london.ts";
import { dueAt, readingOn } from "../src/lib/reading_hours.ts";
import { promised } from "./promised.ts";

const FILE = new URL("../../../../tests/vectors/reading_hours.json", import.meta.url);
const SECOND = 1000;
const cases = JSON.parse(readFileSync(FILE, "utf8")).map(({ week, closed_days, now, at, due, ...rest }) => ({
  ...rest,
  weekly: week.map((hours) => hours && { opens: hours[0], closes: hours[1] }),
  closed: new Set(closed_days),
  now: now * SECOND,
  at: at && at * SECOND,
  due: Object.entries(due).map(([minutes, instant]) => [Number(minutes), instant && instant * SECOND]),
}));
const MINUTE = 60 * SECOND;
const DAY = 1440 * MINUTE;
const iso = (instant) => instant && new Date(instant).toISOString();

test("there are vectors over both changes of the clock, bank holidays and the turn of the year", () => {
  const days = new Set(cases.map(({ now }) => iso(now).slice(0, 10)));
  for (const day of ["2027-03-28", "2027-10-31", "2026-12-24", "2026-12-31", "2027-01-01"])
    assert.ok(days.has(day), day);
  assert.ok(cases.length > 200);
});

test("whether a team reads, and until or from when, is what the reference says", () => {
  for (const { weekly, closed, now, reading, at } of cases) {
    const found = promised(weekly, closed, now);
    assert.deepEqual([found.reading, iso(found.at)], [reading, iso(at)], JSON.stringify({ weekly, now: iso(now) }));
  }
});

test("when a report is due is what the reference says", () => {
  for (const { weekly, closed, now, due } of cases) {
    for (const [minutes, instant] of due) {
      assert.equal(iso(dueAt(now, minutes, weekly, closed)), iso(instant), JSON.stringify({ weekly, now: iso(now) }));
    }
  }
});

test("minute by minute, the promise of every moment and the calendar of its day say the same", () => {
  for (const { weekly, closed, now } of cases.filter((_each, index) => index % 10 === 0)) {
    for (let instant = now; instant < now + DAY; instant += 7 * MINUTE) {
      const { reading } = promised(weekly, closed, instant);
      const stretch = readingOn(weekly, closed, londonDay(instant));
      assert.equal(reading, stretch !== null && stretch.opens <= instant && instant < stretch.closes, iso(instant));
    }
  }
});

test("a report is due after just so many minutes of reading, counted one by one", () => {
  for (const { weekly, closed, now } of cases.filter((_each, index) => index % 7 === 0)) {
    const due = dueAt(now, 120, weekly, closed);
    if (due === null || due - now > 3 * DAY) continue;
    let passed = 0;
    for (let instant = now; instant < due; instant += MINUTE)
      passed += Number(promised(weekly, closed, instant).reading);
    assert.equal(passed, 120, iso(now));
  }
});
