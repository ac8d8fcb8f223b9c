import assert from "node:assert/strict";
import test from "node:test";

import { b64 } from "../src/crypto/bytes.ts";
import { random } from "../src/crypto/primitives.ts";
import { acceptRing, describe, openGrants, openOwnWrap, wholeRing } from "../src/desk/session/key_ring.ts";
import { makeOffice, makeOwn, makeRing, NOW, WRAP_KEY, writeBundle, writeRoster } from "./desk_office.ts";

const office = await makeOffice();
const right = async () => WRAP_KEY;
const kind = (expected) => (error) => error.kind === expected;

async function open(ring, pin = null) {
  const own = await openOwnWrap(ring, right);
  const accepted = await acceptRing(ring, own, pin, NOW);
  return { accepted, keys: await openGrants(ring, accepted, own) };
}

test("a ring that bears out opens the team key, and the page learns names and hours and no key", async () => {
  const { accepted, keys } = await open(await makeRing(office));
  const team = b64(office.team.id);
  assert.deepEqual(keys.secrets[team].seeds[0].seed, office.team.seed);
  const session = describe(accepted, keys);
  assert.deepEqual(session.member, { id: b64(office.member.id), name: "Ada", role: "caseworker" });
  assert.deepEqual(session.teams[team].weekly[0], { opens: 540, closes: 1020 });
  assert.deepEqual(session.alarms, []);
  assert.equal(JSON.stringify(session).includes(b64(office.team.publicKey)), false);
});

test("the first root is pinned with the numbers that were seen", async () => {
  const ring = await makeRing(office);
  const { accepted } = await open(ring);
  assert.deepEqual([accepted.pin.version, accepted.pin.serial, accepted.pin.newest.number], [5, 7, 1]);
  await open(ring, accepted.pin);
});

test("a browser that was never here takes no other root, though it signed all of it and granted its own team", async () => {
  const own = await makeOwn(office);
  const falseOffice = { ...(await makeOffice()), instanceId: office.instanceId, member: office.member };
  await assert.rejects(open(await makeRing(falseOffice, { own })), kind("pin"));
  await assert.rejects(open(await makeRing({ ...falseOffice, team: office.team }, { own })), kind("pin"));
});

test("a browser that was never here takes no other instance of the same root", async () => {
  await assert.rejects(
    open(await makeRing({ ...office, instanceId: random(16) }, { own: makeOwn(office) })),
    kind("pin"),
  );
});

test("words that were made for another office than this browser knows are refused", async () => {
  const {
    accepted: { pin },
  } = await open(await makeRing(office));
  const other = await makeOffice();
  await assert.rejects(open(await makeRing(other), pin), kind("pin"));
});

test("a roster that has ended, or one that would live for more than four weeks, is refused", async () => {
  await assert.rejects(
    open(await makeRing(office, { roster: writeRoster(office, { notAfter: NOW / 1000 }) })),
    kind("expired"),
  );
  const long = { notAfter: NOW / 1000 + 28 * 86_400 };
  const rosterOfLong = { roster: writeRoster(office, long), history: [] };
  await assert.rejects(open(await makeRing(office, rosterOfLong)), kind("signature"));
  const bundleOfLong = { bundle: writeBundle(office, long), history: [] };
  await assert.rejects(open(await makeRing(office, bundleOfLong)), kind("signature"));
});

test("the page is told of the end that comes first", async () => {
  const notAfter = NOW / 1000 + 3600;
  for (const parts of [{ roster: writeRoster(office, { notAfter }) }, { bundle: writeBundle(office, { notAfter }) }]) {
    const { accepted, keys } = await open(await makeRing(office, parts));
    assert.equal(describe(accepted, keys).notAfter, notAfter * 1000);
  }
});

test("another root than the pinned one is refused", async () => {
  const {
    accepted: { pin },
  } = await open(await makeRing(office));
  const other = await makeOffice();
  await assert.rejects(open(await makeRing({ ...office, root: other.root, sign: other.sign }), pin), kind("pin"));
});

test("another instance under the same root is refused", async () => {
  const {
    accepted: { pin },
  } = await open(await makeRing(office));
  await assert.rejects(open(await makeRing({ ...office, instanceId: random(16) }), pin), kind("pin"));
});

test("a bundle of another instance than the roster is refused at first sight too", async () => {
  const bundle = writeBundle({ ...office, instanceId: random(16) });
  await assert.rejects(open(await makeRing(office, { bundle })), kind("pin"));
});

test("a roster or bundle that the root did not sign is refused", async () => {
  const other = await makeOffice();
  const ring = await makeRing(office);
  const forged = await makeRing(office, { signer: other });
  await assert.rejects(open({ ...ring, roster_signature: forged.roster_signature }), kind("signature"));
  await assert.rejects(open({ ...ring, bundle_signature: forged.bundle_signature }), kind("signature"));
});

test("a roster or bundle older than one seen before is refused", async () => {
  const {
    accepted: { pin },
  } = await open(await makeRing(office));
  await assert.rejects(
    open(await makeRing(office, { roster: writeRoster(office, { version: 4 }) }), pin),
    kind("signature"),
  );
  await assert.rejects(
    open(await makeRing(office, { bundle: writeBundle(office, { serial: 6 }) }), pin),
    kind("signature"),
  );
});

test("a bundle that has ended is refused in words of its own", async () => {
  await assert.rejects(
    open(await makeRing(office, { bundle: writeBundle(office, { notAfter: NOW / 1000 }) })),
    kind("expired"),
  );
});

test("a member whom the roster does not name is refused", async () => {
  const ring = await makeRing(office);
  await assert.rejects(open({ ...ring, member: { id: b64(random(16)), name: "Ada" } }), kind("ring"));
  const other = await makeOffice();
  const roster = writeRoster({ ...office, member: other.member });
  await assert.rejects(open(await makeRing(office, { roster })), kind("member"));
});

test("a seed whose key is not the one that the roster names is refused", async () => {
  const other = await makeOffice();
  const roster = writeRoster(office, { memberKey: other.member.publicKey });
  await assert.rejects(open(await makeRing(office, { roster })), kind("member"));
});

test("other words do not open the seed", async () => {
  const ring = await makeRing(office);
  await assert.rejects(
    openOwnWrap(ring, async () => random(32)),
    kind("words"),
  );
});

test("a grant of a key that the roster does not name leaves its team sealed and is told", async () => {
  const other = await makeOffice();
  const { accepted, keys } = await open(
    await makeRing(office, {
      roster: writeRoster(office, { teamKey: other.team.publicKey }),
      bundle: writeBundle({ ...office, team: { ...office.team, publicKey: other.team.publicKey } }),
    }),
  );
  assert.deepEqual(keys.secrets, {});
  assert.deepEqual(describe(accepted, keys).alarms, ["grant"]);
});

test("a grant to another member leaves its team sealed", async () => {
  const ring = await makeRing(office);
  const other = await makeOffice();
  const { grants } = await makeRing({ ...office, member: other.member });
  assert.deepEqual((await open({ ...ring, grants })).keys.secrets, {});
});

test("a server that leaves parts of the keys out is not taken for wrong words", async () => {
  const ring = await makeRing(await makeOffice());
  assert.equal(wholeRing(ring), ring);
  for (const broken of [
    { ...ring, wraps: [] },
    { ...ring, wraps: undefined },
    { ...ring, member: undefined },
    { ...ring, bundle: 7 },
    { ...ring, wraps: ["AAAA"] },
    null,
  ]) {
    const opened = async () => openOwnWrap(wholeRing(broken), async () => WRAP_KEY);
    await assert.rejects(opened(), (error) => error.kind === "ring");
  }
});
