/** The 256 words that reports are called by. The build shortens them. */
import { lengthen } from "./front_coding.ts";
import list from "./words/card.txt";

export const CARD_WORDS: readonly string[] = lengthen(list);
