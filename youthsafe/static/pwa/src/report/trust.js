/**
 * Whether this page may seal, and to whom: the root is pinned at first sight, and a mismatch changes nothing and seals nothing.
 *
 * @import { Store, SignedBundle, Trust } from './store.js'
 * @import { Weekly } from '../triage/hours.js'
 * @typedef {{fingerprint: string, instance?: string, serial?: number}} Pin
 * @typedef {{id: string, kind: number, staffed: boolean, name: string, languages: string[], weekly: Weekly}} Team
 * @typedef {{instance: string, fingerprint: string, serial: number, closedDays: number[], teams: Team[]}} Accepted
 * @typedef {'connection' | 'busy' | 'closed' | 'expired' | 'mismatch' | 'forged' | 'no-crypto' | 'no-wasm' | 'worker'} Trouble
 * @typedef {{signed: SignedBundle} | {trouble: 'connection' | 'busy' | 'closed' | 'forged'}} Fetched
 * @typedef {{accepted: Accepted, trouble: null} | {accepted: null, trouble: Trouble}} Verdict
 */
import { RefusalError } from './asking.js';

const FINGERPRINT = /^[A-Za-z0-9_-]{43}$/;
const GIVE_UP_AFTER_MS = 10_000;

/**
 * The root's fingerprint that a link or a poster carries.
 * @param {string} hash
 * @returns {string | null}
 */
export function pinIn(hash) {
  const value = hash.startsWith('#k=') ? hash.slice(3) : '';
  return FINGERPRINT.test(value) ? value : null;
}

/** Read the pin in the address and take it out of the address at once; one that comes later begins the page anew. */
export function takePin() {
  addEventListener('hashchange', () => { if (location.hash.startsWith('#k=')) location.reload(); });
  const pin = pinIn(location.hash);
  if (location.hash.startsWith('#k=')) history.replaceState(null, '', location.pathname + location.search);
  return pin;
}

/**
 * @param {string} address
 * @returns {Promise<Fetched>}
 */
export async function fetchBundle(address) {
  const impatience = new AbortController();
  const timer = setTimeout(() => impatience.abort(), GIVE_UP_AFTER_MS);
  try {
    const response = await fetch(address, {
      cache: 'no-cache', credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer', signal: impatience.signal,
    });
    if (response.status === 404) return { trouble: 'closed' };
    if (response.status === 429 || response.status === 503) return { trouble: 'busy' };
    if (!response.ok) return { trouble: 'connection' };
    return { signed: await response.json() };
  } catch (error) {
    return { trouble: error instanceof SyntaxError ? 'forged' : 'connection' };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Decide what to hold a bundle against; null when the address and the pin disagree.
 * @param {Trust | null} trust
 * @param {string | null} pinned  in the address
 * @returns {Pin | undefined | null}
 */
export function pinFor(trust, pinned) {
  if (trust && pinned && trust.fingerprint !== pinned) return null;
  if (trust) return { fingerprint: trust.fingerprint, instance: trust.instance, serial: trust.serial };
  return pinned ? { fingerprint: pinned } : undefined;
}

/**
 * Find a bundle that this device may trust: the server's newest, or the last one that was verified where there is no connection, or a
 * network on the way answers with a page of its own.
 * @param {{
 *   store: Pick<Store, 'trust' | 'keepTrust'>,
 *   pinned: string | null,
 *   fetched: () => Promise<Fetched>,
 *   accept: (signed: SignedBundle, pin: Pin | undefined) => Promise<Accepted>,
 * }} parts  `accept` raises an error whose `kind` is a Trouble
 * @returns {Promise<Verdict>}
 */
export async function findTrust({ store, pinned, fetched, accept }) {
  try {
    const trust = await store.trust();
    const pin = pinFor(trust, pinned);
    if (pin === null) return refused('mismatch');
    const answer = await fetched();
    const signed = 'signed' in answer ? answer.signed : answer.trouble === 'closed' ? null : trust?.signed;
    if (!signed) return refused('trouble' in answer ? answer.trouble : 'forged');
    const accepted = await accept(signed, pin);
    const { instance, fingerprint, serial } = accepted;
    await store.keepTrust({ instance, fingerprint, serial, signed });
    return { accepted, trouble: null };
  } catch (error) {
    return refused(/** @type {{kind?: Trouble}} */ (error).kind ?? 'forged');
  }
}

/**
 * @param {Trouble} trouble
 * @returns {Verdict}
 */
function refused(trouble) {
  return { accepted: null, trouble };
}

/**
 * The team that a report goes to.
 * @param {readonly Team[]} teams
 * @param {boolean} smaller  the reporter chose the smaller team
 */
export function teamFor(teams, smaller) {
  return (smaller && staffed(teams, 2)) || staffed(teams, 1);
}

/** The team that a report is sealed to: the one that the reader was shown, or none. */
export class Destination {
  /** @type {Team | null} */
  team = null;

  /**
   * @param {readonly Team[]} teams
   * @param {boolean} smaller  the reporter chose the smaller team
   * @param {boolean} seen  whether what was shown before is before the reader's eyes: then it stays
   */
  show(teams, smaller, seen) {
    if (!seen || !this.team) this.team = teamFor(teams, smaller);
    return this.team;
  }

  /**
   * The team to seal to; raises `moved` when it is no longer the one that was shown. The new one is to be shown then.
   * @param {readonly Team[]} teams
   * @param {boolean} smaller
   */
  take(teams, smaller) {
    const shown = this.team?.id;
    this.team = teamFor(teams, smaller);
    if (!this.team) throw new RefusalError('closed');
    if (this.team.id !== shown) throw new RefusalError('moved');
    return this.team;
  }
}

/**
 * @param {readonly Team[]} teams
 * @param {number} kind
 */
export function staffed(teams, kind) {
  return teams.find((team) => team.kind === kind && team.staffed) ?? null;
}
