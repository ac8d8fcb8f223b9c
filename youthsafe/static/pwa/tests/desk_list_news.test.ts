import assert from "node:assert/strict";
import test from "node:test";

import { listNews } from "../src/desk/pages/inbox/list_news.ts";
import { summaryOf } from "./desk_summary.ts";

const drawn = (...summaries) => new Map(summaries.map((each) => [each.id, each]));
const ids = (summaries) => summaries.map(({ id }) => id);

test("what was not in the list when it was drawn is new, wherever it would stand", () => {
  const { arrived, below, gone } = listNews(
    drawn(summaryOf("a"), summaryOf("b")),
    [summaryOf("new", { urgent: true }), summaryOf("a"), summaryOf("last")],
    false,
  );
  assert.deepEqual([ids(arrived), ids(below), gone], [["new", "last"], [], ["b"]]);
});

test("what moves up from beyond the end of the list is not new and is added below", () => {
  const { arrived, below } = listNews(
    drawn(summaryOf("a"), summaryOf("b")),
    [summaryOf("new"), summaryOf("b"), summaryOf("c")],
    true,
  );
  assert.deepEqual([ids(arrived), ids(below)], [["new"], ["c"]]);
});

test("a reporter who wrote again is told as such, and not as new", () => {
  const { arrived, again } = listNews(
    drawn(summaryOf("a", { follow_ups: 1 }), summaryOf("b")),
    [summaryOf("a", { follow_ups: 2 }), summaryOf("b")],
    false,
  );
  assert.deepEqual([ids(arrived), ids(again)], [[], ["a"]]);
});
