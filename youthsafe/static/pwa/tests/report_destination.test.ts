import assert from "node:assert/strict";
import { test } from "node:test";

import { Destination } from "../src/report/destination.ts";

const team = (id, kind, staffed = true) => ({ id, kind, staffed, name: `Team ${id}`, languages: ["en"], weekly: [] });
const BOTH = [team("a", 1), team("b", 2)];
const SMALLER_GONE = [team("a", 1), team("b", 2, false)];
const moved = (error) => error.kind === "moved";

test("a report goes to the team that was shown", () => {
  for (const [smaller, id] of [
    [true, "b"],
    [false, "a"],
  ]) {
    const destination = new Destination();
    assert.equal(destination.show(BOTH, smaller, false).id, id);
    assert.equal(destination.take(BOTH, smaller).id, id);
  }
});

test("a report for the smaller team is never sealed to another without being shown to whom it would go", () => {
  const destination = new Destination();
  destination.show(BOTH, true, false);
  assert.equal(destination.show(SMALLER_GONE, true, true).id, "b", "what is before the eyes stays");
  assert.throws(() => destination.take(SMALLER_GONE, true), moved);
  assert.equal(destination.show(SMALLER_GONE, true, true).id, "a", "now it says the other");
  assert.equal(destination.take(SMALLER_GONE, true).id, "a", "and Send was pressed once more");
});

test("a team in the place of the one that was shown stops a report too, and so does none at all", () => {
  const destination = new Destination();
  destination.show([team("a", 1)], false, false);
  assert.throws(() => destination.take([team("c", 1)], false), moved);
  assert.throws(
    () => destination.take([team("c", 1, false)], false),
    (error) => error.kind === "closed",
  );
});
