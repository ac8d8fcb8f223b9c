/**
 * Sealed reports on their way: each is kept first, and goes out until the server says that it has it. It knows no page, so that a
 * service worker can use it too.
 *
 * @import { Item, Store } from './store.js'
 * @import { Outcome } from './delivery.js'
 * @typedef {'due' | 'online' | 'hand'} Reason  why we send: its time has come, the network is back, somebody pressed a button
 * @typedef {{
 *   store: Pick<Store, 'items' | 'add' | 'update' | 'forget'>,
 *   deliver: (item: Item) => Promise<Outcome>,
 *   changed: (item: Item, kind: Outcome['kind'] | 'sending') => void,
 *   rested?: (items: Item[]) => void,
 *   now?: () => number,
 *   alone?: <T>(action: () => Promise<T>) => Promise<T>,
 *   wake?: (action: () => void, milliseconds: number) => unknown,
 * }} Parts  `rested` hears after each round what is still there
 */

import { LONGEST_WAIT_MS } from './delivery.js';

const FIRST_WAIT_MS = 5_000;
const HOUR_MS = 3_600_000;
const LOCK = 'youthsafe-outbox';
/** Longer than one request may take: whoever holds the lock until then is a page that its phone has put to sleep. */
const LOCK_PATIENCE_MS = 45_000;
/** @type {readonly Reason[]} */
const STRENGTH = ['hand', 'online', 'due'];

/**
 * The wait before the next try, in milliseconds: doubled each time, at most a quarter of an hour.
 * @param {number} tries
 */
export function backoff(tries) {
  return Math.min(FIRST_WAIT_MS * 2 ** Math.max(0, tries - 1), LONGEST_WAIT_MS);
}

/**
 * Whether a moment that an item waits for has come. One that is further off than any wait was written down by a clock that has
 * been set back since.
 * @param {number} moment
 * @param {number} now
 */
const hasCome = (moment, now) => now >= moment || moment - now > LONGEST_WAIT_MS;

/**
 * Whether an item may go now. What the server asked us to wait holds for everything but somebody's own hand.
 * @param {Item} item
 * @param {Reason} reason
 * @param {number} now
 */
export function mayGo(item, reason, now) {
  if (item.state !== 'waiting') return false;
  if (reason === 'hand') return true;
  return hasCome(item.not_before, now) && (reason === 'online' || hasCome(item.due, now));
}

/**
 * One page or worker at a time, where the browser can do that; the server takes the same report twice for one anyway, so nobody
 * waits for ever.
 * @template T
 * @param {() => Promise<T>} action
 * @returns {Promise<T>}
 */
export async function alone(action) {
  const { locks } = globalThis.navigator ?? {};
  if (!locks) return action();
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), LOCK_PATIENCE_MS);
  let begun = false;
  try {
    return await locks.request(LOCK, { signal: patience.signal }, () => { begun = true; clearTimeout(timer); return action(); });
  } catch (error) {
    if (begun) throw error;
    return action();
  } finally {
    clearTimeout(timer);
  }
}

/** @type {NonNullable<Parts['wake']>} */
const later = (action, milliseconds) => setTimeout(action, milliseconds);

export class Outbox {
  /** @type {Promise<void> | null} */
  #rounds = null;

  /** @type {Reason[]} asked for since the round that runs began */
  #wanted = [];

  /** @type {unknown} */
  #timer = null;

  /** @param {Parts} parts */
  constructor({ store, deliver, changed, rested = () => {}, now = Date.now, alone: lock = alone, wake = later }) {
    this.store = store;
    this.deliver = deliver;
    this.changed = changed;
    this.rested = rested;
    this.now = now;
    this.alone = lock;
    this.wake = wake;
  }

  /**
   * Keep a sealed report; call `send` afterwards.
   * @param {{id: string, body: string}} sealed
   * @returns {Promise<boolean>} false when it is in this page's memory only
   */
  add({ id, body }) {
    const hour = Math.floor(this.now() / HOUR_MS) * HOUR_MS;
    return this.store.add({ id, body, sealed_at: hour, state: 'waiting', tries: 0, due: 0, not_before: 0 });
  }

  /**
   * Send what may go. A call while a round runs has one more round follow it, so that nothing goes twice at a time.
   * @param {Reason} reason
   * @returns {Promise<void>}
   */
  send(reason) {
    this.#wanted.push(reason);
    this.#rounds ??= this.#run();
    return this.#rounds;
  }

  /** What is asked for until the very end is still heard: between the last look and the end nobody else has a turn. */
  async #run() {
    try {
      let items = /** @type {Item[]} */ ([]);
      while (this.#wanted.length > 0) {
        const strongest = STRENGTH.find((reason) => this.#wanted.includes(reason)) ?? 'due';
        this.#wanted = [];
        await this.alone(() => this.#sendAll(strongest));
        items = await this.store.items();
      }
      this.#plan(items.filter((item) => item.state === 'waiting'));
      this.rested(items);
    } finally {
      this.#rounds = null;
    }
  }

  /** @param {Reason} reason */
  async #sendAll(reason) {
    for (const item of await this.store.items()) {
      if (mayGo(item, reason, this.now())) await this.#sendOne(item);
    }
  }

  /** @param {Item} item */
  async #sendOne(item) {
    this.changed(item, 'sending');
    const outcome = await this.deliver(item);
    const after = settled(item, outcome, this.now());
    if (after) await this.store.update(after);
    else await this.store.forget(item.id);
    this.changed(after ?? item, outcome.kind);
  }

  /**
   * Wake up for the next item whose time comes.
   * @param {readonly Item[]} waiting
   */
  #plan(waiting) {
    clearTimeout(/** @type {number | undefined} */ (this.#timer ?? undefined));
    this.#timer = null;
    if (waiting.length === 0) return;
    const now = this.now();
    const next = Math.min(...waiting.map((item) => (mayGo(item, 'due', now) ? now : Math.max(item.due, item.not_before))));
    this.#timer = this.wake(() => void this.send('due'), Math.max(FIRST_WAIT_MS, next - now));
  }
}

/**
 * What is kept of an item after an answer; nothing once it was sent.
 * @param {Item} item
 * @param {Outcome} outcome
 * @param {number} now
 * @returns {Item | null}
 */
export function settled(item, outcome, now) {
  if (outcome.kind === 'sent') return null;
  if (outcome.kind !== 'later') return { ...item, state: outcome.kind };
  const tries = item.tries + 1;
  return { ...item, tries, due: now + backoff(tries), not_before: outcome.wait > 0 ? now + outcome.wait : 0 };
}
