import assert from "node:assert/strict";
import { test } from "node:test";

import { readingsFrom } from "../src/lib/reading_hours.ts";
import { spans } from "../src/report/promise.ts";
import { promised } from "./promised.ts";

const weekdays = [...Array(5).fill({ opens: 540, closes: 1020 }), null, null];
const at = (text) => Date.parse(text);
const none = new Set();

test("inside reading hours it says until when", () => {
  assert.deepEqual(promised(weekdays, none, at("2026-11-23T10:00Z")), {
    reading: true,
    at: at("2026-11-23T17:00Z"),
  });
});

test("after the last minute of Friday the next time is Monday", () => {
  assert.deepEqual(promised(weekdays, none, at("2026-11-27T17:00Z")), {
    reading: false,
    at: at("2026-11-30T09:00Z"),
  });
});

test("summer time moves the instant and not the wall clock", () => {
  assert.deepEqual(promised(weekdays, none, at("2026-07-06T07:00Z")), {
    reading: false,
    at: at("2026-07-06T08:00Z"),
  });
});

test("a closed day is passed over", () => {
  const christmas = new Set([at("2026-12-25") / 86_400_000]);
  assert.equal(promised(weekdays, christmas, at("2026-12-24T18:00Z")).at, at("2026-12-28T09:00Z"));
});

test("without any hours nothing is promised", () => {
  assert.deepEqual(promised(Array(7).fill(null), none, 0), { reading: false, at: null });
});

test("the stretches after this one are those of the next days on which somebody reads", () => {
  const [, look, again] = readingsFrom(weekdays, none, at("2026-11-26T10:00Z"));
  assert.deepEqual([look.opens, again.opens], [at("2026-11-27T09:00Z"), at("2026-11-30T09:00Z")]);
});

test("neighbouring days with the same hours share one line", () => {
  assert.deepEqual(
    spans(weekdays).map(({ first, last, hours }) => [first, last, hours?.opens ?? null]),
    [
      [0, 4, 540],
      [5, 6, null],
    ],
  );
  assert.equal(spans([null, ...weekdays.slice(0, 1), null, null, null, null, null]).length, 3);
});

test("the nights on which the clocks change move the next time by their hour", () => {
  const everyDay = Array(7).fill({ opens: 540, closes: 1020 });
  assert.equal(
    promised(everyDay, none, at("2027-03-27T20:00Z")).at,
    at("2027-03-28T08:00Z"),
    "forward: nine is eight in UTC",
  );
  assert.equal(
    promised(everyDay, none, at("2027-10-30T20:00Z")).at,
    at("2027-10-31T09:00Z"),
    "back: nine is nine again",
  );
  assert.deepEqual(promised(everyDay, none, at("2027-03-28T15:59Z")), {
    reading: true,
    at: at("2027-03-28T16:00Z"),
  });
});

test("a run of bank holidays is passed over as a whole", () => {
  const closed = new Set(["2026-12-25", "2026-12-28"].map((day) => at(day) / 86_400_000));
  assert.equal(promised(weekdays, closed, at("2026-12-24T18:00Z")).at, at("2026-12-29T09:00Z"));
});
