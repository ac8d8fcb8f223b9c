/**
 * Phrases that may mean danger, looked for on this phone only: a match shows numbers to call, stops nothing, and is
 * never sent or kept. It misses much, so the numbers stand on every page as well.
 */
import { all } from "../lib/dom.ts";

/**
 * Only what is heard: small letters, no accents, no marks, every letter once where it is doubled, one space between
 * words.
 */
function plain(text: string) {
  return text
    .normalize("NFKD")
    .replace(/[\p{Script=Inherited}\u0640'’‘`´]/gu, "")
    .toLowerCase()
    .replaceAll("ł", "l")
    .replaceAll("ى", "ي")
    .replaceAll("ة", "ه")
    .replace(/(\p{L})\1+/gu, "$1")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();
}

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

/**
 * Show the banners once anything that is written matches. They stay until that box is empty: more words must not take
 * numbers away that somebody is reading. `root`: its `data-risk` holds the phrases.
 */
export function watchRisk(root: HTMLElement) {
  const risky = matcher(phrasesIn(root.dataset.risk ?? ""));
  const boxes = [...root.querySelectorAll("textarea")];
  let raised: HTMLTextAreaElement[] = [];
  return () => {
    raised = boxes.filter((box) => box.value.trim() && (raised.includes(box) || risky(box.value)));
    const found = raised.length > 0;
    for (const banner of all(root, "[data-at-risk]")) {
      if (banner.hidden !== found) continue; // said once, not with every letter
      banner.hidden = !found;
      if (found) banner.scrollIntoView(); // it stands before its box, which stays in sight after it
    }
  };
}

/** Whether a danger was told or written: known to this page only, while its answers are there. */
export function alarmed(root: HTMLElement) {
  return all(root, "[data-alarm]").some(({ hidden }) => !hidden);
}
