/**
 * What a teacher calls the people of a made-up story, because somebody in the class has the same name. It lives as long
 * as this page: nothing is kept, and nothing leaves the device.
 */
import { all, around } from "../lib/dom.ts";

const WORD = /[\p{L}\p{M}]+/gu;

export class Names {
  given: ReadonlyMap<string, string> = new Map();
  #written: { text: Text; before: string }[];

  /** `changed` hears of every change that is made on this page. */
  constructor(root: HTMLElement, changed: (given: ReadonlyMap<string, string>) => void = () => {}) {
    this.#written = textsOf(root).map((text) => ({ text, before: text.data }));
    const fields = all(root, "[data-name]").filter((field) => field instanceof HTMLInputElement);
    for (const field of fields)
      field.addEventListener("input", () => {
        this.write(new Map(fields.map(({ dataset, value }) => [dataset.name ?? "", value.trim()])));
        changed(this.given);
      });
  }

  /** Put names in the place of those in the text; an empty one leaves what is written there. */
  write(given: ReadonlyMap<string, string>) {
    this.given = given;
    for (const { text, before } of this.#written) {
      const now = before.replace(WORD, (word) => given.get(word) || word);
      if (text.data !== now) text.data = now;
    }
  }
}

/** Every text below an element but what stands beside the fields. */
function textsOf(root: HTMLElement): Text[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node instanceof Text && !around(node.parentElement, "[data-names]")) found.push(node);
  }
  return found;
}
