/**
 * Puts answers and follow-ups in one order, and finds what was exchanged, repeated, turned round or left out between
 * them.
 */
import { inOrder } from "../crypto/chain.ts";
import { LAST_HOUR } from "../crypto/content.ts";

/** Hashes in base64url; `seen`: how many follow-ups its writer had; `fits`: those can be the ones that were sent. */
export type Opened = {
  hour: number;
  locale: string;
  text: string;
  number: number;
  previous: string;
  hash: string;
  seen: number;
  fits: boolean;
  serial: number;
};
/** Null: it did not open, or its mac was wrong. */
export type Answer = { number: number; opened: Opened | null };
/** `answers`: how many stood before it. */
export type Sent = { number: number; hour: number; answers: number };
/**
 * `gap`: an answer before it is missing; `nobody`: a message that was refused; an hour that is on no calendar is NaN;
 * `order`: the answers came in another order than they were written in, which was refused.
 */
export type Entry =
  | { from: "team"; hour: number; locale: string; text: string; gap: boolean; seen: number; fits: boolean }
  | { from: "you"; hour: number }
  | { from: "nobody" }
  | { from: "order" };

/** What the first answer names as its predecessor: 32 zero bytes in base64url. */
export const NOTHING = "A".repeat(43);

/** The answers in the order in which they name one another, whatever numbers the server gave them. */
export function checked(answers: readonly Answer[]): { entries: Entry[]; moved: boolean } {
  const { messages, moved } = inOrder(links(answers), NOTHING);
  return { entries: messages.map(({ message: { opened }, gap }) => entry(opened, gap)), moved };
}

/** A refused answer is no link of the chain, nor is the same answer a second time. */
function links(answers: readonly Answer[]) {
  const seen = new Set();
  return [...answers]
    .sort((a, b) => a.number - b.number)
    .map(({ number, opened }) => {
      if (!opened || seen.has(opened.hash)) return { previous: null, hash: `refused ${number}`, opened: null };
      seen.add(opened.hash);
      return { number: opened.number, previous: opened.previous, hash: opened.hash, opened };
    });
}

function entry(opened: Opened | null, gap: boolean): Entry {
  if (!opened) return { from: "nobody" };
  const { hour, locale, text, seen, fits } = opened;
  return { from: "team", hour: onCalendar(hour), locale, text, gap, seen, fits };
}

/**
 * Hours are what the server or the other side says they are: one that is on no calendar takes no other message away.
 */
function onCalendar(hour: number) {
  return Number.isInteger(hour) && hour >= 0 && hour <= LAST_HOUR ? hour : NaN;
}

/**
 * The oldest first. Each direction keeps its own order; the server says how many answers stood before what was written
 * back.
 */
export function thread(answers: readonly Answer[], sent: readonly Sent[]): Entry[] {
  const { entries: theirs, moved } = checked(answers);
  const merged: Entry[] = moved ? [{ from: "order" }] : [];
  let placed = 0;
  for (const { hour, answers: before } of [...sent].sort((a, b) => a.number - b.number)) {
    for (const next of theirs.slice(placed)) {
      if (!(placed < before)) break;
      merged.push(next);
      placed += 1;
    }
    merged.push({ from: "you", hour: onCalendar(hour) });
  }
  return [...merged, ...theirs.slice(placed)];
}
