/**
 * The order of the inbox, and which of its reports are waiting too long.
 *
 * @import { Weekly } from './hours.js'
 * @typedef {{id: string, name: string}} Person
 * @typedef {{id: string, team: string, epoch: number, urgent: boolean, received: string, state: 'new' | 'open' | 'closed',
 *   claimed_by: Person | null, opened: boolean, answers: number, follow_ups: number, unanswered: boolean,
 *   work_step: number}} Stub
 * @typedef {{weekly: Weekly, staffed: boolean}} Team
 * @typedef {{due: number | null, late: boolean}} Wait
 */
import { dueAt } from './hours.js';

export const URGENT_MINUTES = 15;
export const OTHER_MINUTES = 120;

/**
 * Urgent first, then the oldest.
 * @param {readonly Stub[]} stubs
 */
export function sorted(stubs) {
  return [...stubs].sort((a, b) => Number(b.urgent) - Number(a.urgent)
    || Date.parse(a.received) - Date.parse(b.received) || (a.id < b.id ? -1 : 1));
}

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
 * The ids that were not in the list before.
 * @param {readonly Stub[]} before
 * @param {readonly Stub[]} after
 */
export function arrivals(before, after) {
  const known = new Set(before.map((stub) => stub.id));
  return after.filter((stub) => !known.has(stub.id)).map((stub) => stub.id);
}
