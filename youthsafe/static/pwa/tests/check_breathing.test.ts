/** Two calm minutes: in for four, hold for two, out for six, and then it stops by itself. */
import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { type Beat, Breathing, beatAt, LASTS_S } from "../src/check/breathing.ts";

test("a round is in for four, hold for two, out for six, each counted from one", () => {
  const round = Array.from({ length: 12 }, (_, second) => beatAt(second));
  assert.deepEqual(
    round.map((beat) => `${beat?.phase} ${beat?.count}`),
    ["in 1", "in 2", "in 3", "in 4", "hold 1", "hold 2", "out 1", "out 2", "out 3", "out 4", "out 5", "out 6"],
  );
});

test("every second of the two minutes has its beat, whole rounds of them, and none comes after", () => {
  assert.equal(LASTS_S, 120);
  for (let second = 0; second < LASTS_S; second += 1) assert.deepEqual(beatAt(second), beatAt(second % 12));
  assert.equal(beatAt(LASTS_S), null);
  assert.equal(beatAt(LASTS_S + 500), null);
});

/** Begin, and let a clock run for so many seconds. */
function breathed(seconds: number) {
  const told: Beat[] = [];
  let now = 5_000;
  mock.timers.enable({ apis: ["setInterval"] });
  const breathing = new Breathing(
    (beat) => told.push(beat),
    () => now,
  );
  breathing.begin();
  const pass = (more: number) => {
    for (let tenth = 0; tenth < more * 10; tenth += 1) {
      now += 100;
      mock.timers.tick(100);
    }
  };
  pass(seconds);
  return { told, breathing, pass };
}

test("it tells each second once, ends by itself, and is silent afterwards", () => {
  const { told, pass } = breathed(125);
  assert.equal(told.length, LASTS_S + 1);
  assert.equal(told.at(-1), null);
  pass(30);
  assert.equal(told.length, LASTS_S + 1);
  mock.timers.reset();
});

test("stopped in the middle it says so at once and no more; begun again it begins anew", () => {
  const { told, breathing, pass } = breathed(5);
  breathing.stop();
  const soFar = told.length;
  assert.equal(told.at(-1), null);
  pass(20);
  assert.equal(told.length, soFar);
  breathing.begin();
  assert.deepEqual(told.at(-1), { phase: "in", count: 1 });
  breathing.stop();
  mock.timers.reset();
});
