/**
 * Which entries of a list somebody means who misspells, uses slang, and leaves out accents, vowel marks and articles.
 * Two words are as alike as the pairs of letters are that both have.
 */
import { plain } from "../lib/plain.ts";

export type Entry = { title: string; line: string; words: readonly string[] };

/** What a word counts for by where it stands: said for searching, in the title, or beside it. */
const SAID = 1;
const TITLE = 0.9;
const LINE = 0.4;
/** What it counts for more that several words stand together as they are said for searching. */
const PHRASE = 3;
/** Words less alike than this are not the same word. */
const ALIKE = 0.5;
/** How alike a word is to one that it only begins, as it does while somebody types. */
const BEGUN = 0.7;
/** What is found must come this near to the best. */
const NEAR = 0.4;
const MOST = 10;
/** Arabic writes the article, and what stands before it, in one word with its noun. */
const ARTICLE = /^[وفبكل]?ال(?=\p{L}{3})/u;

/** The words of a text as they are compared. */
export const wordsOf = (text: string) =>
  plain(text)
    .split(" ")
    .filter(Boolean)
    .map((word) => word.replace(ARTICLE, ""));

/** Its letters two by two, with its beginning and its end. */
function pairsOf(word: string) {
  const letters = [...` ${word} `];
  return new Set(letters.slice(1).map((letter, place) => `${letters[place]}${letter}`));
}

function alike(one: Set<string>, other: Set<string>) {
  let shared = 0;
  for (const pair of one) if (other.has(pair)) shared += 1;
  return (2 * shared) / (one.size + other.size);
}

/** A word of the list: its pairs, and what it counts for in each entry that has it. */
type Known = { pairs: Set<string>; weights: Map<number, number> };

export class Ranking {
  readonly #phrases: [phrase: string, entry: number][] = [];
  readonly #known = new Map<string, Known>();
  /** What each word typed so far counts for in each entry: only the last word changes while somebody types. */
  readonly #counted = new Map<string, Map<number, number>>();
  readonly #size: number;
  readonly #ignored: Set<string>;

  /** `ignored`: words that say nothing about what is looked for. */
  constructor(entries: readonly Entry[], ignored = "") {
    this.#size = entries.length;
    this.#ignored = new Set(wordsOf(ignored));
    for (const [entry, { title, line, words }] of entries.entries()) {
      for (const text of words) this.#learn(entry, text, SAID);
      for (const phrase of words.map(plain)) if (phrase.includes(" ")) this.#phrases.push([` ${phrase} `, entry]);
      this.#learn(entry, title, TITLE);
      this.#learn(entry, line, LINE);
    }
  }

  #learn(entry: number, text: string, weight: number) {
    for (const word of wordsOf(text)) {
      const known = this.#known.get(word) ?? { pairs: pairsOf(word), weights: new Map() };
      known.weights.set(entry, Math.max(weight, known.weights.get(entry) ?? 0));
      this.#known.set(word, known);
    }
  }

  /** The entries that come nearest, by their place in the list, the best first. */
  find(typed: string) {
    const scores = new Map<number, number>();
    const add = (entry: number, score: number) => scores.set(entry, score + (scores.get(entry) ?? 0));
    for (const word of new Set(wordsOf(typed))) for (const [entry, score] of this.#count(word)) add(entry, score);
    const said = ` ${plain(typed)} `;
    for (const [phrase, entry] of this.#phrases) if (said.includes(phrase)) add(entry, PHRASE);
    const found = [...scores].sort(([one, least], [other, most]) => most - least || one - other);
    const best = found[0]?.[1] ?? 0;
    return found
      .filter(([, score]) => score >= best * NEAR)
      .slice(0, MOST)
      .map(([entry]) => entry);
  }

  #count(word: string) {
    const counted = this.#counted.get(word) ?? this.#compare(word);
    this.#counted.set(word, counted);
    return counted;
  }

  #compare(word: string) {
    const scores = new Map<number, number>();
    if (this.#ignored.has(word)) return scores;
    const pairs = pairsOf(word);
    const most = this.#rarity(this.#known.get(word)); // what is only alike counts for no more than the word itself
    for (const [own, known] of this.#known) {
      const likeness = own.startsWith(word) ? Math.max(BEGUN, alike(pairs, known.pairs)) : alike(pairs, known.pairs);
      if (likeness < ALIKE) continue;
      const rare = Math.min(most, this.#rarity(known));
      for (const [entry, weight] of known.weights)
        scores.set(entry, Math.max(scores.get(entry) ?? 0, likeness ** 2 * rare * weight));
    }
    return scores;
  }

  /** The fewer entries have a word, the more it says. */
  #rarity(known: Known | undefined) {
    return known ? Math.log(1 + this.#size / known.weights.size) : Number.POSITIVE_INFINITY;
  }
}
