/** The key worker's half of a case card: opened, checked, and written after whatever came first. */
import assert from "node:assert/strict";
import test from "node:test";

import { b64, unb64 } from "../src/crypto/bytes.ts";
import { sealEntry } from "../src/crypto/card.ts";
import { draftKeys } from "../src/crypto/draft.ts";
import { random, sha256 } from "../src/crypto/primitives.ts";
import { openSlip } from "../src/crypto/slip.ts";
import { isSigned, toSign } from "../src/desk/reports/card_state.ts";
import { postDueSlips } from "../src/desk/reports/slips.ts";
import { lookAtCard, writeOnCard } from "../src/desk/session/commands/case_card.ts";
import { acceptRing, openGrants } from "../src/desk/session/key_ring.ts";
import { makeOffice, makeOwn, makeRing, NOW } from "./desk_office.ts";
import { fakeDatabase } from "./fake_database.ts";

const office = await makeOffice();
const ring = await makeRing(office);
const own = await makeOwn(office);
const keys = await openGrants(ring, await acceptRing(ring, own, null, NOW), own);
const drafts = await draftKeys(random(32), random(16));
const first = random(32);
const kind = (expected) => (error) => error.kind === expected;

/** A report whose card the server keeps, by the rules of docs/envelope.md; `before`: what happens before it takes an entry. */
function cardOnServer({ before = async () => {}, pageSize = 100 } = {}) {
  const id = b64(random(16));
  const kept = [];
  globalThis.fetch = async (address, { method = "GET", body } = {}) => {
    if (method === "GET") {
      const after = Number(new URL(address, "http://desk").searchParams.get("after"));
      const entries = kept.map((entry, at) => ({ number: at + 1, received: "2026-11-23T09:00Z", entry }));
      return Response.json({ count: kept.length, entries: entries.slice(after, after + pageSize) });
    }
    await before(kept);
    const { entry } = JSON.parse(body);
    if (!(await follows(kept, entry))) return new Response(null, { status: 409 });
    kept.push(entry);
    return Response.json({ number: kept.length }, { status: 201 });
  };
  return {
    id,
    kept,
    ties: async () => ({ id, first, received: "2026-11-23T09:00Z", teamId: office.team.id, keys, drafts }),
  };
}

const hashOf = (kept) => (kept.length > 0 ? sha256(unb64(kept.at(-1))) : first);

async function follows(kept, entry) {
  return b64(unb64(entry).slice(60, 92)) === b64(await hashOf(kept));
}

/** Have a colleague, who has left since, write after the newest entry. */
async function byAnother({ id, kept }, fields, { epoch = 1, seed = office.team.seed } = {}) {
  const place = { teamId: office.team.id, epoch, reportId: unb64(id), memberId: random(16) };
  const said = { hour: Math.floor(NOW / 3_600_000), name: "Asha", fields };
  kept.push(b64(await sealEntry(seed, { ...place, number: kept.length + 1, previous: await hashOf(kept), ...said })));
}

const write = (server, typed, ties = server.ties) =>
  writeOnCard({ id: server.id, seen: 0, note: "", changes: {}, ...typed }, ties);

const look = (server, now = server.ties) => lookAtCard(server.ties, now);

test("an entry tells how the card stands, what it changed, and who wrote it, also when they have left", async () => {
  const server = cardOnServer();
  await byAnother(server, { level: "u3", summary: "Waits" });
  const { outcome, card } = await write(server, { seen: 1, note: "Rang", changes: { level: "u1", summary: "" } });
  assert.equal(outcome, "saved");
  assert.deepEqual(
    card.entries.map(({ name, mine, note, changed }) => [name, mine, note, changed]),
    [
      ["Asha", false, "", { level: "u3", summary: "Waits" }],
      ["Ada", true, "Rang", { level: "u1", summary: "" }],
    ],
  );
  assert.deepEqual([card.state, card.seen, card.count], [{ level: "u1" }, 2, 2]);
  assert.deepEqual(
    card.alarms.filter((alarm) => alarm !== "hour"),
    [],
  );
  assert.match(card.number, /^[A-Z][a-z]+ [1-9]\d\d[A-Z]$/);
});

test("a card of more than one page is read whole", async () => {
  const server = cardOnServer({ pageSize: 2 });
  for (const note of ["1", "2", "3", "4", "5"]) await byAnother(server, { note });
  assert.deepEqual(
    (await look(server)).entries.map(({ note }) => note),
    ["1", "2", "3", "4", "5"],
  );
});

test("a note is composed anew after what came first, with keys that were got anew", async () => {
  let late = 1;
  let asked = 0;
  const server = cardOnServer({
    before: async () => {
      if (late > 0) await byAnother(server, { level: "u2" });
      late -= 1;
    },
  });
  const { outcome, card } = await write(server, { note: "Rang" }, () => {
    asked += 1;
    return server.ties();
  });
  assert.deepEqual([outcome, asked], ["saved", 2]);
  assert.deepEqual(
    card.entries.map(({ note, changed }) => [note, changed]),
    [
      ["", { level: "u2" }],
      ["Rang", {}],
    ],
  );
  assert.deepEqual(card.state, { level: "u2" });
});

test("a change of a card that somebody changed meanwhile is not saved until it was looked at", async () => {
  const server = cardOnServer();
  await byAnother(server, { level: "u2" });
  const typed = { changes: { level: "u4" } };
  const { outcome, card } = await write(server, typed);
  assert.deepEqual([outcome, server.kept.length], ["unseen", 1]);
  assert.equal((await write(server, { ...typed, seen: card.seen })).outcome, "saved");
  assert.deepEqual((await look(server)).state, { level: "u4" });
});

test("what had arrived, though no answer said so, is not saved twice", async () => {
  const server = cardOnServer();
  const typed = { note: "Rang", changes: { level: "u1" } };
  await write(server, typed);
  assert.equal((await write(server, typed)).outcome, "saved");
  assert.equal(server.kept.length, 1);
});

test("who is never first is told so in the end", async () => {
  const server = cardOnServer({ before: () => byAnother(server, { note: "First" }) });
  await assert.rejects(write(server, { note: "Rang" }), kind("conflict"));
});

test("a server that takes an entry and does not have it is found out", async () => {
  const server = cardOnServer();
  const honest = globalThis.fetch;
  globalThis.fetch = async (address, init) => {
    const answer = await honest(address, init);
    if (init?.method === "POST") server.kept.pop();
    return answer;
  };
  await assert.rejects(write(server, { note: "Rang" }), kind("lost"));
});

test("nothing is written on a card of which entries that were read are gone", async () => {
  const server = cardOnServer();
  await byAnother(server, { note: "1" });
  await look(server);
  server.kept.pop();
  assert.ok((await look(server)).alarms.includes("cut"));
  await assert.rejects(write(server, { note: "2" }), kind("lost"));
  assert.deepEqual(server.kept, []);
});

test("what breaks a rule of the card is not sealed", async () => {
  await assert.rejects(write(cardOnServer(), { changes: { step: "Ring her" } }), kind("invalid"));
});

test("an entry under a key that was granted since is read with keys that are got anew", async () => {
  const server = cardOnServer();
  const newer = random(32);
  const seeds = [{ epoch: 2, seed: newer }, ...keys.secrets[b64(office.team.id)].seeds];
  const secrets = { [b64(office.team.id)]: { teamId: office.team.id, seeds } };
  await byAnother(server, { note: "Later" }, { epoch: 2, seed: newer });
  const card = await look(server, async () => ({ ...(await server.ties()), keys: { ...keys, secrets } }));
  assert.deepEqual([card.entries[0].note, card.alarms.includes("entries")], ["Later", false]);
});

const [FRIDAY, MONDAY] = ["2026-11-27T16:00Z", "2026-11-30T00:00Z"].map(Date.parse);

/** What a browser would post at this moment, opened. */
async function slipsPosted(now) {
  const posted = [];
  const post = async (path, { slips }) => posted.push(...slips.map((slip) => ({ path, slip })));
  await postDueSlips(drafts, async () => keys, post, now);
  const opened = posted.map(({ slip }) => openSlip(keys.secrets[b64(office.team.id)], unb64(slip)));
  return (await Promise.all(opened)).map(({ fields }) => fields);
}

test("an outcome waits as a slip, without summary or report, until its week is over, and goes once", async (context) => {
  fakeDatabase();
  context.mock.timers.enable({ apis: ["Date"], now: FRIDAY });
  const changes = { level: "u2", categories: "knife online", summary: "Waits", outcome: "advice" };
  const { counted } = await write(cardOnServer(), { changes, note: "Rang" });
  assert.equal(counted, true);
  assert.deepEqual(await slipsPosted(MONDAY - 1), []);
  const { summary: _, ...facts } = changes;
  assert.deepEqual(await slipsPosted(MONDAY), [{ ...facts, month: "2026-11" }]);
  assert.deepEqual(await slipsPosted(MONDAY), []);
});

test("an outcome that was corrected in its week is counted once, as it is then, and later not a second time", async (context) => {
  fakeDatabase();
  context.mock.timers.enable({ apis: ["Date"], now: FRIDAY });
  const server = cardOnServer();
  await write(server, { changes: { outcome: "advice" } });
  await write(server, { seen: 1, changes: { outcome: "school" } });
  assert.deepEqual(await slipsPosted(MONDAY), [{ outcome: "school", month: "2026-11" }]);
  context.mock.timers.setTime(MONDAY);
  await write(server, { seen: 2, changes: { outcome: "test" } });
  assert.deepEqual(await slipsPosted(MONDAY + 8 * 86_400_000), []);
});

test("slips that did not arrive go with the next look", async (context) => {
  fakeDatabase();
  context.mock.timers.enable({ apis: ["Date"], now: FRIDAY });
  await write(cardOnServer(), { changes: { outcome: "advice" } });
  const refuse = async () => {
    throw new Error("offline");
  };
  await assert.rejects(postDueSlips(drafts, async () => keys, refuse, MONDAY));
  assert.equal((await slipsPosted(MONDAY)).length, 1);
});

test("a browser that keeps nothing says that an outcome is not counted, and the entry is on the card", async () => {
  fakeDatabase({ error: new Error("no database") });
  const server = cardOnServer();
  const { outcome, counted } = await write(server, { changes: { outcome: "advice" } });
  assert.deepEqual([outcome, counted, server.kept.length], ["saved", false, 1]);
});

test("a signature stands on the card for the entry that it signs, and what is signed by another counts", async () => {
  const server = cardOnServer();
  await byAnother(server, { outcome: "advice", categories: "harmful-sexual" });
  const { card } = await write(server, { seen: 1, signs: 1 });
  assert.deepEqual(
    card.entries.map(({ signs, by }) => [signs, by === b64(keys.member.id)]),
    [
      [0, false],
      [1, true],
    ],
  );
  assert.deepEqual([isSigned(card), toSign(card)], [true, 0]);
});

test("a signature under a card that somebody changed meanwhile waits until that was read", async () => {
  const server = cardOnServer();
  await byAnother(server, { outcome: "advice", categories: "harmful-sexual" });
  await byAnother(server, { outcome: "test", categories: "harmful-sexual" });
  const { outcome } = await write(server, { seen: 1, signs: 1 });
  assert.deepEqual([outcome, server.kept.length], ["unseen", 2]);
});

test("a slip is sealed when it is posted, so under the team's newest key, and as the same slip when it goes again", async (context) => {
  fakeDatabase();
  context.mock.timers.enable({ apis: ["Date"], now: FRIDAY });
  await write(cardOnServer(), { changes: { outcome: "advice" } });
  const { teamId, seeds } = keys.secrets[b64(office.team.id)];
  const renewed = { teamId, seeds: [{ epoch: 2, seed: random(32) }, ...seeds] };
  const sent = [];
  const lost = async (_path, { slips }) => {
    sent.push(...slips);
    throw new Error("no answer");
  };
  const keysNow = async () => ({ secrets: { [b64(teamId)]: renewed } });
  for (const _time of ["first", "again"]) await assert.rejects(postDueSlips(drafts, keysNow, lost, MONDAY));
  const [first, again] = await Promise.all(sent.map((slip) => openSlip(renewed, unb64(slip))));
  assert.deepEqual(first, again);
  assert.equal(unb64(sent[0])[23], 2, "the last byte of the head is of the epoch");
});
