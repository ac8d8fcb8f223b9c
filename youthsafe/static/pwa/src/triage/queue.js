/**
 * The lines of a list: which of them wait too long, and what is new in it.
 *
 * @import { Weekly } from '../lib/london.ts'
 * @typedef {{id: string, name: string}} Person
 * @typedef {{id: string, team: string, epoch: number, urgent: boolean, received: string, state: 'new' | 'open' | 'closed',
 *   claimed_by: Person | null, opened: boolean, closed: string | null, answers: number, follow_ups: number, unanswered: boolean, withdrawn: boolean, hold: boolean,
 *   erased: string | null, work_step: number, damaged: boolean}} Stub  `damaged`: a moment of it cannot be read
 * @typedef {{weekly: Weekly, staffed: boolean}} Team
 * @typedef {{due: number | null, late: boolean}} Wait
 */
import { dueAt } from './hours.js';

export const URGENT_MINUTES = 15;
export const OTHER_MINUTES = 120;

/**
 * When a report that nobody has opened should be opened, and whether that is past; null when it waits for nobody.
 * @param {Stub} stub
 * @param {Team | undefined} team
 * @param {ReadonlySet<number>} closedDays
 * @param {number} now
 * @returns {Wait | null}
 */
export function wait(stub, team, closedDays, now) {
  if (stub.opened || stub.state === 'closed' || !team) return null;
  const minutes = stub.urgent ? URGENT_MINUTES : OTHER_MINUTES;
  const due = dueAt(Date.parse(stub.received), minutes, team.weekly, closedDays);
  return { due, late: due !== null && now > due };
}

/**
 * What to say of an answer that somebody may wait for: `again`, they wrote again; `never`, nobody answered yet; `unwanted`. Only what is sealed says
 * whether one is wanted, so of a report that was not opened here it is said no more than that none was given.
 * @param {Stub} stub
 * @param {boolean} wantsReply
 * @returns {('again' | 'never' | 'unwanted')[]}
 */
export function turn(stub, wantsReply) {
  if (stub.withdrawn) return [];
  if (!wantsReply) return ['unwanted'];
  const again = stub.unanswered && stub.follow_ups > 0;
  const never = stub.answers === 0 && stub.state === 'open';
  return [...(again ? [/** @type {const} */ ('again')] : []), ...(never ? [/** @type {const} */ ('never')] : [])];
}

/**
 * What is new in a list since it was drawn. What follows the last line that stands there already was only too far down before, when the list
 * went on: it can be added without moving anything.
 * @param {ReadonlyMap<string, Stub>} drawn
 * @param {readonly Stub[]} fresh
 * @param {boolean} goesOn  whether the drawn list went on beyond its last line
 * @returns {{arrived: Stub[], again: Stub[], below: Stub[], gone: string[]}}
 */
export function news(drawn, fresh, goesOn) {
  const last = fresh.map(({ id }) => drawn.has(id)).lastIndexOf(true);
  const [above, below] = goesOn ? [fresh.slice(0, last + 1), fresh.slice(last + 1)] : [fresh, []];
  const ids = new Set(fresh.map(({ id }) => id));
  return {
    arrived: above.filter(({ id }) => !drawn.has(id)),
    again: above.filter((stub) => stub.follow_ups > (drawn.get(stub.id)?.follow_ups ?? Infinity)),
    below,
    gone: [...drawn.keys()].filter((id) => !ids.has(id)),
  };
}
