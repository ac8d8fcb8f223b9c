/** What a page says of a code that somebody typed wrongly. tests/vectors holds what is taken. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { CodeError, fitting, isNumbers, partsOf, placesOf } from "../src/crypto/matching.ts";

const RIGHT = "0123 0456 1789 0001 0002 0003 0004";
const listOf = (name: string) =>
  readFileSync(new URL(`../src/crypto/words/${name}.txt`, import.meta.url), "utf8")
    .trim()
    .split("\n");

function wrong(typed: string) {
  try {
    placesOf(typed, 7);
  } catch (error) {
    assert.ok(error instanceof CodeError);
    return [error.kind, error.word === undefined ? undefined : partsOf(typed, 7)[error.word - 1]];
  }
  return null;
}

test("seven numbers are read, with what counts them and without a space", () => {
  assert.deepEqual(placesOf(RIGHT, 7), [123, 456, 1789, 1, 2, 3, 4]);
  assert.equal(wrong(RIGHT.replaceAll(" ", "")), null);
  assert.equal(
    wrong(
      RIGHT.split(" ")
        .map((each, at) => `${at + 1}. ${each}`)
        .join("\n"),
    ),
    null,
  );
});

test("a number that lost a digit is the one that is named", () => {
  assert.deepEqual(wrong(RIGHT.replace("0123", "123")), ["word", "123"]);
  assert.deepEqual(wrong(RIGHT.replace("0456", "456")), ["word", "456"]);
  const counted = RIGHT.replace("0004", "004").split(" ");
  assert.deepEqual(wrong(counted.map((each, at) => `${at + 1}. ${each}`).join("\n")), ["word", "004"]);
});

test("a letter in a number is named, and never taken for a digit", () => {
  assert.deepEqual(wrong(RIGHT.replace("0123", "o123")), ["word", "o123"]);
  for (const each of ["1e02", "0x1f"]) assert.notEqual(wrong(RIGHT.replace("0123", each)), null, each);
});

test("words with numbers close before them are words", () => {
  assert.equal(isNumbers("1kitchen 2witty 3trowel"), false);
  assert.equal(isNumbers("1. kitchen"), false);
  assert.equal(isNumbers(""), false);
});

test("most words are of the list that they were taken from, also by four letters and with a slip", () => {
  const typed = "abor pian rive gard kitc witt trow";
  const [english, french, polish] = ["en", "fr", "pl"].map((name) => fitting(typed, listOf(name)));
  assert.ok(english !== undefined && french !== undefined && polish !== undefined);
  assert.ok(english > french && english > polish, [english, french, polish].join(" "));
});
