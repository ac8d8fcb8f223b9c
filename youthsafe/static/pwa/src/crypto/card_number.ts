/** What people call a report: a word, a number and letters, made from its id (docs/envelope.md section 6.7). */
import { type Bytes, concat, utf8 } from "./bytes.ts";
import { sha256 } from "./primitives.ts";

const LABEL = "youthsafe/v1/card-number";
const LETTERS = "ACDEFHJKLMNPRTUVWXYZ"; // none that is taken for another, or for a digit
const SMALLEST = 100;
const NUMBERS = 900;
const FIRST_LETTER = 4; // byte of the digest

/** Such as "Kestrel 214K". `words`: the 256 of the list; `letters`: how many, where one does not tell two reports apart. */
export async function cardNumber(reportId: Bytes, words: readonly string[], letters = 1): Promise<string> {
  const digest = await sha256(concat(utf8(LABEL), new Uint8Array(1), reportId));
  const [at = 0, high = 0, middle = 0, low = 0] = digest;
  const word = words[at] ?? "";
  const number = SMALLEST + ((high * 65_536 + middle * 256 + low) % NUMBERS);
  const end = [...digest.slice(FIRST_LETTER, FIRST_LETTER + letters)].map((byte) => LETTERS[byte % LETTERS.length]);
  return `${word.charAt(0).toUpperCase()}${word.slice(1)} ${number}${end.join("")}`;
}
