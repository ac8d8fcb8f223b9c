/** The secret that six typed words stand for. */
import type { Bytes } from "../../../crypto/bytes.ts";
import { CodeError, wordsToPassphrase } from "../../../crypto/receipt.ts";
import { wordList } from "../../../crypto/words.ts";
import { TroubleError } from "../../trouble.ts";

/** Throws TroubleError. */
export function secretOf(words: string): Bytes {
  try {
    return wordsToPassphrase(words, wordList("en"));
  } catch (error) {
    if (error instanceof CodeError)
      throw new TroubleError(error.kind === "word" ? "words-word" : "words-count", error.word);
    throw error;
  }
}
