/**
 * Puts answers and follow-ups in one order, and finds what was exchanged, repeated, turned round or left out between them.
 *
 * @typedef {{hour: number, locale: string, text: string, previous: string, hash: string}} Opened  hashes in base64url
 * @typedef {{number: number, opened: Opened | null}} Answer  null: it did not open, or its mac was wrong
 * @typedef {{number: number, hour: number}} Sent
 * @typedef {{from: 'team', hour: number, locale: string, text: string, gap: boolean} | {from: 'you', hour: number}
 *   | {from: 'nobody'} | {from: 'order'}} Entry  `gap`: an answer before it is missing; `nobody`: a message that was refused;
 *   `order`: the answers came in another order than they were written in, which was refused
 */
import { inOrder } from '../crypto/chain.js';

/** What the first answer names as its predecessor: 32 zero bytes in base64url. */
export const NOTHING = 'A'.repeat(43);

/**
 * The answers in the order in which they name one another, whatever numbers the server gave them.
 * @param {readonly Answer[]} answers
 * @returns {{entries: Entry[], moved: boolean}}
 */
export function checked(answers) {
  const { messages, moved } = inOrder(links(answers), NOTHING);
  return { entries: messages.map(({ message: { opened }, gap }) => entry(opened, gap)), moved };
}

/**
 * A refused answer is no link of the chain, nor is the same answer a second time.
 * @param {readonly Answer[]} answers
 */
function links(answers) {
  const seen = new Set();
  return [...answers].sort((a, b) => a.number - b.number).map(({ number, opened }) => {
    if (!opened || seen.has(opened.hash)) return { previous: null, hash: `refused ${number}`, opened: null };
    seen.add(opened.hash);
    return { previous: opened.previous, hash: opened.hash, opened };
  });
}

/**
 * @param {Opened | null} opened
 * @param {boolean} gap
 * @returns {Entry}
 */
function entry(opened, gap) {
  return opened ? { from: 'team', hour: opened.hour, locale: opened.locale, text: opened.text, gap } : { from: 'nobody' };
}

/**
 * The oldest first. Each direction keeps its own order; within one hour an answer stands before what was written back.
 * @param {readonly Answer[]} answers
 * @param {readonly Sent[]} sent
 * @returns {Entry[]}
 */
export function thread(answers, sent) {
  const { entries: theirs, moved } = checked(answers);
  /** @type {Entry[]} */
  const merged = moved ? [{ from: 'order' }] : [];
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
  const timed = entries.find((each) => each.from === 'team');
  return timed?.hour ?? Infinity;
}
