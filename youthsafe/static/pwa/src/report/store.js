/**
 * What this device keeps: the pinned root with the last verified bundle, and sealed reports that are not sent yet.
 * Never anything typed, never a receipt code. Where the browser refuses to keep things, they stay in this page's memory.
 *
 * @typedef {{bundle: string, signature: string, root: string}} SignedBundle  each base64url
 * @typedef {{instance: string, fingerprint: string, serial: number, signed: SignedBundle}} Trust
 * @typedef {{id: string, body: string, sealed_at: number, state: 'waiting' | 'refused' | 'conflict', tries: number,
 *   due: number, not_before: number}} Item  a sealed request; the times are milliseconds since 1970
 */
import { openDB } from 'idb';

const NAME = 'youthsafe';
const VERSION = 1;
const OPEN_WITHIN_MS = 3_000;

export class Store {
  /** @param {import('idb').IDBPDatabase | null} db */
  constructor(db) {
    this.db = db;
    /** @type {Map<string, Item>} what this page itself put in: never lost, whatever the browser does */
    this.own = new Map();
    /** @type {Trust | null} */
    this.trusted = null;
  }

  /** @returns {Promise<Trust | null>} */
  async trust() {
    return this.trusted ?? await this.#attempt((db) => db.get('trust', 'root')) ?? null;
  }

  /** @param {Trust} trust */
  async keepTrust(trust) {
    this.trusted = trust;
    await this.#attempt((db) => db.put('trust', trust, 'root'));
  }

  /** @returns {Promise<Item[]>} the oldest first */
  async items() {
    const kept = /** @type {Item[]} */ (await this.#attempt((db) => db.getAll('outbox')) ?? []);
    const all = new Map([...kept.map((item) => /** @type {const} */ ([item.id, item])), ...this.own]);
    return [...all.values()].sort((a, b) => a.sealed_at - b.sealed_at);
  }

  /**
   * @param {Item} item
   * @returns {Promise<boolean>} whether it will outlive this page
   */
  async add(item) {
    this.own.set(item.id, item);
    return this.#write(item);
  }

  /** @param {Item} item */
  async update(item) {
    if (this.own.has(item.id)) this.own.set(item.id, item);
    return this.#write(item);
  }

  /** @param {string} id */
  async forget(id) {
    this.own.delete(id);
    await this.#attempt((db) => db.delete('outbox', id));
  }

  /** @param {Item} item */
  async #write(item) {
    return await this.#attempt((db) => db.put('outbox', item)) !== undefined;
  }

  /**
   * @template T
   * @param {(db: import('idb').IDBPDatabase) => Promise<T>} action
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

/** Open what this device keeps; a browser that refuses, or never answers, gives a store in memory. */
export async function openStore() {
  const opening = open().catch(() => null);
  const tired = new Promise((resolve) => { setTimeout(resolve, OPEN_WITHIN_MS, null); });
  return new Store(/** @type {import('idb').IDBPDatabase | null} */ (await Promise.race([opening, tired])));
}

async function open() {
  return openDB(NAME, VERSION, {
    upgrade(db) {
      db.createObjectStore('trust');
      db.createObjectStore('outbox', { keyPath: 'id' });
    },
    blocking(_current, _blocked, event) {
      /** @type {IDBDatabase} */ (event.target).close();
    },
  });
}
