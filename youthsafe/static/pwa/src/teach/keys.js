/**
 * What a key does while slides are shown. A clicker is a keyboard with Page Up, Page Down and sometimes a full stop.
 *
 * @typedef {'next' | 'previous' | 'first' | 'last' | 'blank' | 'notes' | 'timer' | 'fullscreen' | 'end'} Action
 * @typedef {{key: string, code: string, shiftKey?: boolean, ctrlKey?: boolean, altKey?: boolean, metaKey?: boolean}} Press
 */

/** @type {Record<string, Action>} */
const NAMED = { PageDown: 'next', PageUp: 'previous', Home: 'first', End: 'last', Escape: 'end' };

/** @type {Record<string, Action>} */
const LETTERS = { b: 'blank', '.': 'blank', n: 'notes', t: 'timer', f: 'fullscreen' };

/**
 * @param {Press} press
 * @param {{rightToLeft: boolean, letters: boolean, onControl: boolean}} state  `letters`: whether they are in use;
 *   `onControl`: whether the space bar belongs to the button or link that has the focus
 * @returns {Action | null}
 */
export function actionOf(press, { rightToLeft, letters, onControl }) {
  const { key } = press;
  if (press.ctrlKey || press.altKey || press.metaKey) return null;
  if (key === ' ') return onControl ? null : press.shiftKey ? 'previous' : 'next';
  if (key === 'ArrowRight' || key === 'ArrowLeft') return (key === 'ArrowRight') === rightToLeft ? 'previous' : 'next';
  if (key in NAMED) return NAMED[key];
  return letters ? LETTERS[letterOf(press)] ?? null : null;
}

/**
 * The Latin letter of a key, on keyboards of other scripts too.
 * @param {Press} press
 */
function letterOf({ key, code }) {
  return /^[\x20-\x7e]$/.test(key) ? key.toLowerCase() : code.replace(/^Key/, '').toLowerCase();
}
