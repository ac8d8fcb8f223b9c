/**
 * What a page leaves behind so that a sealed report goes out even when nobody opens this page again: a mark for other
 * pages of this site, which says only that there is something to send, and a request to the browser.
 */
import { SYNC, WAITING } from "./mark.ts";

/**
 * Where the browser keeps or does nothing of this, an open page sends. `waits`: whether something waits that is kept
 * here. `told`: whether something is kept here that a page has yet to tell about, though it is not sent again.
 */
export async function arrange(waits: boolean, told = false) {
  try {
    if (waits || told) localStorage.setItem(WAITING, "1");
    else localStorage.removeItem(WAITING);
    if (!waits) return;
    await (await navigator.serviceWorker?.getRegistration())?.sync?.register(SYNC);
  } catch {
    // Storage or the worker is switched off.
  }
}

/**
 * Ask the browser to keep what waits, unless it would ask its reader: only Firefox does, with words that would
 * frighten.
 */
export function holdOn() {
  if (!CSS.supports("-moz-orient", "inline")) void navigator.storage?.persist?.().catch(() => {});
}

/**
 * Whether this is Safari on an iPhone or iPad, which empties a site's storage after seven days; an app on the home
 * screen is spared.
 */
export function isForgetful() {
  return navigator.standalone === false;
}
