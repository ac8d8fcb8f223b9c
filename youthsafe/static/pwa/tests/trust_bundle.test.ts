import assert from "node:assert/strict";
import { test } from "node:test";

import { findTrust } from "../src/trust/bundle.ts";

const SIGNED = { bundle: "b", signature: "s", root: "r" };
const ACCEPTED = { instance: "i", fingerprint: "A", serial: 7, closedDays: [], teams: [], rootChanged: false };
const TRUST = { instance: "i", fingerprint: "A", serial: 6, signed: { ...SIGNED, bundle: "old" } };

function device(trust = null) {
  return {
    kept: trust,
    trust: async () => trust,
    async keepTrust(next) {
      this.kept = next;
    },
  };
}

function look(
  store,
  { fetched = async () => ({ signed: SIGNED }), accept = async () => ACCEPTED, pinned = null } = {},
) {
  return findTrust({ pins: store, pinned, fetched, accept });
}

test("the first bundle that verifies becomes the pin", async () => {
  const store = device();
  assert.deepEqual(await look(store), { accepted: ACCEPTED, trouble: null });
  assert.deepEqual(store.kept, { instance: "i", fingerprint: "A", serial: 7, signed: SIGNED });
});

test("a mismatch is told and leaves the pin as it was", async () => {
  const store = device(TRUST);
  const accept = async () => {
    throw Object.assign(new Error(), { kind: "mismatch" });
  };
  assert.equal((await look(store, { accept })).trouble, "mismatch");
  const onlyA = async (_signed, pin) => {
    if (pin.address) throw Object.assign(new Error(), { kind: "mismatch" });
    return ACCEPTED;
  };
  assert.equal((await look(store, { pinned: "B", accept: onlyA })).trouble, "mismatch");
  assert.equal(store.kept, TRUST);
});

test("without a connection the last verified bundle is verified again and used", async () => {
  const asked = [];
  const accept = async (signed) => {
    asked.push(signed.bundle);
    return ACCEPTED;
  };
  const { trouble } = await look(device(TRUST), { fetched: async () => ({ trouble: "connection" }), accept });
  assert.equal(trouble, null);
  assert.deepEqual(asked, ["old"]);
});

test("where a network answers with a page of its own, the last verified bundle is used, and nothing without one", async () => {
  const fetched = async () => ({ trouble: "forged" });
  assert.equal((await look(device(TRUST), { fetched })).trouble, null);
  assert.equal((await look(device(), { fetched })).trouble, "forged");
});

test("without a connection and without a kept bundle nothing can be sealed", async () => {
  assert.equal((await look(device(), { fetched: async () => ({ trouble: "connection" }) })).trouble, "connection");
});

test("a closed form stays closed even where a bundle is kept", async () => {
  assert.equal((await look(device(TRUST), { fetched: async () => ({ trouble: "closed" }) })).trouble, "closed");
});

test("the pin is what a bundle is held against", async () => {
  const pins = [];
  const accept = async (_signed, pin) => {
    pins.push(pin);
    return ACCEPTED;
  };
  await look(device(TRUST), { accept });
  await look(device(), { accept, pinned: "A" });
  await look(device(), { accept });
  assert.deepEqual(pins, [{ fingerprint: "A", instance: "i", serial: 6 }, { fingerprint: "A" }, undefined]);
});

test("a refusal of an unknown kind counts as a forged bundle", async () => {
  const accept = async () => {
    throw new Error();
  };
  assert.equal((await look(device(), { accept })).trouble, "forged");
});
