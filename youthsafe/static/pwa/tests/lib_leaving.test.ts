import assert from "node:assert/strict";
import { test } from "node:test";

import { KEPT_FOR_MS } from "../src/lib/expiry.ts";
import { guard, guardWhile, onLeave } from "../src/lib/leaving.ts";
import { LockedCopy } from "../src/lib/locked_copy.ts";

/** An event as a browser gives it, at a moment of its own. */
const at = (type, timeStamp, target) =>
  Object.defineProperties(new Event(type, { cancelable: true }), {
    timeStamp: { value: timeStamp },
    target: { value: target },
  });
globalThis.Element = class {};
globalThis.HTMLElement = class extends Element {};
const link = (found) => Object.assign(new Element(), { closest: () => found });

function page() {
  const here = new EventTarget();
  globalThis.addEventListener = here.addEventListener.bind(here);
  globalThis.removeEventListener = here.removeEventListener.bind(here);
  return here;
}

test("a page is wiped when it is left in any way, also when the browser keeps it for Back", () => {
  const here = page();
  let wiped = 0;
  onLeave(() => {
    wiped += 1;
  });
  here.dispatchEvent(new Event("youthsafe:leave"));
  here.dispatchEvent(new Event("pagehide"));
  here.dispatchEvent(new Event("pagehide"));
  assert.equal(wiped, 3);
});

test("a page asks before it is closed, but never before a call", () => {
  const here = page();
  const asks = (timeStamp) => !here.dispatchEvent(at("beforeunload", timeStamp));
  guard(true);
  assert.ok(asks(10));
  here.dispatchEvent(at("click", 100, link(null)));
  assert.ok(asks(110));
  here.dispatchEvent(at("click", 200, link(new HTMLElement())));
  assert.ok(!asks(210));
  assert.ok(asks(5_000), "the page itself is closed after the call");
  guard(false);
  assert.ok(!asks(6_000));
});

test("a page whose kept copy has ended while it lay open asks before it is closed", async (context) => {
  const here = page();
  globalThis.window = { name: "" };
  globalThis.sessionStorage = { setItem: () => {}, removeItem: () => {} };
  context.mock.timers.enable({ apis: ["Date"], now: 10 * KEPT_FOR_MS });
  const kept = new LockedCopy("draft");
  const asks = () => !here.dispatchEvent(at("beforeunload", 10_000));
  guard(await kept.save({}));
  context.mock.timers.setTime(11 * KEPT_FOR_MS - 1);
  assert.ok(!asks(), "what is kept comes back by itself");
  context.mock.timers.setTime(11 * KEPT_FOR_MS);
  assert.ok(asks());
  guard(await kept.save({}));
  assert.ok(!asks(), "a tap has kept it again");
});

test("the desk asks while an answer is only in its page, but never before a call", () => {
  const here = page();
  let unsaved = false;
  guardWhile(() => unsaved);
  const asks = (timeStamp) => !here.dispatchEvent(at("beforeunload", timeStamp));
  assert.ok(!asks(10_000));
  unsaved = true;
  assert.ok(asks(10_010));
  here.dispatchEvent(at("click", 10_100, link(new HTMLElement())));
  assert.ok(!asks(10_110));
  assert.ok(asks(15_000));
});
