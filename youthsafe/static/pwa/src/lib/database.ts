/** IndexedDB as promises: each call is one transaction, and answers when that has been written. */

/**
 * Rejects with the browser's own error. `upgrade` makes the first version's stores. `gone`: the browser, or somebody
 * who cleared it, throws the database away while it is open.
 */
export function openDatabase(
  name: string,
  upgrade: (db: IDBDatabase) => void,
  gone: () => void = () => {},
): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => upgrade(request.result);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      request.result.onversionchange = () => {
        request.result.close();
        gone();
      };
      request.result.onclose = gone;
      resolve(request.result);
    };
  });
}

export function transact<T>(
  db: IDBDatabase,
  name: string,
  action: (rows: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(name, "readwrite");
    const request = action(transaction.objectStore(name));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

/**
 * Read a row and write what follows from it, with nobody in between; gives what was written. `next` gives undefined to
 * leave everything as it is.
 */
export async function replace<T, U>(
  db: IDBDatabase,
  name: string,
  key: string,
  next: (kept: T | undefined) => U,
): Promise<U | undefined> {
  let row: U | undefined;
  await transact(db, name, (rows) => {
    const request = rows.get(key);
    request.onsuccess = () => {
      row = next(request.result);
      if (row !== undefined) rows.put(row, rows.keyPath ? undefined : key);
    };
    return request;
  });
  return row;
}
