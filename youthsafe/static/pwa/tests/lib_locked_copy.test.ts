import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { dropExpired, KEPT_FOR_MS } from "../src/lib/expiry.ts";
import { LockedCopy } from "../src/lib/locked_copy.ts";

const VALUE = { step: "story", entries: [["4", "They took my bag \u{1F392}"]] };
let rows;

beforeEach(() => {
  rows = new Map();
  globalThis.window = { name: "" };
  globalThis.sessionStorage = {
    getItem: (name) => rows.get(name) ?? null,
    setItem: (name, value) => rows.set(name, value),
    removeItem: (name) => rows.delete(name),
  };
});

test("what was kept opens in the same tab, and its words stand nowhere", async () => {
  assert.equal((await new LockedCopy("draft").save(VALUE))(), false);
  const bytes = Buffer.from(rows.get("draft").split(" ")[1], "base64").toString("latin1");
  assert.ok(!bytes.includes("They took") && !rows.get("draft").includes(globalThis.window.name.slice(4)));
  assert.deepEqual(await new LockedCopy("draft").open(), VALUE);
});

test("another key opens nothing and leaves nothing", async () => {
  await new LockedCopy("draft").save(VALUE);
  globalThis.window.name = "";
  assert.equal(await new LockedCopy("draft").open(), null);
  assert.equal(rows.size, 0);
});

test("a changed copy opens nothing", async () => {
  await new LockedCopy("draft").save(VALUE);
  rows.set(
    "draft",
    rows.get("draft").replace(/(?<= )./, (first) => (first === "A" ? "B" : "A")),
  );
  assert.equal(await new LockedCopy("draft").open(), null);
});

test("half an hour after the last change it is gone, also when the clock is set back", async (context) => {
  context.mock.timers.enable({ apis: ["Date"], now: 10 * KEPT_FOR_MS });
  for (const now of [11 * KEPT_FOR_MS, 9 * KEPT_FOR_MS]) {
    context.mock.timers.setTime(10 * KEPT_FOR_MS);
    await new LockedCopy("draft").save(VALUE);
    context.mock.timers.setTime(now);
    assert.equal(await new LockedCopy("draft").open(), null);
    assert.equal(rows.size, 0);
  }
});

test("half an hour after the last change copy and key go, though nobody opens them", async (context) => {
  context.mock.timers.enable({ apis: ["Date"], now: 10 * KEPT_FOR_MS });
  await new LockedCopy("message").save(VALUE);
  context.mock.timers.setTime(10.5 * KEPT_FOR_MS);
  await new LockedCopy("draft").save(VALUE);
  dropExpired();
  assert.deepEqual([...rows.keys()], ["message", "draft"]);
  context.mock.timers.setTime(11 * KEPT_FOR_MS);
  dropExpired();
  assert.deepEqual([...rows.keys()], ["draft"]);
  assert.deepEqual(await new LockedCopy("draft").open(), VALUE, "what is still open keeps its key");
  context.mock.timers.setTime(11.5 * KEPT_FOR_MS);
  dropExpired();
  assert.deepEqual([...rows.keys(), globalThis.window.name], [""]);
});

test("an old copy cannot be given a younger hour", async () => {
  await new LockedCopy("draft").save(VALUE);
  rows.set(
    "draft",
    rows.get("draft").replace(/^\d+/, (at) => String(Number(at) + 1)),
  );
  assert.equal(await new LockedCopy("draft").open(), null);
});

test("what is wiped while it is being locked does not come back", async () => {
  const kept = new LockedCopy("draft");
  const saving = kept.save(VALUE);
  kept.wipe();
  await saving;
  assert.equal(rows.size, 0);
});

test("the last of several changes is the one that stays", async () => {
  const kept = new LockedCopy("draft");
  await Promise.all([kept.save({ step: "who" }), kept.save({ step: "what" }), kept.save(VALUE)]);
  assert.deepEqual(await kept.open(), VALUE);
});

test("where nothing can be kept, that is said", async () => {
  globalThis.sessionStorage.setItem = () => {
    throw new Error("full");
  };
  assert.equal((await new LockedCopy("draft").save(VALUE))(), true);
});
