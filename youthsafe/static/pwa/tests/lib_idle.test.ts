import assert from "node:assert/strict";
import test from "node:test";

import { Idle } from "../src/lib/idle.ts";

const watch = () => {
  const seen = { now: 0, locks: 0 };
  return {
    seen,
    idle: new Idle(
      900,
      () => {
        seen.locks += 1;
      },
      () => seen.now,
    ),
  };
};

test("a page that somebody touches does not lock", () => {
  const { seen, idle } = watch();
  for (seen.now = 0; seen.now < 5000; seen.now += 800) idle.touch();
  assert.equal(seen.locks, 0);
});

test("a page that nobody touches locks when the time has passed", () => {
  const { seen, idle } = watch();
  seen.now = 899;
  idle.check();
  assert.equal(seen.locks, 0);
  seen.now = 900;
  idle.check();
  assert.equal(seen.locks, 1);
});

test("the first touch after a machine slept locks before it counts", () => {
  const { seen, idle } = watch();
  seen.now = 10_000;
  idle.touch();
  assert.equal(seen.locks, 1);
});

test("a minute before the page locks it says so once, and takes it back when somebody touches it", () => {
  const said = [];
  const seen = { now: 0 };
  const idle = new Idle(
    900_000,
    () => said.push("locked"),
    () => seen.now,
    (soon) => said.push(soon),
  );
  for (seen.now = 0; seen.now < 860_000; seen.now += 10_000) idle.check();
  assert.deepEqual(said, [true]);
  idle.touch();
  assert.deepEqual(said, [true, false]);
  seen.now += 850_000;
  idle.check();
  seen.now += 50_000;
  idle.check();
  assert.deepEqual(said, [true, false, true, false, "locked"]);
});
