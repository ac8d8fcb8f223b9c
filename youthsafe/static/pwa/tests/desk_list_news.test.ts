import assert from "node:assert/strict";
import test from "node:test";

import { listNews } from "../src/desk/pages/inbox/list_news.ts";

const stub = (id, changes = {}) => ({
  id,
  team: "t",
  epoch: 1,
  urgent: false,
  received: "2026-11-23T09:00Z",
  state: "new",
  claimed_by: null,
  opened: false,
  closed: null,
  answers: 0,
  follow_ups: 0,
  unanswered: true,
  withdrawn: false,
  hold: false,
  erased: null,
  ...changes,
});

const drawn = (...stubs) => new Map(stubs.map((each) => [each.id, each]));
const ids = (stubs) => stubs.map(({ id }) => id);

test("what was not in the list when it was drawn is new, wherever it would stand", () => {
  const { arrived, below, gone } = listNews(
    drawn(stub("a"), stub("b")),
    [stub("new", { urgent: true }), stub("a"), stub("last")],
    false,
  );
  assert.deepEqual([ids(arrived), ids(below), gone], [["new", "last"], [], ["b"]]);
});

test("what moves up from beyond the end of the list is not new and is added below", () => {
  const { arrived, below } = listNews(drawn(stub("a"), stub("b")), [stub("new"), stub("b"), stub("c")], true);
  assert.deepEqual([ids(arrived), ids(below)], [["new"], ["c"]]);
});

test("a reporter who wrote again is told as such, and not as new", () => {
  const { arrived, again } = listNews(
    drawn(stub("a", { follow_ups: 1 }), stub("b")),
    [stub("a", { follow_ups: 2 }), stub("b")],
    false,
  );
  assert.deepEqual([ids(arrived), ids(again)], [[], ["a"]]);
});
