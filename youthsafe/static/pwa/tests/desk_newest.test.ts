import assert from "node:assert/strict";
import test from "node:test";

import { Newest } from "../src/desk/session/newest.ts";

/** A question that is answered, or fails, when the test says so. */
function question() {
  let settle = { resolve: (_answer) => {}, reject: (_error) => {} };
  const answer = new Promise((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { ask: () => answer, ...settle };
}

test("an older answer that comes after a newer one is dropped", async () => {
  const [newest, taken, older, newer] = [new Newest(), [], question(), question()];
  const first = newest.ask(older.ask, (answer) => taken.push(answer));
  const second = newest.ask(newer.ask, (answer) => taken.push(answer));
  newer.resolve("new");
  assert.equal(await second, true);
  older.resolve("old");
  assert.equal(await first, false);
  assert.deepEqual(taken, ["new"]);
});

test("an older answer is dropped as soon as a newer question was asked", async () => {
  const [newest, taken, older, newer] = [new Newest(), [], question(), question()];
  const first = newest.ask(older.ask, (answer) => taken.push(answer));
  newest.ask(newer.ask, (answer) => taken.push(answer));
  older.resolve("old");
  assert.equal(await first, false);
  assert.deepEqual(taken, []);
});

test("an older failure is dropped, and the newest is thrown", async () => {
  const [newest, older, newer] = [new Newest(), question(), question()];
  const first = newest.ask(older.ask, () => {});
  const second = newest.ask(newer.ask, () => {});
  older.reject(new Error("old"));
  assert.equal(await first, false);
  newer.reject(new Error("new"));
  await assert.rejects(second, /new/);
});
