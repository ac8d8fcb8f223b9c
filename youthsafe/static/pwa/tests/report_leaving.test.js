import assert from 'node:assert/strict';
import { test } from 'node:test';

import { onLeave } from '../src/report/leaving.js';

test('a page is wiped when it is left in any way, also when the browser keeps it for Back', () => {
  const page = new EventTarget();
  globalThis.addEventListener = page.addEventListener.bind(page);
  let wiped = 0;
  onLeave(() => { wiped += 1; });
  page.dispatchEvent(new Event('youthsafe:leave'));
  page.dispatchEvent(new Event('pagehide'));
  page.dispatchEvent(new Event('pagehide'));
  assert.equal(wiped, 3);
});
