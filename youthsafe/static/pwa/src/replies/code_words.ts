/** The lists that a receipt code may be written in: a file of its own for each language. */
import { lengthen } from "../crypto/front_coding.ts";
import { ours } from "../lib/scripts.ts";

/** The words of a list; null where it cannot be had. `address`: of the file, as the page has it. */
export async function wordsAt(address: string): Promise<string[] | null> {
  try {
    const list: unknown = await import(ours("words_[a-z]{2,3}", address));
    return lengthen(String(Object(list).default));
  } catch {
    return null;
  }
}
