/**
 * What this device keeps: the pinned root with the last verified bundle, and sealed reports that are not sent yet.
 * Never anything typed, never a receipt code. Where the browser refuses to keep things, they stay in this page's
 * memory.
 */

import { openDatabase, replace, transact } from "../lib/database.ts";
import { RefusalError } from "../lib/errors.ts";
import { rejectAfter } from "../lib/time_limit.ts";

/** Each base64url. */
export type SignedBundle = { bundle: string; signature: string; root: string };
/** `serial`: none lower is accepted; `signed` is null when a higher one was learned of than was seen. */
export type Trust = { instance: string; fingerprint: string; serial: number; signed: SignedBundle | null };
/** A sealed request; the times are milliseconds since 1970. */
export type Item = {
  id: string;
  body: string;
  sealed_at: number;
  state: "waiting" | "refused" | "conflict";
  tries: number;
  due: number;
  not_before: number;
};

const OPEN_WITHIN_MS = 3_000;
const TRUST_WITHIN_MS = 10_000;
/** How a browser says that it keeps nothing at all, as in some private windows. Any other error may hide a pin. */
const NO_STORAGE = ["ReferenceError", "TypeError", "SecurityError", "InvalidStateError"];

export class Store {
  db: IDBDatabase | null;
  opening: Promise<IDBDatabase | null>;
  /** What this page itself put in: never lost, whatever the browser does. */
  own = new Map<string, { item: Item; kept: boolean }>();
  trusted: Trust | null = null;
  emptied: () => void;

  /** `db`: null while, or where, nothing can be kept. `opening`: null when the browser keeps nothing at all. */
  constructor(db: IDBDatabase | null, opening: Promise<IDBDatabase | null> = Promise.resolve(db)) {
    this.db = db;
    this.opening = opening;
    this.emptied = () => {};
    this.#follow(opening);
  }

  /**
   * All that was kept is gone: nothing outlives this page until it is written anew, with the next try. `emptied` hears
   * of it. `opening`: of what is there from now on.
   */
  lost(opening: Promise<IDBDatabase | null>) {
    for (const own of this.own.values()) own.kept = false;
    this.db = null;
    this.#follow(opening);
    this.emptied();
  }

  #follow(opening: Promise<IDBDatabase | null>) {
    this.opening = opening;
    opening.then(
      (db) => {
        this.db = db;
      },
      () => {},
    );
  }

  /** Returns null at first sight only; raises RefusalError when a pin may be there but cannot be read. */
  async trust(): Promise<Trust | null> {
    if (this.trusted) return this.trusted;
    const reading = this.opening.then((db) => db && transact(db, "trust", (rows) => rows.get("root")));
    return (
      (await rejectAfter(TRUST_WITHIN_MS, reading).catch(() => {
        throw new RefusalError("connection");
      })) ?? null
    );
  }

  /**
   * Never replaces a pin by another, nor by an older bundle, whatever another tab does meanwhile. `trust`: raises
   * RefusalError when this device trusts another root or instance.
   */
  async keepTrust(trust: Trust) {
    const next = (kept: Trust | undefined) => newest(kept ?? this.trusted, trust);
    this.trusted = (await this.#attempt((db) => replace(db, "trust", "root", next))) ?? next(undefined);
    if (!same(this.trusted, trust)) throw new RefusalError("mismatch");
  }

  /** A newer bundle is in force than any that this device saw: what it kept is not good enough any more. */
  async learn(serial: number) {
    const next = (kept: Trust | undefined) => raised(kept ?? this.trusted, serial);
    this.trusted = (await this.#attempt((db) => replace(db, "trust", "root", next))) ?? next(undefined) ?? this.trusted;
  }

  /** Returns the oldest first. */
  async items(): Promise<Item[]> {
    const kept: Item[] = (await this.#attempt((db) => transact(db, "outbox", (rows) => rows.getAll()))) ?? [];
    const all = new Map([...kept, ...[...this.own.values()].map(({ item }) => item)].map((item) => [item.id, item]));
    return [...all.values()].sort((a, b) => a.sealed_at - b.sealed_at);
  }

  /** Returns whether it will outlive this page. */
  async add(item: Item): Promise<boolean> {
    const own = { item, kept: false };
    this.own.set(item.id, own);
    own.kept = await this.#write(item);
    return own.kept;
  }

  /**
   * Write down what came of a try. What somebody else has sent meanwhile does not come back; what found no room before
   * may now.
   */
  async update(item: Item) {
    const own = this.own.get(item.id);
    if (own) own.item = item;
    if (own && !own.kept) own.kept = await this.#write(item);
    else await this.#attempt((db) => replace(db, "outbox", item.id, (there: Item | undefined) => there && item));
  }

  /** Whether an item will outlive this page. */
  keeps(id: string) {
    return this.own.get(id)?.kept ?? true;
  }

  async forget(id: string) {
    this.own.delete(id);
    await this.#attempt((db) => transact(db, "outbox", (rows) => rows.delete(id)));
  }

  close() {
    this.db?.close();
  }

  async #write(item: Item) {
    return (await this.#attempt((db) => transact(db, "outbox", (rows) => rows.put(item)))) !== undefined;
  }

  /** Returns undefined when the browser keeps nothing. */
  async #attempt<T>(action: (db: IDBDatabase) => Promise<T>): Promise<T | undefined> {
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
  const db = await rejectAfter(OPEN_WITHIN_MS, opening).catch(() => null);
  const store = new Store(db, opening);
  return store;
}

/** Returns null where the browser keeps nothing at all. */
async function open(gone: () => void): Promise<IDBDatabase | null> {
  const make = (db: IDBDatabase) => {
    db.createObjectStore("trust");
    db.createObjectStore("outbox", { keyPath: "id" });
  };
  return openDatabase("youthsafe", make, gone).catch((error) => {
    if (NO_STORAGE.includes(error.name)) return null;
    throw error;
  });
}

function same(kept: Trust, trust: Trust) {
  return kept.fingerprint === trust.fingerprint && kept.instance === trust.instance;
}

/** Returns undefined when there is nothing to raise. */
function raised(kept: Trust | null, serial: number): Trust | undefined {
  return kept && kept.serial < serial ? { ...kept, serial, signed: null } : undefined;
}

function newest(kept: Trust | null, trust: Trust) {
  return kept && (!same(kept, trust) || kept.serial > trust.serial) ? kept : trust;
}
