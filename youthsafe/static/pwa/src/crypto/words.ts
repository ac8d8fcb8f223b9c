/** The word lists that codes and passphrases are written in. The build shortens them. */
import { lengthen } from "./front_coding.ts";
import english from "./words/en.txt";

const LISTS = new Map([["en", english]]);

/** The 2,048 words of a language's list. */
export function wordList(language: string): string[] {
  const list = LISTS.get(language);
  if (list === undefined) throw new RangeError("no list in this language");
  return lengthen(list);
}
