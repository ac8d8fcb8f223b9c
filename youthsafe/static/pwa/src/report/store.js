/**
 * What this device keeps: the pinned root with the last verified bundle, and sealed reports that are not sent yet.
 * Never anything typed, never a receipt code. Where the browser refuses to keep things, they stay in this page's memory.
 *
 * @typedef {{bundle: string, signature: string, root: string}} SignedBundle  each base64url
 * @typedef {{instance: string, fingerprint: string, serial: number, signed: SignedBundle | null}} Trust  `serial`: none lower is
 *   accepted; `signed` is null when a higher one was learned of than was seen
 * @typedef {{id: string, body: string, sealed_at: number, state: 'waiting' | 'refused' | 'conflict', tries: number,
 *   due: number, not_before: number}} Item  a sealed request; the times are milliseconds since 1970
 */
import { RefusalError } from './asking.js';
import { openDatabase, replace, transact } from './database.js';

const OPEN_WITHIN_MS = 3_000;
const TRUST_WITHIN_MS = 10_000;
/** How a browser says that it keeps nothing at all, as in some private windows. Any other error may hide a pin. */
const NO_STORAGE = ['ReferenceError', 'TypeError', 'SecurityError', 'InvalidStateError'];

export class Store {
  /**
   * @param {IDBDatabase | null} db  null while, or where, nothing can be kept
   * @param {Promise<IDBDatabase | null>} [opening]  null when the browser keeps nothing at all
   */
  constructor(db, opening = Promise.resolve(db)) {
    this.db = db;
    this.opening = opening;
    /** @type {Map<string, {item: Item, kept: boolean}>} what this page itself put in: never lost, whatever the browser does */
    this.own = new Map();
    /** @type {Trust | null} */
    this.trusted = null;
    this.emptied = () => {};
    this.#follow(opening);
  }

  /**
   * All that was kept is gone: nothing outlives this page until it is written anew, with the next try. `emptied` hears of it.
   * @param {Promise<IDBDatabase | null>} opening  of what is there from now on
   */
  lost(opening) {
    for (const own of this.own.values()) own.kept = false;
    this.db = null;
    this.#follow(opening);
    this.emptied();
  }

  /** @param {Promise<IDBDatabase | null>} opening */
  #follow(opening) {
    this.opening = opening;
    opening.then((db) => { this.db = db; }, () => {});
  }

  /** @returns {Promise<Trust | null>} null at first sight only; raises RefusalError when a pin may be there but cannot be read */
  async trust() {
    if (this.trusted) return this.trusted;
    const reading = this.opening.then((db) => db && transact(db, 'trust', (rows) => rows.get('root')));
    return await within(TRUST_WITHIN_MS, reading).catch(() => { throw new RefusalError('connection'); }) ?? null;
  }

  /**
   * Never replaces a pin by another, nor by an older bundle, whatever another tab does meanwhile.
   * @param {Trust} trust  raises RefusalError when this device trusts another root or instance
   */
  async keepTrust(trust) {
    const next = (/** @type {Trust | undefined} */ kept) => newest(kept ?? this.trusted, trust);
    this.trusted = await this.#attempt((db) => replace(db, 'trust', 'root', next)) ?? next(undefined);
    if (!same(this.trusted, trust)) throw new RefusalError('mismatch');
  }

  /**
   * A newer bundle is in force than any that this device saw: what it kept is not good enough any more.
   * @param {number} serial
   */
  async learn(serial) {
    const next = (/** @type {Trust | undefined} */ kept) => raised(kept ?? this.trusted, serial);
    this.trusted = await this.#attempt((db) => replace(db, 'trust', 'root', next)) ?? next(undefined) ?? this.trusted;
  }

  /** @returns {Promise<Item[]>} the oldest first */
  async items() {
    const kept = /** @type {Item[]} */ (await this.#attempt((db) => transact(db, 'outbox', (rows) => rows.getAll())) ?? []);
    const all = new Map([...kept, ...[...this.own.values()].map(({ item }) => item)].map((item) => [item.id, item]));
    return [...all.values()].sort((a, b) => a.sealed_at - b.sealed_at);
  }

  /**
   * @param {Item} item
   * @returns {Promise<boolean>} whether it will outlive this page
   */
  async add(item) {
    const own = { item, kept: false };
    this.own.set(item.id, own);
    own.kept = await this.#write(item);
    return own.kept;
  }

  /**
   * Write down what came of a try. What somebody else has sent meanwhile does not come back; what found no room before may now.
   * @param {Item} item
   */
  async update(item) {
    const own = this.own.get(item.id);
    if (own) own.item = item;
    if (own && !own.kept) own.kept = await this.#write(item);
    else await this.#attempt((db) => replace(db, 'outbox', item.id, (/** @type {Item | undefined} */ there) => there && item));
  }

  /**
   * Whether an item will outlive this page.
   * @param {string} id
   */
  keeps(id) {
    return this.own.get(id)?.kept ?? true;
  }

  /** @param {string} id */
  async forget(id) {
    this.own.delete(id);
    await this.#attempt((db) => transact(db, 'outbox', (rows) => rows.delete(id)));
  }

  close() {
    this.db?.close();
  }

  /** @param {Item} item */
  async #write(item) {
    return await this.#attempt((db) => transact(db, 'outbox', (rows) => rows.put(item))) !== undefined;
  }

  /**
   * @template T
   * @param {(db: IDBDatabase) => Promise<T>} action
   * @returns {Promise<T | undefined>} undefined when the browser keeps nothing
   */
  async #attempt(action) {
    if (!this.db) return undefined;
    try {
      return await action(this.db);
    } catch {
      return undefined;
    }
  }
}

/** Open what this device keeps; a browser that refuses, or does not answer soon, gives a store in memory. */
export async function openStore() {
  const begin = () => open(() => store.lost(begin()));
  const opening = begin();
  const db = await within(OPEN_WITHIN_MS, opening).catch(() => null);
  const store = new Store(db, opening);
  return store;
}

/**
 * @param {() => void} gone
 * @returns {Promise<IDBDatabase | null>} null where the browser keeps nothing at all
 */
async function open(gone) {
  const make = (/** @type {IDBDatabase} */ db) => {
    db.createObjectStore('trust');
    db.createObjectStore('outbox', { keyPath: 'id' });
  };
  return openDatabase('youthsafe', make, gone).catch((error) => {
    if (NO_STORAGE.includes(error.name)) return null;
    throw error;
  });
}

/**
 * @template T
 * @param {number} milliseconds
 * @param {Promise<T>} promise
 * @returns {Promise<T>} rejects when it takes longer
 */
function within(milliseconds, promise) {
  return Promise.race([promise, new Promise((_, reject) => { setTimeout(reject, milliseconds); })]);
}

/**
 * @param {Trust} kept
 * @param {Trust} trust
 */
function same(kept, trust) {
  return kept.fingerprint === trust.fingerprint && kept.instance === trust.instance;
}

/**
 * @param {Trust | null} kept
 * @param {number} serial
 * @returns {Trust | undefined} undefined when there is nothing to raise
 */
function raised(kept, serial) {
  return kept && kept.serial < serial ? { ...kept, serial, signed: null } : undefined;
}

/**
 * @param {Trust | null} kept
 * @param {Trust} trust
 */
function newest(kept, trust) {
  return kept && (!same(kept, trust) || kept.serial > trust.serial) ? kept : trust;
}
