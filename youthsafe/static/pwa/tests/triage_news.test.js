import assert from 'node:assert/strict';
import test from 'node:test';

import { newsOf, reasonOf } from '../src/triage/news.js';

const ME = { id: 'me', name: 'Me' };
const ASHA = { id: 'asha', name: 'Asha' };
const report = (stub = {}, theirs = 0) => ({
  stub: { state: 'open', claimed_by: ME, withdrawn: false, ...stub },
  thread: Array.from({ length: theirs }, () => ({ direction: 1 })),
});

test('a report that another took over is news, and by whom', () => {
  assert.deepEqual(newsOf(report(), report({ claimed_by: ASHA }), 'me'), { kind: 'news-taken-over', name: 'Asha' });
});

test('a report that another closed is news, and by whom', () => {
  assert.deepEqual(newsOf(report(), report({ claimed_by: ASHA, state: 'closed' }), 'me'), { kind: 'news-closed', name: 'Asha' });
});

test('what a person did themselves is no news to them', () => {
  assert.equal(newsOf(report({ claimed_by: ASHA }), report(), 'me'), null);
  assert.equal(newsOf(report(), report({ state: 'closed' }), 'me'), null);
  assert.equal(newsOf(report(), report({ claimed_by: null }), 'me'), null);
  assert.equal(newsOf(null, report({ claimed_by: ASHA }, 2), 'me'), null);
});

test('a new message and a report that was taken back are news', () => {
  assert.equal(newsOf(report({}, 1), report({}, 2), 'me')?.kind, 'news-wrote');
  assert.equal(newsOf(report(), report({ withdrawn: true }), 'me')?.kind, 'news-withdrawn');
});

test('a refusal says what happened and not that somebody did something', () => {
  assert.deepEqual(reasonOf('claim', report({ claimed_by: null }), report({ claimed_by: ASHA }), 'me'), { kind: 'refused-lost', name: 'Asha' });
  assert.deepEqual(reasonOf('answer', report(), report({ claimed_by: ASHA }), 'me'), { kind: 'refused-answer', name: 'Asha' });
  assert.deepEqual(reasonOf('release', report(), report({ claimed_by: ASHA }), 'me'), { kind: 'news-taken-over', name: 'Asha' });
  assert.equal(reasonOf('close', report({}, 1), report({}, 2), 'me')?.kind, 'refused-wrote');
  assert.equal(reasonOf('answer', report(), report({ claimed_by: ASHA, state: 'closed' }), 'me')?.kind, 'news-closed');
  assert.equal(reasonOf('hold', report(), report(), 'me'), null);
});
