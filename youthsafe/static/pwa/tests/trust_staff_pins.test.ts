import assert from "node:assert/strict";
import { test } from "node:test";

import { readStaffPin, writeStaffPin } from "../src/trust/staff_pins.ts";
import { fakeDatabase } from "./fake_database.ts";

const bytes = (length, value) => new Uint8Array(length).fill(value);
const PIN = { fingerprint: bytes(32, 1), instanceId: bytes(16, 2), version: 3, serial: 4 };

test("there is no pin before the first one", async () => {
  fakeDatabase();
  assert.equal(await readStaffPin(), null);
  await writeStaffPin(PIN);
  assert.deepEqual(await readStaffPin(), PIN);
});

test("another root or instance never replaces a pin", async () => {
  fakeDatabase();
  await writeStaffPin(PIN);
  await assert.rejects(writeStaffPin({ ...PIN, fingerprint: bytes(32, 9), version: 9 }), { kind: "mismatch" });
  await assert.rejects(writeStaffPin({ ...PIN, instanceId: bytes(16, 9), serial: 9 }), { kind: "mismatch" });
  assert.deepEqual(await readStaffPin(), PIN);
});

test("of two tabs the larger version and the larger serial stay", async () => {
  fakeDatabase();
  await Promise.all([writeStaffPin({ ...PIN, version: 7 }), writeStaffPin({ ...PIN, serial: 8 })]);
  assert.deepEqual(await readStaffPin(), { ...PIN, version: 7, serial: 8 });
});
