/** The presenter's parts that know no page: what a key does, which slide an address names, what the clock says. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { actionOf } from "../src/teach/keys.ts";
import { slideOf } from "../src/teach/slides.ts";
import { onTheClock, Timer } from "../src/teach/timer.ts";

const STATE = { rightToLeft: false, letters: true, onControl: false };
const press = (key, more = {}) => ({ key, code: "", ...more });

test("a clicker and a keyboard move through the slides", () => {
  for (const key of ["PageDown", "ArrowRight", " "]) assert.equal(actionOf(press(key), STATE), "next");
  for (const key of ["PageUp", "ArrowLeft"]) assert.equal(actionOf(press(key), STATE), "previous");
  assert.equal(actionOf(press(" ", { shiftKey: true }), STATE), "previous");
  assert.equal(actionOf(press("Home"), STATE), "first");
  assert.equal(actionOf(press("End"), STATE), "last");
});

test("arrows follow the direction of the page", () => {
  const state = { ...STATE, rightToLeft: true };
  assert.equal(actionOf(press("ArrowLeft"), state), "next");
  assert.equal(actionOf(press("ArrowRight"), state), "previous");
});

test("letters work in either case, on other scripts’ keyboards, and not at all when switched off", () => {
  const wanted = { b: "blank", B: "blank", ".": "blank", n: "notes", t: "timer", F: "fullscreen" };
  for (const [key, action] of Object.entries(wanted)) {
    assert.equal(actionOf(press(key), STATE), action);
    assert.equal(actionOf(press(key), { ...STATE, letters: false }), null);
  }
  assert.equal(actionOf(press("ى", { code: "KeyN" }), STATE), "notes");
  assert.equal(actionOf(press("x", { code: "KeyB" }), STATE), null);
});

test("the browser keeps its own keys, and a button its space bar", () => {
  assert.equal(actionOf(press("f", { ctrlKey: true }), STATE), null);
  assert.equal(actionOf(press("ArrowLeft", { altKey: true }), STATE), null);
  assert.equal(actionOf(press(" "), { ...STATE, onControl: true }), null);
  assert.equal(actionOf(press("ArrowDown"), STATE), null);
});

test("an address names a slide that there is, or none", () => {
  assert.deepEqual(slideOf("#slide-3", 17), { mode: "slide", number: 3 });
  assert.deepEqual(slideOf("#slide-0", 17), { mode: "slide", number: 1 });
  assert.deepEqual(slideOf("#notes-99", 17), { mode: "notes", number: 17 });
  for (const hash of ["", "#told", "#slide-", "#notes", "#slide-x", "#slide-3x", "#part-quiz"])
    assert.equal(slideOf(hash, 17), null);
});

test("the timer counts while it runs, and each part begins again", () => {
  let now = 1_000;
  const timer = new Timer(() => now);
  timer.reset(5);
  assert.equal(timer.left, 300_000);
  timer.toggle();
  now += 60_000;
  assert.equal(timer.left, 240_000);
  timer.toggle();
  now += 60_000;
  assert.equal(timer.left, 240_000);
  timer.toggle();
  timer.reset(15);
  now += 1_000;
  assert.equal(timer.left, 899_000);
});

test("below zero the clock says how far over", () => {
  assert.deepEqual(onTheClock(90_000), { minutes: 1, seconds: 30, over: false });
  assert.deepEqual(onTheClock(0), { minutes: 0, seconds: 0, over: false });
  assert.deepEqual(onTheClock(-300), { minutes: 0, seconds: 0, over: false });
  assert.deepEqual(onTheClock(-61_000), { minutes: 1, seconds: 1, over: true });
});
