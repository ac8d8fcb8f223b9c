import assert from "node:assert/strict";
import test from "node:test";

import { groupsOf, whoseTurn } from "../src/desk/pages/inbox/turns.ts";
import { summaryOf } from "./desk_summary.ts";

const line = (id, changes = {}) => ({ report: summaryOf(id), turn: whoseTurn(summaryOf(id, changes)) });
const said = (lines) => groupsOf(lines).map(({ turn, lines }) => [turn, ...lines.map(({ report }) => report.id)]);

test("lines stand under whose turn it is, in danger first", () => {
  const theirs = { unanswered: false };
  const lines = [
    line("a", { urgent: true }),
    line("b"),
    line("c"),
    line("d", { urgent: true, ...theirs }),
    line("e", theirs),
  ];
  assert.deepEqual(said(lines), [
    ["us-in-danger", "a"],
    ["us", "b", "c"],
    ["them-in-danger", "d"],
    ["them", "e"],
  ]);
});

test("a line that was added below begins its group anew, so that none above it moves", () => {
  const lines = [line("a"), line("b", { unanswered: false }), line("c")];
  assert.deepEqual(said(lines), [
    ["us", "a"],
    ["them", "b"],
    ["us", "c"],
  ]);
});
