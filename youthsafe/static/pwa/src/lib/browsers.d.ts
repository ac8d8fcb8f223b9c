/** What only some browsers have, and TypeScript's own lists therefore lack. */

interface SyncManager {
  register(tag: string): Promise<void>;
}

interface ServiceWorkerRegistration {
  readonly sync?: SyncManager;
}
