import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { abortAfter, rejectAfter } from "../src/lib/time_limit.ts";

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => mock.timers.reset());

const untilAborted = (signal: AbortSignal) =>
  new Promise((_, reject) => {
    signal.onabort = () => reject(signal.reason);
  });

test("what takes too long is aborted", async () => {
  const waiting = abortAfter(1_000, untilAborted);
  mock.timers.tick(1_000);
  await assert.rejects(waiting, { name: "AbortError" });
});

test("what is done in time is not aborted afterwards", async () => {
  let signal = AbortSignal.abort();
  const done = await abortAfter(1_000, async (given) => {
    signal = given;
    return "done";
  });
  mock.timers.tick(1_000);
  assert.deepEqual([done, signal.aborted], ["done", false]);
});

test("a promise that is kept in time gives what it promised, and a late one rejects", async () => {
  assert.equal(await rejectAfter(1_000, Promise.resolve("done")), "done");
  const waiting = rejectAfter(1_000, new Promise(() => {}));
  mock.timers.tick(1_000);
  await assert.rejects(waiting);
});
