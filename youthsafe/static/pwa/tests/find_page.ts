/** Types words into a search page, and prints where the first thing leads that each finds: for tests/find/test_finding.py. */
import { readFileSync } from "node:fs";
import { Window } from "happy-dom";

const { page, typed } = JSON.parse(readFileSync(0, "utf8"));
const { document, Element, Event, HTMLElement, HTMLInputElement } = new Window();
Object.assign(globalThis, { document, Element, HTMLElement, HTMLInputElement });
document.documentElement.innerHTML = page;
await import("../src/find/find.ts");
const box = document.querySelector("input[type=search]");

function first(words) {
  box.value = words;
  box.dispatchEvent(new Event("input"));
  return document.querySelector("[data-found] a")?.getAttribute("href") ?? "";
}

console.log(JSON.stringify(typed.map(first)));
