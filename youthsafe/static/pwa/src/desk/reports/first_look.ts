/**
 * The blind first look: names, faith, origin, estate and school are covered until somebody chose a level, so that it comes from what happened. In
 * this browser alone, by the words of the content pack and by capital letters; it will miss some, and cover some that are none.
 */
import { TO_TEAM } from "../../crypto/envelope.ts";
import type * as api from "../../generated/api.ts";
import { type Guard, isText, listOf, shape } from "../guards.ts";
import { textOf } from "./answers.ts";
import type { OpenedAnswer, OpenedReport } from "./opening.ts";

export interface Part {
  text: string;
  covered: boolean;
}

/** By which words are covered; null while they are not known. */
export type Cover = { covered: RegExp; shown: ReadonlySet<string> } | null;

export const isFirstLook: Guard<api.FirstLook> = shape<api.FirstLook>({
  covered: listOf(isText),
  shown: listOf(isText),
});

/** Which area, who they are, and their school: all of it is covered. */
const WHOLE = [6, 10, 13];
const DANGER = 1;
const SAFE_TONIGHT = 12;
const LETTER = "[\\p{L}\\p{M}\\p{N}]";
/** What Arabic writes at the beginning of a word: and, by, for, the. */
const BEGINNING = "(?:[وبلفك]?(?:ال|لل)?)?";
const WORD = new RegExp(`${LETTER}+(?:['’-]${LETTER}+)*`, "gu");
/** “I’m” is none, and what is written in capitals alone may be anything. */
const NAME = /^(?!I['’])\p{Lu}['’]?\p{L}*\p{Ll}/u;
const BETWEEN_SENTENCES = /[\s"'“”‘’„«»()*-]/u;
const BEGINS_ANEW = /[\n"“„«]/u;
const ENDS_SENTENCE = /[.!?…]/u;
/** What may stand between the words of one name. */
const BETWEEN = /^[ -]*$/;

const escaped = (word: string): string =>
  word
    .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
    .replace(/[\s-]+/g, "[\\s-]+")
    .replace("*", `${LETTER}*`);

export function coverOf({ covered, shown }: api.FirstLook): Cover {
  const words = covered.map(escaped).join("|");
  return {
    covered: new RegExp(words ? `(?<!${LETTER})${BEGINNING}(?:${words})(?!${LETTER})` : "(?!)", "giu"),
    shown: new Set(shown.map((word) => word.toLowerCase())),
  };
}

/** Whether it is the first look at a report. A danger now or tonight goes past the cover, and so does what is closed. */
export function isFirst(answers: readonly OpenedAnswer[], level: string, closed: boolean): boolean {
  return !level && !closed && textOf(answers, DANGER) !== "yes" && textOf(answers, SAFE_TONIGHT) !== "no";
}

/** Of everyday English, and what stands in the place of an ending. */
const ENDINGS = [
  ["s", ""],
  ["es", ""],
  ["ies", "y"],
  ["d", ""],
  ["ed", ""],
  ["ied", "y"],
  ["ing", ""],
  ["ing", "e"],
] as const;

type Span = [from: number, to: number];

const spanOf = ({ 0: word, index }: RegExpExecArray): Span => [index, index + word.length];

/** Without what says whose it is. */
const bare = (word: string): string => word.replace(/['’]s$/, "").toLowerCase();

/** One sign after the other, so that no text takes long. */
function beginsSentence(text: string, index: number): boolean {
  let at = index;
  while (at > 0 && BETWEEN_SENTENCES.test(text.charAt(at - 1))) {
    at -= 1;
    if (BEGINS_ANEW.test(text.charAt(at))) return true;
  }
  return at === 0 || ENDS_SENTENCE.test(text.charAt(at - 1));
}

/** Whether a word, or what it was made from by an ending, is one of those that are nobody's name. */
function isShown(word: string, shown: ReadonlySet<string>): boolean {
  const stem = word.replace(/['’].*$/u, "").toLowerCase();
  const made = ENDINGS.flatMap(([ending, before]) =>
    stem.endsWith(ending) ? [stem.slice(0, -ending.length) + before] : [],
  );
  return [stem, ...made].some((each) => shown.has(each) || shown.has(each.replace(/(.)\1$/u, "$1")));
}

/** Words with a capital letter that begin no sentence, wherever they stand; none where most words are written so. */
function namesIn(text: string, shown: ReadonlySet<string>): Span[] {
  const words = [...text.matchAll(WORD)];
  const capital = words.filter(([word]) => NAME.test(word));
  const within = capital.filter(({ index }) => !beginsSentence(text, index));
  if (within.length * 2 > words.length) return [];
  const names = new Set(within.flatMap(([word]) => (isShown(word, shown) ? [] : [bare(word)])));
  return words.filter(([word]) => names.has(bare(word))).map(spanOf);
}

/** In their order, none within another; a name of several words is one. */
function united(spans: Span[], text: string): Span[] {
  const found: Span[] = [];
  for (const [from, to] of spans.sort(([one], [other]) => one - other)) {
    const last = found.at(-1);
    if (last && (from <= last[1] || BETWEEN.test(text.slice(last[1], from)))) last[1] = Math.max(last[1], to);
    else found.push([from, to]);
  }
  return found;
}

/** A text in pieces, of which some are covered. */
export function partsOf(text: string, cover: Cover): Part[] {
  const listed = cover ? [...text.matchAll(cover.covered)].map(spanOf) : [];
  const parts: Part[] = [];
  let at = 0;
  for (const [from, to] of united([...listed, ...namesIn(text, cover?.shown ?? new Set())], text)) {
    parts.push({ text: text.slice(at, from), covered: false }, { text: text.slice(from, to), covered: true });
    at = to;
  }
  return [...parts, { text: text.slice(at), covered: false }].filter((part) => part.text !== "");
}

/** The pieces of an answer that was typed. */
export const answerParts = (field: number, text: string, cover: Cover): Part[] =>
  WHOLE.includes(field) ? [{ text, covered: true }] : partsOf(text, cover);

/** Whether anything of a report is covered. */
export const isCovered = ({ answers, thread }: OpenedReport, cover: Cover): boolean =>
  [
    ...answers.flatMap(({ field, codes, text }) => (codes ? [] : answerParts(field, text, cover))),
    ...thread.flatMap(({ direction, text }) => (direction === TO_TEAM ? partsOf(text, cover) : [])),
  ].some(({ covered }) => covered);
