/**
 * Phrases that may mean danger, looked for on this phone only: never sent or kept. They miss much, so the numbers stand
 * on every page as well.
 */
import { plain } from "./plain.ts";

/** A pattern for any of some phrases. */
function anyOf(phrases: readonly string[]) {
  return phrases
    .map((phrase) =>
      phrase
        .split(" ")
        .map(
          (word) =>
            `(?:${word
              .split("/")
              .map((one) => one.split("*").map(plain).join("[^ ]*"))
              .join("|")})`,
        )
        .join(" "),
    )
    .join("|");
}

/**
 * `phrases`: whole words; `/` stands between words that may stand in one place, and `*` for any letters at the end or
 * the beginning of a word; a phrase that begins with `!` is harmless and is passed over, so it must name a harmless
 * thing.
 */
export function matcher(phrases: readonly string[]): (text: string) => boolean {
  const risky = phrases.filter((phrase) => phrase[0] !== "!");
  if (!risky[0]) return () => false;
  const found = new RegExp(` (?:${anyOf(risky)}) `, "u");
  const harmless = new RegExp(` (?:${anyOf(phrases.filter((phrase) => phrase[0] === "!"))})(?= )`, "gu");
  return (text) => found.test(` ${plain(text)} `.replace(harmless, " ."));
}

/** The phrases of a page: `|` between them, written backwards, because some schools block a page for such words. */
export function phrasesIn(text: string) {
  return [...text].reverse().join("").split("|").filter(Boolean);
}
