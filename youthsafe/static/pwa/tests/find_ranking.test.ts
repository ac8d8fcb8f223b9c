/** Which entries are meant by what somebody types. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { Ranking, wordsOf } from "../src/find/ranking.ts";

const entry = (title, words = [], line = "") => ({ title, line, words });
const LIST = [
  entry("What bullying is", [], "It hurts, and it goes on."),
  entry("About vapes", ["vaping", "puff"]),
  entry("If you think about suicide", ["want to die"]),
  entry("When someone has died", ["died", "nan"]),
  entry("Jak powiedzieć dorosłemu", ["szkoła"]),
  entry("Le harcèlement", ["vidéo"]),
  entry("التنمّر", []),
  entry("தற்கொலை பற்றி", ["கத்தி"]),
];
const ranking = new Ranking(LIST, "i my the to");
const first = (typed) => LIST[ranking.find(typed)[0] ?? -1]?.title ?? null;

test("a word is found with a letter missing, doubled, changed or in another place", () => {
  for (const typed of ["sucide", "suiicide", "suiside", "suicied"])
    assert.equal(first(typed), "If you think about suicide");
});

test("a word that is only begun is found, and so is another form of it", () => {
  for (const typed of ["bull", "BULLYING!"]) assert.equal(first(typed), "What bullying is");
  for (const typed of ["vape", "vapeing", "a vaper"]) assert.equal(first(typed), "About vapes");
});

test("accents, diacritics, vowel marks and the article may be left out", () => {
  assert.equal(first("harcelement"), "Le harcèlement");
  assert.equal(first("szkola"), "Jak powiedzieć dorosłemu");
  for (const typed of ["تنمر", "التنمر", "بالتنمّر"]) assert.equal(first(typed), "التنمّر");
  assert.deepEqual(wordsOf("المعلّمة والمدرسة"), ["معلمه", "مدرسه"]);
});

test("the signs of Tamil stay, and endings that are written into a word do no harm", () => {
  assert.deepEqual(wordsOf("கத்தியால"), ["கத்தியால"]);
  assert.equal(first("கத்தியால"), "தற்கொலை பற்றி");
});

test("words that stand together as they are said count for more", () => {
  assert.equal(first("i want to die"), "If you think about suicide");
  assert.equal(first("my nan died"), "When someone has died");
});

test("words that say nothing find nothing, and nor does what nobody means", () => {
  for (const typed of ["", "my", "the", "zzzz", "?"]) assert.deepEqual(ranking.find(typed), []);
});

test("of two that are as near, the first of the list comes first, and what is far behind the best is left out", () => {
  const twins = new Ranking([entry("knife"), entry("knife"), entry("other")]);
  assert.deepEqual(twins.find("knife"), [0, 1]);
  const list = new Ranking([entry("a day", [], "phone and robbed"), entry("robbed", ["phone"]), entry("night")]);
  assert.deepEqual(list.find("robbed phone"), [1, 0]);
});

test("at most ten are shown", () => {
  const many = new Ranking(Array.from({ length: 30 }, () => entry("knife")));
  assert.equal(many.find("knife").length, 10);
});
