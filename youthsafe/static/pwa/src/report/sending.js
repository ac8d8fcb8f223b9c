/**
 * Sends what waits where no page shows it: in the service worker when the browser says that there is a connection, and on any page
 * that is opened.
 */
import { deliver } from './delivery.js';
import { Outbox } from './outbox.js';
import { openStore } from './store.js';
import { solve } from './work.js';

/**
 * @param {string} address  of the reports
 * @returns {Promise<{waits: boolean, refused: boolean}>} whether something still waits, and whether something was not accepted
 */
export async function sendWaiting(address) {
  const store = await openStore();
  const outbox = new Outbox({ store, deliver: (item) => deliver(address, item, solve), changed: () => {}, wake: () => {} });
  await outbox.send('online');
  const items = await store.items();
  store.close();
  return { waits: items.some((item) => item.state === 'waiting'), refused: items.some((item) => item.state !== 'waiting') };
}
