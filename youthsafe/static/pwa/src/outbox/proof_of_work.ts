/**
 * The work that a server asks of a network that sends much: ALTCHA, with the PBKDF2 that every browser has, also in a
 * service worker.
 */
import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/web/pbkdf2";

import { challengeOf } from "../lib/parse/challenge.ts";

/** The highest step takes a slow phone some twenty seconds. */
export const PATIENCE_MS = 90_000;

/** What goes into the header; raises when it takes too long, or is no challenge. */
export async function solve(asked: unknown): Promise<string> {
  const challenge = challengeOf(asked);
  const solution = await solveChallenge({ challenge, deriveKey, timeout: PATIENCE_MS });
  if (!solution) throw new Error("the work took too long");
  return btoa(JSON.stringify({ challenge, solution }));
}
