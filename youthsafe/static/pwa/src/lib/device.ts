/**
 * What this device keeps: never anything typed, never a receipt code. Where the browser refuses to keep things, they
 * stay in the memory of whoever wanted them kept.
 */
import { openDatabase } from "./database.ts";
import { rejectAfter } from "./time_limit.ts";

const OPEN_WITHIN_MS = 3_000;
/** How a browser says that it keeps nothing at all, as in some private windows. Any other error may hide a pin. */
const NO_STORAGE = ["ReferenceError", "TypeError", "SecurityError", "InvalidStateError"];

function makeStores(db: IDBDatabase) {
  db.createObjectStore("trust");
  db.createObjectStore("outbox", { keyPath: "id" });
}

export class Device {
  /** Null while, or where, nothing can be kept. */
  db: IDBDatabase | null = null;
  /** Null when the browser keeps nothing at all; rejects when something may be there that cannot be read. */
  opening = this.#open();
  /** Hears that all that was kept is gone. */
  emptied = () => {};

  async #open() {
    const gone = () => {
      this.db = null;
      this.opening = this.#open();
      this.opening.catch(() => {}); // whoever asks hears of it
      this.emptied();
    };
    try {
      this.db = await openDatabase("youthsafe", makeStores, gone);
    } catch (error) {
      if (!NO_STORAGE.includes(Object(error).name)) throw error;
    }
    return this.db;
  }

  /** Undefined where nothing can be kept. */
  async attempt<T>(action: (db: IDBDatabase) => Promise<T>): Promise<T | undefined> {
    if (!this.db) return undefined;
    try {
      return await action(this.db);
    } catch {
      return undefined;
    }
  }

  close() {
    this.db?.close();
  }
}

/** A browser that refuses, or does not answer soon, gives a device that keeps nothing. */
export async function openDevice() {
  const device = new Device();
  await rejectAfter(OPEN_WITHIN_MS, device.opening).catch(() => {});
  return device;
}
