import assert from 'node:assert/strict';
import test from 'node:test';

import { Looking } from '../src/triage/looking.js';

/** A server with one report, that remembers what it was asked. */
function server(report = { id: 'a', answers: 0, follow_ups: 0, state: 'new' }) {
  const asked = [];
  const sealed = () => ({ ...report, envelope: 'sealed', messages: Array(report.answers + report.follow_ups).fill('sealed') });
  const get = async (path) => { asked.push(`GET ${path}`); return { ...report }; };
  const post = async (path) => { asked.push(`POST ${path}`); report.state = 'open'; return sealed(); };
  return { report, asked, looking: new Looking({ get, post }) };
}

test('what is sealed comes only by the request that is written in the trail', async () => {
  const { asked, looking } = server();
  assert.equal((await looking.at('a')).envelope, 'sealed');
  assert.deepEqual(asked, ['POST /reports/a/opened']);
});

test('a report that nobody wrote in since is not asked for again, and its facts are new', async () => {
  const { asked, looking, report } = server();
  await looking.at('a');
  report.state = 'closed';
  const { state, envelope } = await looking.at('a');
  assert.deepEqual([state, envelope], ['closed', 'sealed']);
  assert.deepEqual(asked, ['POST /reports/a/opened', 'GET /reports/a']);
});

test('a message that was added since is fetched, and that is written in the trail too', async () => {
  for (const side of ['answers', 'follow_ups']) {
    const { asked, looking, report } = server();
    await looking.at('a');
    report[side] += 1;
    assert.equal((await looking.at('a')).messages.length, 1);
    assert.deepEqual(asked, ['POST /reports/a/opened', 'GET /reports/a', 'POST /reports/a/opened']);
  }
});

test('another report in between is opened for itself', async () => {
  const { asked, looking } = server();
  await looking.at('b');
  await looking.at('a');
  assert.deepEqual(asked, ['POST /reports/b/opened', 'POST /reports/a/opened']);
});

test('two looks at once open it once', async () => {
  const { asked, looking } = server();
  await Promise.all([looking.at('a'), looking.at('a')]);
  assert.deepEqual(asked, ['POST /reports/a/opened', 'GET /reports/a']);
});

test('a look that failed keeps nobody from the next', async () => {
  const { asked, looking } = server();
  const { post } = looking;
  looking.post = () => Promise.reject(new Error('offline'));
  await assert.rejects(looking.at('a'));
  looking.post = post;
  await looking.at('a');
  assert.deepEqual(asked, ['POST /reports/a/opened']);
});
