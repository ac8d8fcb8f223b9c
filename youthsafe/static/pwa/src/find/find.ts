/** The search page. What is typed is compared with the links on this very page: it is neither kept nor sent. */
import { figure } from "../lib/dates.ts";
import { all, one } from "../lib/dom.ts";
import { matcher, phrasesIn } from "../lib/risk_phrases.ts";
import { type Entry, Ranking } from "./ranking.ts";

const page = one(document, "[data-find]");
const box = one(page, "input", HTMLInputElement);
const found = one(page, "[data-found]");
const items = all(page, "[data-everything] li");
const ranking = new Ranking(items.map(entryOf), page.dataset.ignored);
const risky = matcher(phrasesIn(page.dataset.risk ?? ""));

function entryOf(item: HTMLElement): Entry {
  const link = one(item, "a");
  const line = item.querySelector("span > small")?.textContent ?? "";
  return { title: one(item, "strong").textContent ?? "", line, words: phrasesIn(link.dataset.words ?? "") };
}

const show = (selector: string, shown: boolean) => {
  one(page, selector).hidden = !shown;
};

function search() {
  const typed = box.value.trim() !== "";
  const results = ranking.find(box.value).flatMap((place) => items[place]?.cloneNode(true) ?? []);
  found.replaceChildren(...results);
  one(page, "[data-count]").textContent = figure(results.length);
  show("[data-some]", results.length > 0);
  show("[data-none]", typed && results.length === 0);
  show("[data-numbers]", typed && results.length === 0);
  show("[data-topics]", results.length === 0);
  show("[data-danger]", risky(box.value));
}

box.addEventListener("input", search);
box.addEventListener("keydown", ({ key, isComposing }) => {
  if (key === "Enter" && !isComposing) found.querySelector("a")?.focus();
});
search(); // a page that Back brings from memory has its words still
