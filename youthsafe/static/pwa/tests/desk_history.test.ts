/** The key ring with its history: no change is fetched twice, and what is opened is of the ring that fits it. */
import assert from "node:assert/strict";
import test from "node:test";

import { b64, unb64 } from "../src/crypto/bytes.ts";
import { composeChange, parseChange } from "../src/crypto/change.ts";
import { withHistory } from "../src/desk/session/history.ts";
import { makeOffice, makeRing, writeBundle, writeChange, writeRoster } from "./desk_office.ts";

const office = await makeOffice();
const given = ({ content, signature }) => ({ change: b64(content), signature: b64(signature) });

/** Three changes, each with the bundle that it put in force. */
async function changes() {
  const [roster, bundle] = [writeRoster(office), writeBundle(office)];
  const made = [{ ...(await writeChange(office, { roster, bundle })), bundle, roster }];
  for (let number = 2; number <= 3; number += 1) {
    const before = await parseChange(unb64(made.at(-1).change));
    const next = { roster: before.roster, bundle: { ...before.bundle, serial: before.bundle.serial + 1 }, grants: [] };
    const change = await composeChange(office.rootKey, before, next);
    const { signedBundle } = await parseChange(change.content);
    made.push({ ...given(change), bundle: signedBundle.content, roster });
  }
  return made;
}

const all = await changes();
const ringOf = ({ bundle, roster }) => makeRing(office, { bundle, roster });
const pinOf = async ({ change }) => {
  const { number, head } = await parseChange(unb64(change));
  return { newest: { number, head } };
};

/** A server that has three changes, and gives two at a time. */
function server(rings) {
  const [asked, sent] = [[], []];
  const numbered = all.map(({ change, signature }, at) => ({ number: at + 1, change, signature }));
  return {
    asked,
    sent,
    ring: async () => rings.shift(),
    changes: async (after = 2) => {
      const found = numbered.filter(({ number }) => number > after).slice(0, 2);
      asked.push(after);
      sent.push(...found.map(({ number }) => number));
      return found.map(({ change, signature }) => ({ change, signature }));
    },
  };
}

for (const [who, pin, numbers] of [
  ["that saw the first change", await pinOf(all[0]), [1, 2, 3]],
  ["that saw the newest", await pinOf(all[2]), [3]],
  ["that was never here", null, [3]],
])
  test(`a browser ${who} gets each change once, also when the ring was an older one`, async () => {
    const newest = await ringOf(all[2]);
    const there = server([newest]);
    const found = await withHistory(there, await ringOf(all[1]), pin);
    assert.equal(found.bundle, newest.bundle);
    assert.deepEqual(found.grants, newest.grants, "what is opened is of the ring that fits");
    assert.equal(found.history.length, numbers.length);
    assert.deepEqual(there.sent, numbers);
  });

test("where the ring fits at once, it is not fetched again", async () => {
  const there = server([]);
  const ring = await ringOf(all[2]);
  assert.equal((await withHistory(there, ring, await pinOf(all[1]))).wraps, ring.wraps);
  assert.deepEqual(there.sent, [2, 3]);
});
