import assert from "node:assert/strict";
import test from "node:test";

import { turnsOf, waitOf } from "../src/desk/reports/waits.ts";
import { summaryOf } from "./desk_summary.ts";

const WORKDAY = { opens: 9 * 60, closes: 17 * 60 };
const TEAM = { staffed: true, weekly: [WORKDAY, WORKDAY, WORKDAY, WORKDAY, WORKDAY, null, null] };
const NONE = new Set();
const at = (text) => Date.parse(text);

test("an urgent report that nobody opened is late after fifteen minutes", () => {
  const urgent = summaryOf("a", { urgent: true });
  assert.deepEqual(waitOf(urgent, TEAM, NONE, at("2026-11-23T09:15Z")), { due: at("2026-11-23T09:15Z"), late: false });
  assert.equal(waitOf(urgent, TEAM, NONE, at("2026-11-23T09:15Z") + 1)?.late, true);
});

test("another report that nobody opened is late after two hours", () => {
  assert.equal(waitOf(summaryOf("a"), TEAM, NONE, at("2026-11-23T11:00Z"))?.late, false);
  assert.equal(waitOf(summaryOf("a"), TEAM, NONE, at("2026-11-23T11:01Z"))?.late, true);
});

test("a report that was opened or closed waits for nobody to open it", () => {
  assert.equal(waitOf(summaryOf("a", { opened: true }), TEAM, NONE, at("2026-11-24T09:00Z")), null);
  assert.equal(waitOf(summaryOf("a", { state: "closed" }), TEAM, NONE, at("2026-11-24T09:00Z")), null);
});

test("only a report that can be answered is said to have no answer, and whoever wrote again is told apart", () => {
  const opened = { state: "open", opened: true };
  const said = (changes, wantsReply = true) => turnsOf(summaryOf("a", { ...opened, ...changes }), wantsReply);
  assert.deepEqual(said({}), ["never"]);
  assert.deepEqual(said({}, false), ["unwanted"]);
  assert.deepEqual(said({ withdrawn: true }), []);
  assert.deepEqual(said({ answers: 1, unanswered: false }), []);
  assert.deepEqual(said({ follow_ups: 1 }), ["again", "never"]);
  assert.deepEqual(said({ answers: 1, follow_ups: 1 }), ["again"]);
  assert.deepEqual(said({ answers: 1, follow_ups: 1, unanswered: false }), []);
  assert.deepEqual(said({ state: "closed", unanswered: false }), []);
  assert.deepEqual(said({ state: "closed", follow_ups: 1 }), ["again"]);
  assert.deepEqual(turnsOf(summaryOf("a"), true), [], "that it is new is said already");
  assert.deepEqual(said({ unanswered: false }), ["never"], "closed without an answer and opened again");
});
