/** A case card as a browser reads it: what somebody did to it is found, and named. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { type Bytes, b64 } from "../src/crypto/bytes.ts";
import { readCard, sealEntry } from "../src/crypto/card.ts";
import { cardNumber } from "../src/crypto/card_number.ts";
import { random, sha256 } from "../src/crypto/primitives.ts";

const [teamId, reportId, memberId, first] = [random(16), random(16), random(16), random(32)];
const seeds = [2, 1].map((epoch) => ({ epoch, seed: random(32) }));
const secret = { teamId, seeds };
const WORDS = readFileSync(new URL("../src/crypto/words/card.txt", import.meta.url), "utf8")
  .trim()
  .split("\n");

/** Entries that follow one another, each under the key of its epoch. */
async function card(...epochs: number[]): Promise<Bytes[]> {
  const entries: Bytes[] = [];
  for (const epoch of epochs) {
    const previous = entries.length > 0 ? await sha256(entries[entries.length - 1]) : first;
    const seed = seeds.find((each) => each.epoch === epoch)?.seed;
    const said = { hour: 1, name: "Sam", fields: { note: `${entries.length + 1}` } };
    const place = { teamId, reportId, memberId, epoch, number: entries.length + 1, previous };
    entries.push(await sealEntry(seed, { ...place, ...said }));
  }
  return entries;
}

const read = (entries: Bytes[], seen: string[] = []) => readCard({ secret, reportId, first, entries, seen });

const notes = ({ entries }: Awaited<ReturnType<typeof read>>) =>
  entries.map(({ entry, gap }) => (gap ? "gap " : "") + (entry ? entry.fields.note : "refused"));

test("entries are read under the key of their time, older ones too", async () => {
  const { moved, cut, ...whole } = await read(await card(1, 1, 2));
  assert.deepEqual(notes({ moved, cut, ...whole }), ["1", "2", "3"]);
  assert.deepEqual([moved, cut], [false, false]);
});

test("an entry that is left out leaves a gap", async () => {
  const [one, , three] = await card(1, 1, 1);
  assert.deepEqual(notes(await read([one, three])), ["1", "gap 3"]);
});

test("another order is put right, and told", async () => {
  const [one, two, three] = await card(1, 1, 1);
  const found = await read([three, one, two]);
  assert.deepEqual(notes(found), ["1", "2", "3"]);
  assert.ok(found.moved);
});

test("a tail that is cut off is told to whoever saw it", async () => {
  const entries = await card(1, 1, 1);
  const seen = await Promise.all(entries.map(async (entry) => b64(await sha256(entry))));
  const found = await read(entries.slice(0, 2), seen);
  assert.deepEqual([found.cut, found.moved], [true, false]);
  assert.ok(!(await read(entries, seen)).cut);
});

test("an entry that comes twice, or that was changed, is refused in its place", async () => {
  const [one, two] = await card(1, 1);
  assert.deepEqual(notes(await read([one, two, two])), ["1", "2", "refused"]);
  assert.deepEqual(notes(await read([one, two.with(4000, two[4000] ^ 1)])), ["1", "refused"]);
});

test("an entry under an older key than one before it is refused", async () => {
  const entries = await card(1, 2, 1);
  assert.deepEqual(notes(await read(entries)), ["1", "2", "refused"]);
});

test("an entry of another report opens on no other card", async () => {
  const [one] = await card(1);
  const other = { secret, reportId: random(16), first, entries: [one], seen: [] };
  assert.equal((await readCard(other)).entries[0]?.entry, null);
});

test("three thousand reports have numbers that tell them apart, nearly all by one letter", async () => {
  const ids = Array.from({ length: 3_000 }, (_, at) =>
    Uint8Array.from({ length: 16 }, (_each, byte) => (byte < 4 ? (at >> (8 * byte)) & 255 : 7)),
  );
  const short = await Promise.all(ids.map((id) => cardNumber(id, WORDS)));
  const long = await Promise.all(ids.map((id) => cardNumber(id, WORDS, 3)));
  assert.ok(new Set(short).size > 2_990);
  assert.equal(new Set(long).size, 3_000);
  assert.ok(long.every((number, at) => number.startsWith(short[at]) && /^[A-Z][a-z]+ [1-9]\d\d[A-Z]{3}$/.test(number)));
});
