import assert from 'node:assert/strict';
import { test } from 'node:test';

import { guard, guardWhile, onLeave } from '../src/report/leaving.js';

/** An event as a browser gives it, at a moment of its own. */
const at = (type, timeStamp, target) => Object.defineProperties(new Event(type, { cancelable: true }), {
  timeStamp: { value: timeStamp }, target: { value: target },
});
const link = (found) => ({ closest: () => found });

function page() {
  const here = new EventTarget();
  globalThis.addEventListener = here.addEventListener.bind(here);
  globalThis.removeEventListener = here.removeEventListener.bind(here);
  return here;
}

test('a page is wiped when it is left in any way, also when the browser keeps it for Back', () => {
  const here = page();
  let wiped = 0;
  onLeave(() => { wiped += 1; });
  here.dispatchEvent(new Event('youthsafe:leave'));
  here.dispatchEvent(new Event('pagehide'));
  here.dispatchEvent(new Event('pagehide'));
  assert.equal(wiped, 3);
});

test('a page asks before it is closed, but never before a call', () => {
  const here = page();
  const asks = (timeStamp) => !here.dispatchEvent(at('beforeunload', timeStamp));
  guard(true);
  assert.ok(asks(10));
  here.dispatchEvent(at('click', 100, link(null)));
  assert.ok(asks(110));
  here.dispatchEvent(at('click', 200, link({})));
  assert.ok(!asks(210));
  assert.ok(asks(5_000), 'the page itself is closed after the call');
  guard(false);
  assert.ok(!asks(6_000));
});

test('the desk asks while an answer is only in its page, but never before a call', () => {
  const here = page();
  let unsaved = false;
  guardWhile(() => unsaved);
  const asks = (timeStamp) => !here.dispatchEvent(at('beforeunload', timeStamp));
  assert.ok(!asks(10_000));
  unsaved = true;
  assert.ok(asks(10_010));
  here.dispatchEvent(at('click', 10_100, link({})));
  assert.ok(!asks(10_110));
  assert.ok(asks(15_000));
});
