/** What a page says, in the order in which it stands there: paragraph by paragraph, language by language. */
import { all, around } from "../lib/dom.ts";

/** Words of one language, and the paragraph that they stand in. */
export interface Passage {
  readonly block: HTMLElement;
  readonly lang: string;
  readonly text: string;
}

const BLOCK = "h1, h2, h3, h4, p, li, td, th";

/** Everything marked `data-aloud`. Numbers and signs are read in the language around them. */
export function passagesOf(page: ParentNode): Passage[] {
  const found: Passage[] = [];
  for (const part of all(page, "[data-aloud]")) {
    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) add(found, texts.currentNode);
  }
  return found.filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
}

function add(found: Passage[], node: Node) {
  const block = around(node.parentElement, BLOCK);
  const text = node.textContent ?? "";
  if (!block) return;
  const before = found.at(-1)?.block === block ? found.at(-1) : undefined;
  const lang = langOf(/\p{L}/u.test(text) ? node.parentElement : block);
  if (before && (before.lang === lang || !/\p{L}/u.test(text)))
    found.splice(-1, 1, { ...before, text: before.text + text });
  else found.push({ block, lang, text });
}

const langOf = (element: Element | null) => around(element, "[lang]")?.lang ?? "";
