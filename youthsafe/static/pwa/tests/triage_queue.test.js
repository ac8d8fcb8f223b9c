import assert from 'node:assert/strict';
import test from 'node:test';

import { Drafts } from '../src/triage/drafts.js';
import { arrivals, sorted, wait } from '../src/triage/queue.js';
import { addressOf, routeOf } from '../src/triage/routes.js';

const WORKDAY = { opens: 9 * 60, closes: 17 * 60 };
const TEAM = { staffed: true, weekly: [WORKDAY, WORKDAY, WORKDAY, WORKDAY, WORKDAY, null, null] };
const NONE = new Set();
const at = (text) => Date.parse(text);
const stub = (id, changes = {}) => ({
  id, team: 't', epoch: 1, urgent: false, received: '2026-11-23T09:00Z', state: 'new', claimed_by: null,
  opened: false, answers: 0, follow_ups: 0, unanswered: true, ...changes,
});

test('urgent reports come first, and the oldest first among equals', () => {
  const list = [stub('late', { received: '2026-11-23T11:00Z' }), stub('early'), stub('urgent', { urgent: true, received: '2026-11-23T12:00Z' })];
  assert.deepEqual(sorted(list).map((one) => one.id), ['urgent', 'early', 'late']);
});

test('an urgent report that nobody opened is late after fifteen minutes', () => {
  const urgent = stub('a', { urgent: true });
  assert.deepEqual(wait(urgent, TEAM, NONE, at('2026-11-23T09:15Z')), { due: at('2026-11-23T09:15Z'), late: false });
  assert.equal(wait(urgent, TEAM, NONE, at('2026-11-23T09:15Z') + 1)?.late, true);
});

test('another report that nobody opened is late after two hours', () => {
  assert.equal(wait(stub('a'), TEAM, NONE, at('2026-11-23T11:00Z'))?.late, false);
  assert.equal(wait(stub('a'), TEAM, NONE, at('2026-11-23T11:01Z'))?.late, true);
});

test('a report that was opened or closed waits for nobody to open it', () => {
  assert.equal(wait(stub('a', { opened: true }), TEAM, NONE, at('2026-11-24T09:00Z')), null);
  assert.equal(wait(stub('a', { state: 'closed' }), TEAM, NONE, at('2026-11-24T09:00Z')), null);
});

test('only reports that were not in the list before count as arrivals', () => {
  assert.deepEqual(arrivals([stub('a')], [stub('b'), stub('a')]), ['b']);
});

test('every address leads to its view and back', () => {
  const id = 'A'.repeat(22);
  for (const path of ['/staff/en/inbox/', '/staff/en/inbox/?show=mine', '/staff/en/inbox/?show=closed', `/staff/en/reports/${id}/`]) {
    assert.equal(addressOf('/staff/en/', routeOf(new URL(path, 'https://a.test'))), path);
  }
});

test('an address that is not known shows the open reports', () => {
  for (const path of ['', 'inbox/?show=other', 'inbox/?hour=now&step=2', 'inbox/?hour=2026-11-23T09:00Z&step=x']) {
    assert.deepEqual(routeOf(new URL(`https://a.test/staff/en/${path}`)), { view: 'inbox', tab: 'open', only: null });
  }
});

test('an inbox that shows one hour and step, and the junk, have addresses of their own', () => {
  const routes = [
    { view: 'junk' },
    { view: 'inbox', tab: 'closed', only: { hour: '2026-11-23T09:00Z', step: 2 } },
    { view: 'inbox', tab: 'open', only: { hour: '2026-11-23T09:00Z', step: 0 } },
  ];
  for (const route of routes) assert.deepEqual(routeOf(new URL(addressOf('https://a.test/staff/en/', route))), route);
});

test('a draft is kept for its writer and never shown to the next person', () => {
  const drafts = new Drafts();
  drafts.belongTo('ada');
  drafts.keep('r', 'half an answer');
  drafts.belongTo('ada');
  assert.equal(drafts.of('r'), 'half an answer');
  drafts.belongTo('ben');
  assert.equal(drafts.of('r'), '');
  assert.equal(drafts.waiting, false);
});

test('white space alone is no draft', () => {
  const drafts = new Drafts();
  drafts.keep('r', ' \n');
  assert.equal(drafts.waiting, false);
});
