/**
 * Whom to call, shown while something written sounds like danger: it stops nothing, and nobody is told.
 */
import { all } from "../lib/dom.ts";
import { matcher, phrasesIn } from "../lib/risk_phrases.ts";

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
