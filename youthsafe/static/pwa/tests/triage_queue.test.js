import assert from 'node:assert/strict';
import test from 'node:test';

import { Drafts } from '../src/triage/drafts.js';
import { news, turn, wait } from '../src/triage/queue.js';
import { addressOf, routeOf } from '../src/triage/routes.js';

const WORKDAY = { opens: 9 * 60, closes: 17 * 60 };
const TEAM = { staffed: true, weekly: [WORKDAY, WORKDAY, WORKDAY, WORKDAY, WORKDAY, null, null] };
const NONE = new Set();
const at = (text) => Date.parse(text);
const stub = (id, changes = {}) => ({
  id, team: 't', epoch: 1, urgent: false, received: '2026-11-23T09:00Z', state: 'new', claimed_by: null,
  opened: false, closed: null, answers: 0, follow_ups: 0, unanswered: true, withdrawn: false, hold: false, erased: null, ...changes,
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

const drawn = (...stubs) => new Map(stubs.map((each) => [each.id, each]));
const ids = (stubs) => stubs.map(({ id }) => id);

test('what was not in the list when it was drawn is new, wherever it would stand', () => {
  const { arrived, below, gone } = news(drawn(stub('a'), stub('b')), [stub('new', { urgent: true }), stub('a'), stub('last')], false);
  assert.deepEqual([ids(arrived), ids(below), gone], [['new', 'last'], [], ['b']]);
});

test('what moves up from beyond the end of the list is not new and is added below', () => {
  const { arrived, below } = news(drawn(stub('a'), stub('b')), [stub('new'), stub('b'), stub('c')], true);
  assert.deepEqual([ids(arrived), ids(below)], [['new'], ['c']]);
});

test('a reporter who wrote again is told as such, and not as new', () => {
  const { arrived, again } = news(drawn(stub('a', { follow_ups: 1 }), stub('b')), [stub('a', { follow_ups: 2 }), stub('b')], false);
  assert.deepEqual([ids(arrived), ids(again)], [[], ['a']]);
});

test('only a report that can be answered is said to have no answer, and whoever wrote again is told apart', () => {
  const opened = { state: 'open', opened: true };
  const said = (changes, wantsReply = true) => turn(stub('a', { ...opened, ...changes }), wantsReply);
  assert.deepEqual(said({}), ['never']);
  assert.deepEqual(said({}, false), ['unwanted']);
  assert.deepEqual(said({ withdrawn: true }), []);
  assert.deepEqual(said({ answers: 1, unanswered: false }), []);
  assert.deepEqual(said({ follow_ups: 1 }), ['again', 'never']);
  assert.deepEqual(said({ answers: 1, follow_ups: 1 }), ['again']);
  assert.deepEqual(said({ answers: 1, follow_ups: 1, unanswered: false }), []);
  assert.deepEqual(said({ state: 'closed', unanswered: false }), []);
  assert.deepEqual(said({ state: 'closed', follow_ups: 1 }), ['again']);
  assert.deepEqual(turn(stub('a'), true), [], 'that it is new is said already');
  assert.deepEqual(said({ unanswered: false }), ['never'], 'closed without an answer and opened again');
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
