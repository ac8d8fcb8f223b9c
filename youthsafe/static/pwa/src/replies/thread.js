/**
 * Puts answers and follow-ups in one order, and finds what was exchanged, repeated or left out between them.
 *
 * @typedef {{hour: number, locale: string, text: string, previous: string, hash: string}} Opened  hashes in base64url
 * @typedef {{number: number, opened: Opened | null}} Answer  null: it did not open, or its mac was wrong
 * @typedef {{number: number, hour: number}} Sent
 * @typedef {{from: 'team', hour: number, locale: string, text: string, gap: boolean}
 *   | {from: 'you', hour: number} | {from: 'nobody'}} Entry  `gap`: an answer before it is missing or out of order
 */

/** What the first answer names as its predecessor: 32 zero bytes in base64url. */
export const NOTHING = 'A'.repeat(43);

/**
 * Check the chain of answers in the order of their numbers. A refused one is not part of it.
 * @param {readonly Answer[]} answers
 * @returns {Entry[]}
 */
export function checked(answers) {
  let newest = NOTHING;
  const seen = new Set();
  return [...answers].sort((a, b) => a.number - b.number).map(({ opened }) => {
    if (!opened || seen.has(opened.hash)) return { from: 'nobody' };
    const gap = opened.previous !== newest;
    newest = opened.hash;
    seen.add(newest);
    return { from: 'team', hour: opened.hour, locale: opened.locale, text: opened.text, gap };
  });
}

/**
 * The oldest first. Each direction keeps its own order; within one hour an answer stands before what was written back.
 * @param {readonly Answer[]} answers
 * @param {readonly Sent[]} sent
 * @returns {Entry[]}
 */
export function thread(answers, sent) {
  const theirs = checked(answers);
  /** @type {Entry[]} */
  const merged = [];
  for (const { hour } of [...sent].sort((a, b) => a.number - b.number)) {
    while (theirs.length > 0 && hourOf(theirs) <= hour) merged.push(/** @type {Entry} */ (theirs.shift()));
    merged.push({ from: 'you', hour });
  }
  return [...merged, ...theirs];
}

/**
 * A refused message has no hour: it stands where the next one stands.
 * @param {readonly Entry[]} entries
 */
function hourOf(entries) {
  const timed = entries.find((entry) => entry.from !== 'nobody');
  return timed && 'hour' in timed ? timed.hour : Infinity;
}
