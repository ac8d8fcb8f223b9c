/**
 * What is known of a report without opening it, in words: for a line of the inbox and for the head of its own page.
 *
 * @import { Session } from './ring.js'
 * @import { Stub } from './queue.js'
 */
import { turn, wait } from './queue.js';
import { phrase } from './templates.js';
import { date, dayAndTime, number, soon } from './times.js';

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
 * @param {{listed?: boolean, wantsReply?: boolean}} [known]  `listed`: in a list that says by its name whether a report is open or closed;
 *   `wantsReply`: what is sealed in it, for whoever opened it
 * @returns {HTMLElement[]}
 */
export function badges(stub, session, now, { listed = false, wantsReply = true } = {}) {
  const found = [];
  if (stub.urgent) found.push(badge(phrase('urgent'), stub.state === 'closed' ? '' : 'urgent'));
  const due = waiting(stub, session, now);
  if (due) found.push(due);
  if (stub.state === 'new' || !listed) found.push(badge(phrase(`state-${stub.state}`), stub.state === 'new' ? 'new' : ''));
  if (stub.work_step > 0) found.push(badge(phrase('work-step', { step: number(stub.work_step) }), ''));
  found.push(...turn(stub, wantsReply).map((kind) => badge(phrase(`answer-${kind}`), kind === 'unwanted' ? '' : 'info')));
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
  if (stub.closed && stub.state === 'closed') found.push(phrase('closed-at', { time: dayAndTime(Date.parse(stub.closed)) }));
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
