/** The secret that six typed words stand for, and the list that they are from. */
import type { Bytes } from "../../../crypto/bytes.ts";
import { CodeError } from "../../../crypto/matching.ts";
import { wordsToPassphrase } from "../../../crypto/receipt.ts";
import { TroubleError } from "../../trouble.ts";
import { later } from "../later.ts";

/** The words of the staff's lists; throws TroubleError `offline`. */
export async function listOfWords(): Promise<readonly string[]> {
  const { wordList } = await later(import("./of_words.ts"));
  return wordList("en");
}

/** Throws TroubleError. */
export async function secretOf(words: string): Promise<Bytes> {
  const list = await listOfWords();
  try {
    return wordsToPassphrase(words, list);
  } catch (error) {
    if (error instanceof CodeError)
      throw new TroubleError(error.kind === "word" ? "words-word" : "words-count", error.word);
    throw error;
  }
}
