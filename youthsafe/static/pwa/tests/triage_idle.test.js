import assert from 'node:assert/strict';
import test from 'node:test';

import { Idle } from '../src/triage/idle.js';

const watch = () => {
  const seen = { now: 0, locks: 0 };
  return { seen, idle: new Idle(900, () => { seen.locks += 1; }, () => seen.now) };
};

test('a page that somebody touches does not lock', () => {
  const { seen, idle } = watch();
  for (seen.now = 0; seen.now < 5000; seen.now += 800) idle.touch();
  assert.equal(seen.locks, 0);
});

test('a page that nobody touches locks when the time has passed', () => {
  const { seen, idle } = watch();
  seen.now = 899;
  idle.check();
  assert.equal(seen.locks, 0);
  seen.now = 900;
  idle.check();
  assert.equal(seen.locks, 1);
});

test('the first touch after a machine slept locks before it counts', () => {
  const { seen, idle } = watch();
  seen.now = 10_000;
  idle.touch();
  assert.equal(seen.locks, 1);
});
