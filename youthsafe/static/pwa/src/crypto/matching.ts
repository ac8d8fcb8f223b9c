/**
 * From what a person types to places in a word list, forgiving what people do to words (docs/envelope.md section 4).
 */

export const LIST_LENGTH = 2048;
/** Words or numbers of a receipt code. */
export const CODE_WORDS = 7;
const SEPARATORS = /[\s\p{Pd},.:()،、，。．]+/u;
const LETTER = /\p{L}/u; // the words stand on the screen with numbers before them, and people copy those too
const DIGIT = /\p{Nd}/u;
const DIGITS_OF_A_NUMBER = 4;
const NUMBER = /^[0-9]{4}$/;
const SHORTEST_BEGINNING = 4;

/** Words that are not a code. */
export class CodeError extends Error {
  kind: "count" | "word" | "check";
  word: number | undefined;

  /** `kind`: the wrong number of words, one that is in no list, or a check that fails. `word`: which word, from 1. */
  constructor(kind: "count" | "word" | "check", word?: number) {
    super(`code: ${kind}`);
    this.name = "CodeError";
    this.kind = kind;
    this.word = word;
  }
}

/** One spelling for what looks the same: compatibility forms, case, invisible marks. */
const folded = (typed: string) =>
  typed
    .normalize("NFKC")
    .toLowerCase()
    .normalize("NFC")
    .replace(/\p{Cf}/gu, "");

/** The places of the words in the list; throws CodeError. `count`: of words. `words`: 2,048 of them. */
export function indicesOf(typed: string, count: number, words: readonly string[]): number[] {
  if (words.length !== LIST_LENGTH) throw new RangeError("a list has 2,048 words");
  const given = wordsIn(typed);
  if (given.length !== count) throw new CodeError("count");
  const list = words.map(folded);
  return given.map((word, at) => {
    const index = indexOf(word, list);
    if (index === -1) throw new CodeError("word", at + 1);
    return index;
  });
}

/** The places that a code in numbers names, one after the other; throws CodeError. `count`: of numbers. */
export function placesOf(typed: string, count: number): number[] {
  const given = isNumbers(typed) ? numbersIn(typed, count) : [];
  if (given.length !== count) throw new CodeError("count");
  return given.map((number, at) => {
    if (!NUMBER.test(number) || Number(number) >= LIST_LENGTH) throw new CodeError("word", at + 1);
    return Number(number);
  });
}

/** Every place of a list as a number of four digits, for scripts in which there is no list of words. */
export const numbers = () =>
  Array.from({ length: LIST_LENGTH }, (_, place) => String(place).padStart(DIGITS_OF_A_NUMBER, "0"));

/** What counts as a part of a code of what somebody typed: its words, or its numbers. */
export const partsOf = (typed: string, count: number) => (isNumbers(typed) ? numbersIn(typed, count) : wordsIn(typed));

/** How many words of what somebody typed are of a list. */
export function fitting(typed: string, words: readonly string[]) {
  const list = words.map(folded);
  return wordsIn(typed).filter((word) => indexOf(word, list) !== -1).length;
}

/** Whether somebody typed a code in numbers: each part has more digits, of whatever script, than letters. */
export function isNumbers(typed: string) {
  const parts = partsIn(typed).filter((part) => LETTER.test(part) || DIGIT.test(part));
  return parts.length > 0 && parts.every((part) => count(part, DIGIT) > count(part, LETTER));
}

/**
 * Groups of four digits, whatever counts them on the screen; else all digits in fours, where there are as many as should be. Of anything else the
 * parts as they stand, so that the one that is wrong can be named.
 */
function numbersIn(typed: string, wanted: number): string[] {
  const parts = partsIn(typed).filter((part) => DIGIT.test(part));
  const given = parts.map((part) =>
    [...part].map((letter) => (DIGIT.test(letter) ? digitValue(letter) : letter)).join(""),
  );
  const groups = given.filter((part) => NUMBER.test(part));
  if (groups.length === wanted) return groups;
  const fours = given.join("").match(/.{1,4}/g) ?? [];
  if (fours.length === wanted && fours.every((four) => NUMBER.test(four))) return fours;
  return given.length === 2 * wanted ? given.filter((_, at) => at % 2 === 1) : given;
}

const count = (part: string, kind: RegExp) => [...part].filter((letter) => kind.test(letter)).length;

const wordsIn = (typed: string) => partsIn(typed).filter((word) => LETTER.test(word));

const partsIn = (typed: string) => folded(typed).split(SEPARATORS);

/** The value of a decimal digit: every script has its ten one after the other (Unicode 4.6). */
function digitValue(digit: string) {
  const place = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (DIGIT.test(String.fromCodePoint(place - before - 1))) before += 1;
  return before % 10;
}

/** The word itself, else the only one that begins so, else the only one at distance 1; -1 for none or several. */
function indexOf(word: string, list: string[]) {
  const exact = list.indexOf(word);
  if (exact !== -1) return exact;
  const letters = [...word];
  const begun = letters.length < SHORTEST_BEGINNING ? -1 : only(list, (each) => each.startsWith(word));
  return begun === -1 ? only(list, (each) => isOneSlip(letters, [...each])) : begun;
}

function only(list: string[], fits: (word: string) => boolean) {
  const fitting = list.flatMap((word, at) => (fits(word) ? [at] : []));
  return fitting.length === 1 ? (fitting[0] ?? -1) : -1;
}

/** Whether one letter was changed, left out, put in or swapped with its neighbour. */
function isOneSlip(one: string[], other: string[]) {
  if (Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  let end = 0;
  const most = Math.min(one.length, other.length) - start;
  while (end < most && one[one.length - 1 - end] === other[other.length - 1 - end]) end += 1;
  const [left, right] = [one.slice(start, one.length - end), other.slice(start, other.length - end)];
  if (left.length <= 1 && right.length <= 1) return left.length + right.length > 0;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
