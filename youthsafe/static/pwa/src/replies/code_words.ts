/** The list that a receipt code is written in: a file of its own for each language, because a phone needs one. */
import { lengthen } from "../crypto/front_coding.ts";
import { RefusalError } from "../lib/errors.ts";
import { ours } from "../lib/scripts.ts";

/** Its words. `address`: of the file, as the page has it. Raises RefusalError `worker` where it cannot be had. */
export async function wordsAt(address: string): Promise<string[]> {
  try {
    const list: unknown = await import(ours("words_[a-z]{2,3}", address));
    return lengthen(String(Object(list).default));
  } catch {
    throw new RefusalError("worker");
  }
}
