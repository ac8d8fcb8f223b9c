import assert from "node:assert/strict";
import test from "node:test";
import { londonDay, londonInstant } from "../src/lib/london.ts";
import { dueAt } from "../src/lib/reading_hours.ts";

const WORKDAY = { opens: 9 * 60, closes: 17 * 60 };
const WEEKLY = [WORKDAY, WORKDAY, WORKDAY, WORKDAY, WORKDAY, null, null];
const NONE = new Set();
const at = (text) => Date.parse(text);
const day = (text) => at(text) / 86_400_000;
const iso = (instant) => new Date(instant).toISOString().slice(0, 16);

test("fifteen staffed minutes inside reading hours are fifteen minutes", () => {
  assert.equal(iso(dueAt(at("2026-11-23T10:25Z"), 15, WEEKLY, NONE)), "2026-11-23T10:40");
});

test("a report before opening time is counted from opening time", () => {
  assert.equal(iso(dueAt(at("2026-11-23T03:00Z"), 120, WEEKLY, NONE)), "2026-11-23T11:00");
});

test("a wait that does not fit today goes on at the next opening", () => {
  assert.equal(iso(dueAt(at("2026-11-23T16:50Z"), 15, WEEKLY, NONE)), "2026-11-24T09:05");
});

test("a wait that ends at closing time is due at closing time", () => {
  assert.equal(iso(dueAt(at("2026-11-23T15:00Z"), 120, WEEKLY, NONE)), "2026-11-23T17:00");
});

test("a weekend counts nothing", () => {
  assert.equal(iso(dueAt(at("2026-11-27T16:00Z"), 120, WEEKLY, NONE)), "2026-11-30T10:00");
});

test("a closed day counts nothing", () => {
  const closed = new Set([day("2026-12-25T00:00Z")]);
  assert.equal(iso(dueAt(at("2026-12-25T10:00Z"), 15, WEEKLY, closed)), "2026-12-28T09:15");
});

test("in summer the hours are London hours, one before UTC", () => {
  assert.equal(iso(dueAt(at("2026-07-06T00:00Z"), 15, WEEKLY, NONE)), "2026-07-06T08:15");
});

test("late in the evening of summer the London day has already turned", () => {
  assert.equal(londonDay(at("2026-07-06T23:30Z")), day("2026-07-07T00:00Z"));
  assert.equal(iso(dueAt(at("2026-07-03T23:30Z"), 15, WEEKLY, NONE)), "2026-07-06T08:15");
});

test("hours across the change of the clock count minutes that really pass", () => {
  const always = Array.from({ length: 7 }, () => ({ opens: 0, closes: 1440 }));
  assert.equal(iso(dueAt(at("2026-03-29T00:30Z"), 120, always, NONE)), "2026-03-29T02:30");
  assert.equal(iso(dueAt(at("2026-10-25T00:30Z"), 120, always, NONE)), "2026-10-25T02:30");
  assert.equal(iso(londonInstant(day("2026-10-25T00:00Z"), 1440)), "2026-10-26T00:00");
});

test("a team without hours has no time by which it must open a report", () => {
  assert.equal(dueAt(at("2026-11-23T10:00Z"), 15, Array(7).fill(null), NONE), null);
});

test("five thousand reports of one day ask for the clock of London a few hundred times, not for each of them", () => {
  const { formatToParts } = Intl.DateTimeFormat.prototype;
  let asked = 0;
  Intl.DateTimeFormat.prototype.formatToParts = function count(...instant) {
    asked += 1;
    return formatToParts.apply(this, instant);
  };
  const since = Date.parse("2027-03-26T12:00Z"); // a Friday before the clocks change
  const weekly = [0, 1, 2, 3, 4, 5, 6].map((day) => (day < 5 ? { opens: 9 * 60, closes: 17 * 60 } : null));
  for (let number = 0; number < 5000; number += 1) dueAt(since + (number % 360) * 60_000, 300, weekly, new Set());
  Intl.DateTimeFormat.prototype.formatToParts = formatToParts;
  assert.ok(asked < 300, `${asked} times`);
});
