/**
 * Phrases that may mean danger, looked for on this phone only: a match shows numbers to call, stops nothing, and is never sent or
 * kept. It misses much, so the numbers stand on every page as well.
 */
import { all } from './page.js';

/**
 * Only what is heard: small letters, no accents, no marks, one space between words.
 * @param {string} text
 */
function plain(text) {
  return text.normalize('NFKD').replace(/[\p{Script=Inherited}\u0640'’‘`´]/gu, '').toLowerCase().replaceAll('ł', 'l')
    .replace(/[^\p{L}\p{M}\p{N}*]+/gu, ' ').trim();
}

/**
 * @param {readonly string[]} phrases  whole words; a `*` stands for any letters at the end or the beginning of one
 * @returns {(text: string) => boolean}
 */
export function matcher(phrases) {
  const pattern = phrases.map((phrase) => plain(phrase).replaceAll('*', '[^ ]*')).join('|');
  if (!pattern) return () => false;
  const found = new RegExp(` (?:${pattern}) `, 'u');
  return (text) => found.test(` ${plain(text)} `);
}

/**
 * The phrases of a page: `|` between them, written backwards, because some schools block a page for such words.
 * @param {string} text
 */
export function phrasesIn(text) {
  return [...text].reverse().join('').split('|').filter(Boolean);
}

/**
 * Show the banners while anything that is written matches.
 * @param {HTMLElement} root  its `data-risk` holds the phrases
 */
export function watchRisk(root) {
  const risky = matcher(phrasesIn(root.dataset.risk ?? ''));
  const boxes = /** @type {HTMLTextAreaElement[]} */ (all(root, 'textarea'));
  return () => {
    const found = boxes.some((box) => risky(box.value));
    for (const banner of all(root, '[data-at-risk]')) banner.hidden = !found;
  };
}
