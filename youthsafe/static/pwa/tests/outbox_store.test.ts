import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";

import { openDevice } from "../src/lib/device.ts";
import { Store } from "../src/outbox/store.ts";
import { findTrust } from "../src/trust/bundle.ts";
import { Pins } from "../src/trust/pins.ts";
import { fakeDatabase } from "./fake_database.ts";

const SIGNED = { bundle: "b", signature: "s", root: "r" };
const TRUST = { instance: "i", fingerprint: "A", serial: 6, signed: SIGNED };
const ITEM = { id: "r1", body: "{}", sealed_at: 0, state: "waiting", tries: 0, due: 0, not_before: 0 };

async function opened() {
  const device = await openDevice();
  return { device, pins: new Pins(device), store: new Store(device) };
}
const openStore = async () => (await opened()).store;
const openPins = async () => (await opened()).pins;

const look = (pins) =>
  findTrust({
    pins,
    pinned: null,
    fetched: async () => ({ signed: SIGNED }),
    accept: async () => ({ ...TRUST, closedDays: [], teams: [] }),
  });

afterEach(() => {
  delete globalThis.indexedDB;
  mock.timers.reset();
});

test("a root is taken at first sight where a read shows that there is none", async () => {
  const db = fakeDatabase();
  assert.equal((await look(await openPins())).trouble, null);
  assert.deepEqual(db.stores.trust.get("root"), TRUST);
});

test("a browser that keeps nothing at all may take a root at first sight, and sends from memory", async () => {
  const refusals = [null, new DOMException("", "SecurityError"), new DOMException("", "InvalidStateError")];
  for (const error of refusals) {
    if (error) fakeDatabase({ error });
    const { pins, store } = await opened();
    assert.equal((await look(pins)).trouble, null);
    assert.equal(await store.add(ITEM), false);
    assert.deepEqual(await store.items(), [ITEM]);
  }
});

test("storage that fails may hide a pin: no root is taken, and the outbox works from memory", async () => {
  for (const name of ["UnknownError", "QuotaExceededError", "VersionError", "AbortError"]) {
    fakeDatabase({ error: new DOMException("", name) });
    const { pins, store } = await opened();
    assert.deepEqual(await look(pins), { accepted: null, trouble: "connection" });
    assert.equal(await store.add(ITEM), false);
    assert.deepEqual(await store.items(), [ITEM]);
  }
});

test("a pin that cannot be read is not a first sight", async () => {
  const db = fakeDatabase();
  const pins = await openPins();
  db.broken = true;
  assert.equal((await look(pins)).trouble, "connection");
});

test("storage that never answers is not a first sight", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  fakeDatabase({ silent: true });
  const opening = openPins();
  mock.timers.tick(3_000);
  const looking = look(await opening);
  mock.timers.tick(10_000);
  assert.equal((await looking).trouble, "connection");
});

test("of two tabs at first sight one pins its root, and the other is told of a mismatch", async () => {
  const db = fakeDatabase();
  const [one, other] = [await openPins(), await openPins()];
  assert.deepEqual([await one.trust(), await other.trust()], [null, null]);
  await one.keepTrust(TRUST);
  for (const change of [{ fingerprint: "B" }, { instance: "j" }]) {
    await assert.rejects(other.keepTrust({ ...TRUST, serial: 9, ...change }), { kind: "mismatch" });
  }
  assert.deepEqual(db.stores.trust.get("root"), TRUST);
});

test("a slower tab does not put an older bundle over a newer one", async () => {
  const db = fakeDatabase();
  const [one, other] = [await openPins(), await openPins()];
  await Promise.all([one.keepTrust({ ...TRUST, serial: 8 }), other.keepTrust({ ...TRUST, serial: 7 })]);
  assert.equal(db.stores.trust.get("root").serial, 8);
  await other.keepTrust({ ...TRUST, serial: 9 });
  assert.equal(db.stores.trust.get("root").serial, 9);
});

test("what another tab or the worker has sent does not come back with the outcome of a slower try", async () => {
  fakeDatabase();
  const [page, worker] = [await openStore(), await openStore()];
  assert.equal(await page.add(ITEM), true);
  const slow = (await worker.items())[0];
  await page.forget(ITEM.id);
  await worker.update({ ...slow, tries: 1 });
  assert.deepEqual(await worker.items(), []);
});

test("a page sends its own report again after the worker did, to hear the answer itself", async () => {
  fakeDatabase();
  const [page, worker] = [await openStore(), await openStore()];
  await page.add(ITEM);
  await worker.forget(ITEM.id);
  assert.deepEqual(await page.items(), [ITEM]);
  await page.update({ ...ITEM, tries: 1 });
  assert.deepEqual(await worker.items(), []);
});

test("a report that found no room is kept with the next try that finds some", async () => {
  const db = fakeDatabase();
  const store = await openStore();
  db.broken = true;
  assert.equal(await store.add(ITEM), false);
  assert.equal(store.keeps(ITEM.id), false);
  db.broken = false;
  await store.update({ ...ITEM, tries: 1 });
  assert.equal(store.keeps(ITEM.id), true);
  assert.deepEqual([...db.stores.outbox.values()], [{ ...ITEM, tries: 1 }]);
});

test("a device that learned of a newer list accepts none below it, and what it kept is not good enough any more", async () => {
  const db = fakeDatabase();
  const pins = await openPins();
  await look(pins);
  await pins.learn(8);
  assert.deepEqual(db.stores.trust.get("root"), { ...TRUST, serial: 8, signed: null });
  const asked = [];
  const accept = async (_signed, pin) => {
    asked.push(pin.serial);
    return { ...TRUST, serial: 8, closedDays: [], teams: [] };
  };
  const offline = { pins, pinned: null, fetched: async () => ({ trouble: "connection" }), accept };
  assert.deepEqual(await findTrust(offline), { accepted: null, trouble: "connection" });
  assert.equal((await findTrust({ ...offline, fetched: async () => ({ signed: SIGNED }) })).trouble, null);
  assert.deepEqual(asked, [8]);
  assert.deepEqual(db.stores.trust.get("root"), { ...TRUST, serial: 8, signed: SIGNED });
});

test("a device learns nothing from an older list, and nothing before it trusts a root", async () => {
  const db = fakeDatabase();
  const pins = await openPins();
  await pins.learn(3);
  assert.equal(db.stores.trust.get("root"), undefined);
  await look(pins);
  await pins.learn(5);
  assert.deepEqual(db.stores.trust.get("root"), TRUST);
});
