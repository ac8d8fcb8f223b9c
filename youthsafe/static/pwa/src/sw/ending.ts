/**
 * What a service worker gets in its place when it is none of ours and asks for itself again: an attacker's outlives the
 * attack until then. It ends, takes along what lies in the caches, and has the pages it held loaded anew. The outbox
 * stays.
 */
export {};

declare const self: ServiceWorkerGlobalScope;
const worker = self;

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => event.waitUntil(end()));

async function end() {
  await worker.registration.unregister();
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  const held = await worker.clients.matchAll({ type: "window" });
  await Promise.all(held.map((client) => client.navigate(client.url).catch(() => null)));
}
