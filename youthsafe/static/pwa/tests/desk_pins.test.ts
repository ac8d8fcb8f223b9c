import assert from "node:assert/strict";
import { test } from "node:test";

import { readPin, writePin } from "../src/desk/session/pins.ts";
import { fakeDatabase } from "./fake_database.ts";

const bytes = (length, value) => new Uint8Array(length).fill(value);
const PIN = { fingerprint: bytes(32, 1), instanceId: bytes(16, 2), version: 3, serial: 4 };

test("there is no pin before the first one", async () => {
  fakeDatabase();
  assert.equal(await readPin(), null);
  await writePin(PIN);
  assert.deepEqual(await readPin(), PIN);
});

test("another root or instance never replaces a pin", async () => {
  fakeDatabase();
  await writePin(PIN);
  await assert.rejects(writePin({ ...PIN, fingerprint: bytes(32, 9), version: 9 }), { kind: "mismatch" });
  await assert.rejects(writePin({ ...PIN, instanceId: bytes(16, 9), serial: 9 }), { kind: "mismatch" });
  assert.deepEqual(await readPin(), PIN);
});

test("of two tabs the larger version and the larger serial stay", async () => {
  fakeDatabase();
  await Promise.all([writePin({ ...PIN, version: 7 }), writePin({ ...PIN, serial: 8 })]);
  assert.deepEqual(await readPin(), { ...PIN, version: 7, serial: 8 });
});
