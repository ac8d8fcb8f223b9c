/** As much of IndexedDB as the pins need: transactions run one after another, and a request answers in its own turn. */

class Rows {
  constructor({ rows, keyPath }, pending) {
    Object.assign(this, { rows, keyPath, pending });
  }
  #ask(answer) {
    const request = {};
    this.pending.push(() => {
      request.result = answer();
      request.onsuccess?.();
    });
    return request;
  }
  get(key) {
    return this.#ask(() => this.rows.get(key));
  }
  getAll() {
    return this.#ask(() => [...this.rows.values()]);
  }
  delete(key) {
    return this.#ask(() => {
      this.rows.delete(key);
    });
  }
  put(value, key = value[this.keyPath]) {
    return this.#ask(() => {
      this.rows.set(key, value);
      return key;
    });
  }
}

class Database {
  constructor() {
    this.stores = {};
    this.keyPaths = {};
    this.queue = Promise.resolve();
    this.broken = false;
  }
  createObjectStore(name, { keyPath = null } = {}) {
    this.stores[name] = new Map();
    this.keyPaths[name] = keyPath;
  }
  close() {}
  transaction(name) {
    const pending = [];
    const transaction = {
      objectStore: () => new Rows({ rows: this.stores[name], keyPath: this.keyPaths[name] }, pending),
    };
    this.queue = this.queue.then(async () => {
      while (pending.length > 0 && !this.broken) {
        pending.shift()();
        await null;
      }
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
        if (error) {
          request.onerror();
          return;
        }
        if (fresh) request.onupgradeneeded();
        fresh = false;
        request.onsuccess();
      });
      return request;
    },
  };
  return db;
}
