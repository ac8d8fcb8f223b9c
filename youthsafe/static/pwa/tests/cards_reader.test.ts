import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Reader } from "../src/cards/reader.ts";

const OWN = { name: "own", lang: "en-GB", localService: true, default: true };
const FAR = { name: "far", lang: "pl-PL", localService: false, default: true };
const [first, second, third] = ["first", "second", "third"];
const passage = (block, lang, text) => ({ block, lang, text });
const PASSAGES = [passage(first, "en", "One."), passage(second, "en", "Two."), passage(third, "en", "Three.")];

let said, shown, voices;
beforeEach(() => {
  [said, shown, voices] = [[], [], [OWN, FAR]];
  globalThis.SpeechSynthesisUtterance = class {
    constructor(text) {
      this.text = text;
    }
  };
  globalThis.speechSynthesis = { getVoices: () => voices, speak: (each) => said.push(each), cancel: () => {} };
});
const reader = (passages = PASSAGES) => new Reader(passages, (state, block) => shown.push([state, block]));
const texts = () => said.map(({ text }) => text);
const finish = () => said.at(-1).onend();

test("passages are read one after another, each marked, and then it is still", () => {
  reader().goOn();
  finish();
  finish();
  finish();
  assert.deepEqual(texts(), ["One.", "Two.", "Three."]);
  assert.deepEqual(shown, [["reading", first], ["reading", second], ["reading", third], ["still", null]]); // biome-ignore format: one line
  assert.ok(said.every(({ voice, lang }) => voice === OWN && lang === "en-GB"));
});

test("a pause holds the paragraph, which begins again", () => {
  const reading = reader();
  reading.goOn();
  finish();
  const cut = said.at(-1);
  reading.pause();
  cut.onend();
  cut.onerror();
  assert.deepEqual([texts(), reading.state, shown.at(-1)], [["One.", "Two."], "paused", ["paused", second]]);
  reading.goOn();
  assert.deepEqual(texts(), ["One.", "Two.", "Two."]);
});

test("a stop goes back to the beginning", () => {
  const reading = reader();
  reading.goOn();
  finish();
  reading.stop();
  reading.goOn();
  assert.deepEqual(texts(), ["One.", "Two.", "One."]);
});

test("words of a language without a voice of the device are passed over", () => {
  reader([passage(first, "pl", "Raz."), passage(second, "en", "Two."), passage(third, "pl", "Trzy.")]).goOn();
  finish();
  assert.deepEqual([texts(), shown.at(-1)], [["Two."], ["still", null]]);
});

test("when the voice goes in the middle, nothing else is said", () => {
  reader().goOn();
  voices = [{ ...OWN, localService: false }];
  finish();
  assert.deepEqual([texts(), shown.at(-1)], [["One."], ["still", null]]);
});

test("a failure ends it", () => {
  const reading = reader();
  reading.goOn();
  said.at(-1).onerror();
  assert.equal(reading.state, "still");
});
