/**
 * What was kept of something begun (lib/locked_copy.ts) ends after half an hour, whatever page of this site is open in the
 * tab. The hour of its last change stands in the clear before the locked copy, and is sealed with it.
 */

/** How long it is kept after the last change or tap. */
export const KEPT_FOR_MS = 1_800_000;
/** What the tab's name begins with while it is a key. */
export const KEY = "key ";
const LOOK_MS = 30_000;
const PLACES = ["draft", "message"];

/** A clock that was set back ends it too. */
export const expired = (at: number) => !(Math.abs(Date.now() - at) < KEPT_FOR_MS);

/** Throw away what is too old, and the key once it opens nothing any more. */
export function dropExpired() {
  try {
    const kept = PLACES.filter((place) => sessionStorage.getItem(place) !== null);
    const old = kept.filter((place) => expired(Number.parseInt(sessionStorage.getItem(place) ?? "", 10)));
    for (const place of old) sessionStorage.removeItem(place);
    if (old.length > 0 && old.length === kept.length && window.name.startsWith(KEY)) window.name = "";
  } catch {
    // Nothing can be kept here.
  }
}

/** Timers stand still while a phone sleeps: what it shows afterwards looks at once. */
export function watchExpiry() {
  dropExpired();
  setInterval(dropExpired, LOOK_MS);
  addEventListener("pageshow", dropExpired);
  document.addEventListener("visibilitychange", dropExpired);
}
