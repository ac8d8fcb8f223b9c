import assert from "node:assert/strict";
import test from "node:test";

import { challengeOf } from "../src/lib/parse/challenge.ts";
import { bodyOf, record, text, whole } from "../src/lib/parse/json.ts";

const ODD = [null, undefined, true, -1, 1.5, Number.NaN, 2 ** 53, "", [], {}];

test("a text is a text, and anything else is an empty one", () => {
  assert.equal(text("words"), "words");
  for (const odd of ODD) assert.equal(text(odd), "");
});

test("a count is a whole number above zero, and anything else is zero", () => {
  assert.equal(whole(3), 3);
  for (const odd of [...ODD, "3"]) assert.equal(whole(odd), 0);
});

test("a body has nothing in it where it is no JSON, or no object", async () => {
  assert.deepEqual(await bodyOf(Response.json({ id: "a" })), { id: "a" });
  for (const body of ["<html>", "null", "", "7"]) assert.equal((await bodyOf(new Response(body))).id, undefined);
  assert.equal(record(null).id, undefined);
});

test("only what names its algorithm is a challenge", () => {
  const challenge = { parameters: { algorithm: "PBKDF2/SHA-256" }, signature: "s" };
  assert.equal(challengeOf(challenge), challenge);
  for (const odd of [...ODD, { parameters: null }, { parameters: { algorithm: 1 } }])
    assert.throws(() => challengeOf(odd), TypeError);
});
