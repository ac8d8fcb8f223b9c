/** Asks before the page is closed, only while something would be lost; Leave now never asks. */

/** @param {BeforeUnloadEvent} event */
const ask = (event) => event.preventDefault();

/** @param {boolean} needed */
export function guard(needed) {
  removeEventListener('beforeunload', ask);
  if (needed) addEventListener('beforeunload', ask);
}
