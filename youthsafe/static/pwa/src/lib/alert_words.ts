/** What the worker says when it is woken: a message from outside is empty, so the desk leaves the words in this browser, in its language. */
const CACHE = "desk-alert";
const ADDRESS = "/staff/alert-words";

export async function keepAlertWords(words: string): Promise<void> {
  await (await caches.open(CACHE)).put(ADDRESS, new Response(words));
}

export async function forgetAlertWords(): Promise<void> {
  await caches.delete(CACHE);
}

/** Null in a browser whose desk left none. */
export async function alertWords(): Promise<string | null> {
  return (await (await caches.match(ADDRESS, { cacheName: CACHE }))?.text()) ?? null;
}
