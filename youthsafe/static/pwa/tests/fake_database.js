/** As much of IndexedDB as the pins need: transactions run one after another, and a request answers in its own turn. */

class Rows {
  constructor(rows, pending) { Object.assign(this, { rows, pending }); }
  #ask(answer) {
    const request = {};
    this.pending.push(() => { request.result = answer(); request.onsuccess?.(); });
    return request;
  }
  get(key) { return this.#ask(() => this.rows.get(key)); }
  put(value, key) { return this.#ask(() => { this.rows.set(key, value); return key; }); }
}

class Database {
  constructor() { this.stores = {}; this.queue = Promise.resolve(); this.broken = false; }
  createObjectStore(name) { this.stores[name] = new Map(); }
  close() {}
  transaction(name) {
    const pending = [];
    const transaction = { objectStore: () => new Rows(this.stores[name], pending) };
    this.queue = this.queue.then(async () => {
      while (pending.length > 0 && !this.broken) { pending.shift()(); await null; }
      if (this.broken) transaction.onabort();
      else transaction.oncomplete();
    });
    return transaction;
  }
}

/** Stand in for the browser's IndexedDB: one that works, or that fails to open with an error, or never answers. */
export function fakeDatabase({ error = null, silent = false } = {}) {
  const db = new Database();
  let fresh = true;
  globalThis.indexedDB = {
    open() {
      const request = { result: db, error };
      queueMicrotask(() => {
        if (silent) return;
        if (error) { request.onerror(); return; }
        if (fresh) request.onupgradeneeded();
        fresh = false;
        request.onsuccess();
      });
      return request;
    },
  };
  return db;
}
