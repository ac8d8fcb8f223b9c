/** IndexedDB as promises: each call is one transaction, and answers when that has been written. */

/**
 * @param {string} name
 * @param {(db: IDBDatabase) => void} upgrade  makes the first version's stores
 * @param {() => void} [gone]  the browser, or somebody who cleared it, throws the database away while it is open
 * @returns {Promise<IDBDatabase>} rejects with the browser's own error
 */
export function openDatabase(name, upgrade, gone = () => {}) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => upgrade(request.result);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      request.result.onversionchange = () => { request.result.close(); gone(); };
      request.result.onclose = gone;
      resolve(request.result);
    };
  });
}

/**
 * @template T
 * @param {IDBDatabase} db
 * @param {string} name  of the store
 * @param {(rows: IDBObjectStore) => IDBRequest<T>} action
 * @returns {Promise<T>}
 */
export function transact(db, name, action) {
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(name, 'readwrite');
    const request = action(transaction.objectStore(name));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

/**
 * Read a row and write what follows from it, with nobody in between.
 * @template T, U
 * @param {IDBDatabase} db
 * @param {string} name  of the store
 * @param {string} key
 * @param {(kept: T | undefined) => U} next  gives undefined to leave everything as it is
 * @returns {Promise<U>} what was written
 */
export async function replace(db, name, key, next) {
  /** @type {U | undefined} */
  let row;
  await transact(db, name, (rows) => {
    const request = rows.get(key);
    request.onsuccess = () => {
      row = next(request.result);
      if (row !== undefined) rows.put(row, rows.keyPath ? undefined : key);
    };
    return request;
  });
  return /** @type {U} */ (row);
}
