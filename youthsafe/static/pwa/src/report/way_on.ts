/** The way on: always in sight above the help strip, and with an answer that says so already in the tap. */
import { all, one } from "../lib/dom.ts";

export function wayOn(root: HTMLElement, goOn: () => void) {
  standAbove(one(document, ".help-strip"));
  for (const row of all(root, "[data-goes-on]")) row.addEventListener("click", (event) => tapped(row, event, goOn));
}

/** The strip is as high as its words in this language and size. */
function standAbove(strip: HTMLElement) {
  const { style } = document.documentElement;
  new ResizeObserver(() => style.setProperty("--strip", `${strip.offsetHeight}px`)).observe(strip);
}

/** Arrow keys pass over answers on their way, so only a finger or a mouse goes on; a label's tap comes twice. */
function tapped(row: HTMLElement, { detail }: MouseEvent, goOn: () => void) {
  if (detail) setTimeout(() => row.closest("[hidden]") ?? goOn());
}
