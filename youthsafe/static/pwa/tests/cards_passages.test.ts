import assert from "node:assert/strict";
import { test } from "node:test";

import "./dom.ts";

const { passagesOf } = await import("../src/cards/passages.ts");

function read(html, lang = "pl") {
  document.body.innerHTML = `<main lang="${lang}">${html}</main>`;
  return passagesOf(document).map(({ lang, text }) => [lang, text.trim()]);
}

test("what is marked is read in the order of the page, and nothing else", () => {
  const html = `<div data-aloud><h1>Jeden</h1><p>Dwa</p></div><p>Nie</p><ol data-aloud><li><span>Trzy</span></li></ol>`;
  assert.deepEqual(read(html), [["pl", "Jeden"], ["pl", "Dwa"], ["pl", "Trzy"]]); // biome-ignore format: one line
});

test("English inside another language is a passage of its own", () => {
  const html = `<p data-aloud>Powiedz: „<span lang="en">Where are you?</span>” i czekaj.</p>`;
  assert.deepEqual(read(html), [
    ["pl", "Powiedz: „"],
    ["en", "Where are you?"],
    ["pl", "” i czekaj."],
  ]);
});

test("a number is read in the language around it", () => {
  const html = `<p data-aloud>اتصل على <bdi dir="ltr" lang="en">999</bdi> الآن.</p>`;
  assert.deepEqual(read(html, "ar"), [["ar", "اتصل على 999 الآن."]]);
});

test("a paragraph keeps its own element, also where a list lies in a list", () => {
  document.body.innerHTML = `<ul data-aloud lang="en"><li>One<ul><li>Two</li></ul></li></ul>`;
  const [one, two] = passagesOf(document);
  assert.equal(one.block.contains(two.block), true);
  assert.notEqual(one.block, two.block);
});
