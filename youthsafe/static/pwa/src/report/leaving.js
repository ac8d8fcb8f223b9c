/** Asks before the page is closed, only while something would be lost; Leave now never asks. What is left behind is wiped. */

/** @param {BeforeUnloadEvent} event */
const ask = (event) => event.preventDefault();

/** @param {boolean} needed */
export function guard(needed) {
  removeEventListener('beforeunload', ask);
  if (needed) addEventListener('beforeunload', ask);
}

/**
 * Wipe when the page is left in any way: browsers keep whole pages for their Back button.
 * @param {() => void} wipe
 */
export function onLeave(wipe) {
  addEventListener('youthsafe:leave', wipe);
  addEventListener('pagehide', wipe);
}
