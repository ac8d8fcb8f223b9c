/** What only some browsers have in a service worker, and TypeScript's own lists therefore lack. */

interface SyncEvent extends ExtendableEvent {
  readonly tag: string;
}

interface ServiceWorkerGlobalScopeEventMap {
  sync: SyncEvent;
}
