/** On any page, once a sealed report waits: send it. Where the page has a notice for that, it says that something waits, and no more. */
import { arrange } from './later.js';
import { sendWaiting } from './sending.js';

const address = new URL('../api/v1/reports', import.meta.url).href;
const notice = document.querySelector('[data-unsent]');

async function send() {
  const waits = await sendWaiting(address);
  if (notice instanceof HTMLElement) notice.hidden = !waits;
  await arrange(waits);
}

addEventListener('online', () => void send());
void send();
