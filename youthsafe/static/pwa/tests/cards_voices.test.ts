import assert from "node:assert/strict";
import { test } from "node:test";

import { localVoice } from "../src/cards/voices.ts";

const voice = (name, lang, more = {}) => ({ name, lang, localService: true, default: false, ...more });
const chosen = (voices, lang) => localVoice(voices, lang)?.name ?? null;

test("a voice that is not on the device is never taken, whatever else there is", () => {
  const far = voice("far", "en-GB", { localService: false, default: true });
  assert.equal(chosen([far], "en"), null);
  assert.equal(chosen([far, voice("own", "en-US")], "en"), "own");
  assert.equal(chosen([voice("unsaid", "en-GB", { localService: undefined })], "en"), null);
  assert.equal(chosen([voice("odd", "en-GB", { localService: "true" })], "en"), null);
});

test("a British voice comes before any other English one", () => {
  const voices = [voice("us", "en-US", { default: true }), voice("in", "en-IN"), voice("gb", "en_GB")];
  assert.equal(chosen(voices, "en"), "gb");
});

test("a voice of the very same language comes first, then the device's own choice, then any", () => {
  const brazil = voice("brazil", "pt-BR");
  assert.equal(chosen([brazil, voice("portugal", "pt-PT")], "pt-PT"), "portugal");
  assert.equal(chosen([brazil, voice("portugal", "pt-PT", { default: true })], "pt"), "portugal");
  assert.equal(chosen([brazil], "pt"), "brazil");
});

test("a language has no voice where the device speaks only others", () => {
  assert.equal(chosen([voice("tamil", "ta-IN"), voice("filipino", "fil-PH")], "fi"), null);
  assert.equal(chosen([], "ta"), null);
  assert.equal(chosen([voice("tamil", "ta-IN")], ""), null);
});
