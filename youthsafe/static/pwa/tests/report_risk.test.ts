import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { matcher, phrasesIn } from "../src/lib/risk_phrases.ts";
import { watchRisk } from "../src/report/risk.ts";

/** @param {string} path */
const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");
/** @type {{found: Record<string, string[]>, found_despite: Record<string, string[]>, harmless: string[]}} */
const SENTENCES = JSON.parse(read("risk_sentences.json"));
const PHRASES = [...read("../../../content/site.yaml").matchAll(/^ {6}- "(.+)"$/gm)].map(([, phrase]) => phrase);
const ofThisPack = matcher(PHRASES);

test("a phrase is found whole, whatever its capitals, accents, apostrophes and spaces", () => {
  const risky = matcher(["dont want to live", "zabiję się", "سيقتلني"]);
  for (const text of [
    "I DON’T want\n to  live.",
    "i don't want to live",
    "Zabije sie!",
    "ZABIJĘ SIĘ",
    "هو سَيَقتُلُني غدا",
  ])
    assert.ok(risky(text), text);
  for (const text of ["", "I don’t want to live here alone? I want to deliver", "zabijęsię", "want to live"]) {
    assert.equal(risky(text), text.includes("want to live here"), text);
  }
});

test("a star stands for the rest of a word, at its end or its beginning, and for nothing else", () => {
  const risky = matcher(["stab*", "*اقتل نفسي", "தற்கொலை*"]);
  for (const text of ["he stabs", "stab", "stabbed me", "سأقتل نفسي", "اقتل نفسي", "தற்கொலையை"])
    assert.ok(risky(text), text);
  for (const text of ["constable", "a bastab", "نفسي"]) assert.equal(risky(text), false, text);
});

test("letters that mean something to a pattern are words here", () => {
  assert.equal(matcher(["kill (me)"])("kill me"), true);
  assert.equal(matcher([])("anything"), false);
  assert.equal(matcher(["want to die"])("I *want to die*"), true);
});

test("a stroke stands between words for one place, a star alone for any one word", () => {
  const risky = matcher(["has/had a knife/blade", "took * tablets"]);
  for (const text of ["he has a blade", "She had a knife!", "took 20 tablets"]) assert.ok(risky(text), text);
  for (const text of ["has had a day", "a knife", "took tablets", "took two or three tablets"])
    assert.equal(risky(text), false, text);
});

test("letters written twice, or many times, are heard once", () => {
  const risky = matcher(["wanna die", "ennai thot*"]);
  for (const text of ["i wana die", "i wannnna dieeee", "enai thottan"]) assert.ok(risky(text), text);
});

test("a harmless phrase is passed over, and only that", () => {
  const risky = matcher(["hit me", "!hit/hits me up"]);
  assert.equal(risky("he hit me up on Snapchat"), false);
  assert.equal(risky("he hit me up on Snapchat and then he hit me"), true);
});

test("phrases travel backwards", () => {
  assert.deepEqual(phrasesIn("efink a sah|*bats"), ["stab*", "has a knife"]);
  assert.deepEqual(phrasesIn(""), []);
});

test("the phrases of this pack find every sentence of danger, and no harmless one", () => {
  for (const text of Object.values(SENTENCES.found).flat()) assert.ok(ofThisPack(text), text);
  for (const text of SENTENCES.harmless) assert.equal(ofThisPack(text), false, text);
});

test("every harmless phrase of this pack lets sentences of danger with its own words through", () => {
  assert.deepEqual(Object.keys(SENTENCES.found_despite).sort(), PHRASES.filter((phrase) => phrase[0] === "!").sort());
  for (const [phrase, texts] of Object.entries(SENTENCES.found_despite)) {
    const words = phrase.slice(1).split(/[ /*]/).filter(Boolean);
    for (const text of texts) {
      assert.ok(
        words.some((word) => text.includes(word)),
        `${phrase}: ${text} has none of its words`,
      );
      assert.ok(ofThisPack(text), `${phrase}: ${text}`);
    }
  }
});

/**
 * A page with one box, and what its banner does.
 * @param {string[]} phrases
 */
function page(phrases) {
  const box = { value: "" };
  const banner = { hidden: true, scrollIntoView: () => {} };
  const root = {
    dataset: { risk: [...phrases.join("|")].reverse().join("") },
    /** @param {string} selector */
    querySelectorAll: (selector) => (selector === "textarea" ? [box] : [banner]),
  };
  const look = watchRisk(/** @type {any} */ (root));
  /** @param {string} text */
  return (text) => {
    box.value = text;
    look();
    return !banner.hidden;
  };
}

test("numbers once shown stay, whatever is typed after them, until the box is empty", () => {
  const shows = page(["beats me", "!beats me at fifa"]);
  assert.equal(shows("my dad beats m"), false);
  for (const text of ["my dad beats me", "my dad beats me at", "my dad beats me at fifa", "my dad beats", "m"])
    assert.ok(shows(text), text);
  assert.equal(shows(" "), false);
  assert.equal(shows("he beats me at fifa"), false);
});
