import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { lengthen, shorten } from "../src/crypto/front_coding.ts";

test("the shortened word list gives every word back in its place", () => {
  const words = readFileSync(new URL("../src/crypto/words/en.txt", import.meta.url), "utf8")
    .trim()
    .split("\n");
  const short = shorten(words);
  assert.deepEqual(lengthen(short), words);
  assert.ok(short.length < words.join("").length);
});

test("a word that the next one begins with, and one that shares nothing, come back too", () => {
  assert.equal(shorten(["can", "candle", "dog"]), "0can3dle0dog");
  assert.deepEqual(lengthen("0can3dle0dog"), ["can", "candle", "dog"]);
  assert.deepEqual(lengthen(shorten(["abcdefghijk", "abcdefghijkl"])), ["abcdefghijk", "abcdefghijkl"]);
});
