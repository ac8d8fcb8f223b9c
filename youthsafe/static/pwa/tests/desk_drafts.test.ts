import assert from "node:assert/strict";
import test from "node:test";

import { b64, utf8 } from "../src/crypto/bytes.ts";
import { draftKeys } from "../src/crypto/draft.ts";
import { random } from "../src/crypto/primitives.ts";
import { Drafts } from "../src/desk/reports/drafts.ts";
import { draftsOnShelf, putOnShelf, takeFromShelf, tidiedShelf } from "../src/desk/reports/drafts_shelf.ts";
import { fakeDatabase } from "./fake_database.ts";

const NOW = Date.parse("2026-11-29T19:00Z");
const DAY = 86_400_000;
const WORDS = "nobody but me reads this";
const draft = (text) => ({ text, locale: "ar", attempts: [] });
const keysOf = () => draftKeys(random(32), random(16));
const reportId = () => b64(random(16));

/** The shelf as the key worker has it, with a switch for a browser that keeps nothing. */
function shelfOf(keys, place = new Map()) {
  const shelf = {
    broken: false,
    keepDraft: async (report, kept) => {
      if (shelf.broken) throw new Error("no room");
      await putOnShelf(keys, report, kept, NOW, place);
    },
    dropDraft: async (report) => {
      if (shelf.broken) throw new Error("no room");
      await takeFromShelf(report, place);
    },
  };
  return shelf;
}

test("a draft comes back to the member who wrote it and to nobody else", async () => {
  fakeDatabase();
  const [mine, theirs, report] = [await keysOf(), await keysOf(), reportId()];
  await putOnShelf(mine, report, draft(WORDS), NOW);
  assert.deepEqual(await draftsOnShelf(mine, NOW), [{ report, ...draft(WORDS) }]);
  assert.deepEqual(await draftsOnShelf(theirs, NOW), []);
  assert.equal((await draftsOnShelf(mine, NOW)).length, 1, "a look by another takes nothing away");
});

test("what lies on the shelf tells neither words nor report nor how much was written", async () => {
  const database = fakeDatabase();
  const [keys, short, long] = [await keysOf(), reportId(), reportId()];
  await putOnShelf(keys, short, draft(WORDS), NOW);
  await putOnShelf(keys, long, draft(WORDS.repeat(60)), NOW);
  const rows = [...database.stores.drafts.values()];
  assert.equal(rows[0].sealed.length, rows[1].sealed.length);
  const bytes = Buffer.concat(
    rows.flatMap((row) => [Buffer.from(row.at), Buffer.from(row.name), Buffer.from(row.sealed)]),
  );
  for (const told of [WORDS, short, long]) assert.equal(bytes.includes(Buffer.from(utf8(told))), false);
  assert.deepEqual(Object.keys(rows[0]).sort(), ["at", "day", "name", "nonce", "sealed"]);
});

test("a row that was changed or moved is not opened", async () => {
  const database = fakeDatabase();
  const keys = await keysOf();
  await putOnShelf(keys, reportId(), draft(WORDS), NOW);
  const [row] = database.stores.drafts.values();
  row.day += 1;
  assert.deepEqual(await draftsOnShelf(keys, NOW), []);
});

test("after thirty days a draft is thrown away, also when nobody signs in", async () => {
  fakeDatabase();
  const keys = await keysOf();
  await putOnShelf(keys, reportId(), draft(WORDS), NOW);
  assert.equal((await tidiedShelf(NOW + 30 * DAY)).length, 1);
  assert.equal((await tidiedShelf(NOW + 31 * DAY)).length, 0);
  assert.deepEqual(await draftsOnShelf(keys, NOW), []);
});

test("an unsent answer and its sealed attempts outlive the page", async () => {
  fakeDatabase();
  const [keys, report] = [await keysOf(), reportId()];
  const before = new Drafts(shelfOf(keys));
  before.keep(report, WORDS, "ar");
  before.attempts(report).unshift({ text: WORDS, locale: "ar", id: "x", after: "y", epoch: 1, envelope: "z" });
  await before.save(report);
  const after = new Drafts(shelfOf(keys));
  after.take(await draftsOnShelf(keys, NOW));
  assert.deepEqual([after.of(report), after.localeOf(report), after.attempts(report)[0].envelope], [WORDS, "ar", "z"]);
});

test("a draft goes when it was sent, emptied or is not wanted any more", async () => {
  fakeDatabase();
  const keys = await keysOf();
  const drafts = new Drafts(shelfOf(keys));
  const ends = [(id) => drafts.settle(id, WORDS), (id) => drafts.keep(id, "  "), (id) => drafts.discard(id)];
  for (const end of ends) {
    const report = reportId();
    drafts.keep(report, WORDS);
    await drafts.saved();
    assert.equal((await draftsOnShelf(keys, NOW)).length, 1);
    end(report);
    await drafts.saved();
    assert.deepEqual([await draftsOnShelf(keys, NOW), drafts.waiting], [[], false]);
  }
});

test("a locked page remembers nothing that the shelf has, and everything that it has not", async () => {
  fakeDatabase();
  const shelf = shelfOf(await keysOf());
  const [drafts, saved, unsaved] = [new Drafts(shelf), reportId(), reportId()];
  drafts.keep(saved, WORDS);
  await drafts.saved();
  shelf.broken = true;
  drafts.keep(unsaved, "only here");
  await drafts.saved();
  assert.equal(drafts.unsaved, true);
  drafts.forget();
  assert.deepEqual([drafts.of(saved), drafts.of(unsaved), drafts.kept], ["", "only here", true]);
  shelf.broken = false;
  drafts.take([]);
  await drafts.saved();
  assert.equal(drafts.unsaved, false);
});

test("what was typed last is what is kept, however fast it was typed", async () => {
  fakeDatabase();
  const [keys, report] = [await keysOf(), reportId()];
  const drafts = new Drafts(shelfOf(keys));
  for (let length = 1; length <= WORDS.length; length += 1) drafts.keep(report, WORDS.slice(0, length));
  await drafts.saved();
  assert.equal((await draftsOnShelf(keys, NOW))[0].text, WORDS);
  assert.equal(drafts.unsaved, false);
});

test("two tabs with one report lose nothing of each other, and what one sends takes only that away", async () => {
  fakeDatabase();
  const [keys, report] = [await keysOf(), reportId()];
  const [places, tabs] = [[new Map(), new Map()], []];
  for (const place of places) tabs.push(new Drafts(shelfOf(keys, place)));
  tabs[0].keep(report, "from the first tab");
  await tabs[0].saved();
  tabs[1].keep(report, "from the second tab");
  await tabs[1].saved();
  tabs[1].settle(report, "from the second tab");
  await tabs[1].saved();
  assert.deepEqual(
    (await draftsOnShelf(keys, NOW, new Map())).map(({ text }) => text),
    ["from the first tab"],
  );

  tabs[1].keep(report, "one more");
  await tabs[1].saved();
  const [kept] = await draftsOnShelf(keys, NOW, places[0]); // the first tab is loaded anew
  assert.deepEqual(kept.text.split("\n\n").sort(), ["from the first tab", "one more"]);
  const reloaded = new Drafts(shelfOf(keys, places[0]));
  reloaded.take([kept]);
  tabs[1].keep(report, "one more thing");
  await tabs[1].saved();
  reloaded.settle(report, kept.text);
  await reloaded.saved();
  assert.deepEqual(
    (await draftsOnShelf(keys, NOW, new Map())).map(({ text }) => text),
    ["one more thing"],
  );
});

test("a box that differs from its draft was sent only when the server kept that very text", async () => {
  const drafts = new Drafts();
  drafts.keep("report", WORDS);
  drafts.discard("report");
  assert.equal(drafts.wasSent("report", WORDS), false);
  drafts.settle("report", WORDS);
  assert.equal(drafts.wasSent("report", WORDS), true);
  drafts.forget();
  assert.equal(drafts.wasSent("report", WORDS), false);
});

test("a draft is kept for its writer and never shown to the next person", () => {
  const drafts = new Drafts();
  drafts.belongTo("ada");
  drafts.keep("r", "half an answer");
  drafts.belongTo("ada");
  assert.equal(drafts.of("r"), "half an answer");
  drafts.belongTo("ben");
  assert.equal(drafts.of("r"), "");
  assert.equal(drafts.waiting, false);
});

test("white space alone is no draft", () => {
  const drafts = new Drafts();
  drafts.keep("r", " \n");
  assert.equal(drafts.waiting, false);
});
