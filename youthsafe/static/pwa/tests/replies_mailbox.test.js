import assert from 'node:assert/strict';
import { test } from 'node:test';

import { fetchMailbox } from '../src/replies/mailbox.js';
import { thread } from '../src/replies/thread.js';

test('an hour that is on no calendar takes no other message away', async (context) => {
  const hours = [498_000, 10 ** 12, 4_294_967_295, -1, 1.5, '498000', null, 498_001];
  const sent = hours.map((hour, at) => ({ number: at + 1, hour }));
  const page = { report: { id: 'r' }, answers: [], sent, older: 0 };
  context.mock.method(globalThis, 'fetch', async () => Response.json(page));
  const mailbox = await fetchMailbox('/api/v1/mailbox', async () => '{}');
  assert.deepEqual(mailbox?.sent.map(({ hour }) => hour), [498_000, NaN, NaN, NaN, NaN, NaN, NaN, 498_001]);
  assert.equal(thread([], mailbox?.sent ?? []).length, hours.length);
});
