import assert from "node:assert/strict";
import test from "node:test";

import { clockTime, dayAndTime, figure, languageName, moment, soon, wallTime } from "../src/lib/dates.ts";

globalThis.document = { documentElement: { lang: "en" } };
const NOW = Date.parse("2026-11-29T19:00Z");

test("a language that no browser knows is called by its tag", () => {
  for (const tag of ["en-a", "abcd", "en-x", "en-1-2-3", "de-1901-1901"]) assert.equal(languageName(tag), tag);
  assert.ok(languageName("zh-min"), "known to some browsers");
  assert.equal(languageName("ar"), "Arabic");
});

test("a day of another year says which", () => {
  assert.match(dayAndTime(Date.parse("2025-11-29T16:00Z"), NOW), /29 Nov 2025/);
  assert.doesNotMatch(dayAndTime(Date.parse("2026-11-28T16:00Z"), NOW), /2026/);
  assert.match(soon(Date.parse("2027-01-02T10:00Z"), NOW), /2027/);
});

test("the year is that of London, also in the night of New Year", () => {
  assert.match(dayAndTime(Date.parse("2026-12-31T23:30Z"), Date.parse("2027-01-01T00:30Z")), /2026/);
  assert.doesNotMatch(dayAndTime(Date.parse("2027-01-01T00:10Z"), Date.parse("2027-01-01T00:30Z")), /2027/);
});

test("each language has formats of its own, though they are kept", () => {
  const afternoon = Date.parse("2026-11-29T16:05Z");
  const said = ["en", "pl", "en"].map((lang) => {
    globalThis.document = { documentElement: { lang } };
    return [moment(afternoon), figure(1234.5)];
  });
  assert.match(said[0][0], /Sunday/);
  assert.match(said[1][0], /niedziela/);
  assert.deepEqual([said[0][1], said[1][1]], ["1,234.5", "1234,5"]);
  assert.deepEqual(said[2], said[0]);
});

test("the wall's own minutes are told as they are, whatever London's clock says in summer", () => {
  assert.equal(wallTime(9 * 60), "9:00");
  assert.equal(clockTime(Date.parse("2026-07-01T08:00Z")), "9:00");
});
