/**
 * Drills: reports that the website made itself, to see how soon one is opened. A server that called a child's report a drill must not get it
 * thrown away, so its words are held against what is under the seal.
 */
import type { Answer } from "../../crypto/content.ts";

/** What `drills/sealing.py` of the server seals, to the letter. */
const WORDS = "This is a drill. The website made it, to see how soon a message is opened. Nobody wrote it.";
const WHAT_HAPPENED = 4;

/** `said`: what the server says. A stranger who writes the same words has not made a drill. */
export function isDrill(said: boolean, answers: readonly Answer[]): boolean {
  const [only, ...others] = answers;
  return said && others.length === 0 && only?.field === WHAT_HAPPENED && only.text === WORDS;
}
