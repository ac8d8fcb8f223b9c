/** The recovery kit: on paper and back, and what its wrap holds. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { b64 } from "../src/crypto/bytes.ts";
import { kitKeys, kitToLine, kitToWords, makeKit, openKitWrap, readKit, sealKitWrap } from "../src/crypto/kit.ts";
import { random } from "../src/crypto/primitives.ts";

const FILE = new URL("../src/crypto/words/en.txt", import.meta.url);
const words = readFileSync(FILE, "utf8").trim().split("\n");

test("a kit is read from its words, also with numbers and a slip of the pen, and from the line of its code", async () => {
  const secret = makeKit();
  const written = await kitToWords(secret, words);
  assert.equal(written.length, 24);
  const numbered = written.map((word, at) => `${at + 1}. ${word.toUpperCase()}`).join("\n");
  for (const typed of [
    written.join(" "),
    numbered,
    await kitToLine(secret),
    ` ${(await kitToLine(secret)).slice(0, 20)}\n${(await kitToLine(secret)).slice(20)}`,
  ])
    assert.equal(b64(await readKit(typed, words)), b64(secret));
});

test("two words that changed places, and a line that is not whole, are refused", async () => {
  const written = await kitToWords(new Uint8Array(32).fill(7), words);
  await assert.rejects(readKit([written[1], written[0], ...written.slice(2)].join(" "), words), { kind: "check" });
  const line = await kitToLine(new Uint8Array(32));
  await assert.rejects(readKit(line.slice(0, -1), words), { kind: "check" });
  await assert.rejects(readKit(written.slice(1).join(" "), words), { kind: "count" });
});

test("the root comes back under the kit that it was sealed to, and under no other", async () => {
  const [keys, other] = [await kitKeys(makeKit()), await kitKeys(makeKit())];
  const [instanceId, scalar] = [random(16), random(32)];
  const wrap = await sealKitWrap({ keys, instanceId, scalar });
  assert.equal(wrap.length, 96);
  const opened = await openKitWrap({ keys, wrap });
  assert.equal(b64(opened.scalar), b64(scalar));
  assert.equal(b64(opened.instanceId), b64(instanceId));
  await assert.rejects(openKitWrap({ keys: other, wrap }), { kind: "seal" });
  for (const at of [4, 20, 36, 48, 95])
    await assert.rejects(openKitWrap({ keys, wrap: wrap.map((byte, place) => (place === at ? byte ^ 1 : byte)) }), {
      kind: "seal",
    });
});
