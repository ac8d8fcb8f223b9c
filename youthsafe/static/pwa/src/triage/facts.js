/**
 * What is known of a report without opening it, in words: for a line of the inbox and for the head of its own page.
 *
 * @import { Session } from './ring.js'
 * @import { Stub } from './queue.js'
 */
import { wait } from './queue.js';
import { phrase } from './templates.js';
import { date, number, soon } from './times.js';

/**
 * @param {HTMLElement} words
 * @param {string} kind
 */
export function badge(words, kind) {
  const shape = document.createElement('span');
  shape.className = `badge ${kind}`.trim();
  shape.append(words);
  return shape;
}

/**
 * @param {Stub} stub
 * @param {Session} session
 * @param {number} now
 * @param {{listed?: boolean}} [where]  `listed`: in a list that says by its name whether a report is open or closed
 * @returns {HTMLElement[]}
 */
export function badges(stub, session, now, { listed = false } = {}) {
  const found = [];
  if (stub.urgent) found.push(badge(phrase('urgent'), 'urgent'));
  const due = waiting(stub, session, now);
  if (due) found.push(due);
  if (stub.state === 'new' || !listed) found.push(badge(phrase(`state-${stub.state}`), stub.state === 'new' ? 'new' : ''));
  if (stub.work_step > 0) found.push(badge(phrase('work-step', { step: number(stub.work_step) }), ''));
  if (stub.unanswered && stub.state !== 'new') found.push(badge(phrase('unanswered'), 'info'));
  if (stub.withdrawn) found.push(badge(phrase('withdrawn'), 'warn'));
  if (stub.hold) found.push(badge(phrase('on-hold'), 'info'));
  if (stub.erased) found.push(badge(phrase('erased-on', { date: date(Date.parse(stub.erased)) }), 'warn'));
  return found;
}

/**
 * @param {Stub} stub
 * @param {Session} session
 * @param {number} now
 */
function waiting(stub, session, now) {
  const found = wait(stub, session.teams[stub.team], session.closedDays, now);
  if (!found) return null;
  if (found.due === null) return badge(phrase('due-unknown'), 'warn');
  return badge(phrase(found.late ? 'late' : 'due', { time: soon(found.due, now) }), found.late ? 'warn' : '');
}

/**
 * Who holds it and which team it came to.
 * @param {Stub} stub
 * @param {Session} session
 * @returns {HTMLElement[]}
 */
export function facts(stub, session) {
  const team = session.teams[stub.team];
  const found = [holder(stub, session)];
  if (team && Object.keys(session.teams).length > 1) found.push(phrase('team', { name: team.name }));
  return found;
}

/**
 * @param {Stub} stub
 * @param {Session} session
 */
function holder(stub, session) {
  if (!stub.claimed_by) return phrase('held-by-nobody');
  if (stub.claimed_by.id === session.member.id) return badge(phrase('held-by-you'), 'mine');
  return phrase('held-by', { name: stub.claimed_by.name });
}
