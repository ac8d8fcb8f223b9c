import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

import { lengthen, shorten } from "../src/crypto/front_coding.ts";

const LISTS = new URL("../src/crypto/words/", import.meta.url);

for (const name of readdirSync(LISTS).filter((each) => each.endsWith(".txt")))
  test(`the shortened list of ${name} gives every word back in its place`, () => {
    const words = readFileSync(new URL(name, LISTS), "utf8").trim().split("\n");
    const short = shorten(words);
    assert.deepEqual(lengthen(short), words);
    assert.ok(short.length < words.join("").length);
  });

test("a word that another one ends with, and one that shares nothing, come back too", () => {
  assert.equal(shorten(["can", "dog", "toucan"]), "0god0nac3uot");
  assert.deepEqual(lengthen("0god0nac3uot"), ["can", "dog", "toucan"]);
  assert.deepEqual(lengthen(shorten(["abcdefghijk", "xabcdefghijk"])), ["abcdefghijk", "xabcdefghijk"]);
});
