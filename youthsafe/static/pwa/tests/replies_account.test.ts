import assert from "node:assert/strict";
import { test } from "node:test";

import { fits, isWhole, newest } from "../src/replies/account.ts";

const NOTE = { sent: 2, tip: "h2" };
const list = (...numbers) => numbers.map((number) => ({ number }));

test("what was sent is whole when the server has the newest and as many as the note says", () => {
  assert.ok(isWhole(NOTE, { tip: "h2", sent: list(2, 1) }));
  assert.ok(isWhole({ sent: 0, tip: "h0" }, { tip: "h0", sent: [] }));
});

test("a server that names an older envelope, or lists more or fewer, has not all that was sent", () => {
  assert.equal(isWhole(NOTE, { tip: "h1", sent: list(2, 1) }), false);
  assert.equal(isWhole(NOTE, { tip: "h2", sent: list(1) }), false);
  assert.equal(isWhole(NOTE, { tip: "h2", sent: list(3, 2, 1) }), false);
});

test("a message that the server took and dropped is missed at once, though the note was put back with it", () => {
  const known = { sent: 3, tip: "h3" };
  assert.deepEqual(newest(NOTE, known), known);
  assert.equal(isWhole(newest(NOTE, known), { tip: "h2", sent: list(2, 1) }), false);
  assert.deepEqual(newest(NOTE, { sent: 1, tip: "h1" }), NOTE);
});

test("an answer can name what was sent and nothing else", () => {
  assert.ok(fits(NOTE, { seen: 2, other: "h2" }));
  assert.ok(fits(NOTE, { seen: 0, other: "h0" }));
  assert.equal(fits(NOTE, { seen: 3, other: "h3" }), false);
  assert.equal(fits(NOTE, { seen: 2, other: "another" }), false);
});
