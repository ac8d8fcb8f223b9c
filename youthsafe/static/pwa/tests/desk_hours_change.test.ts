/** The change that signs reading hours: everything but them stays as it was, and what somebody did not see is never signed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { b64 } from "../src/crypto/bytes.ts";
import { acceptChange, composeChange } from "../src/crypto/change.ts";
import { KIT_ID, sealGrant } from "../src/crypto/keyring.ts";
import { publicKeyOf, random } from "../src/crypto/primitives.ts";
import { sealRootGrant } from "../src/crypto/root_grant.ts";
import { makeRootKey } from "../src/crypto/root_key.ts";
import { calendarOf, hoursChange } from "../src/desk/session/commands/hours.ts";
import { kindOf } from "../src/desk/trouble.ts";

const NOW = Date.parse("2026-11-23T10:00Z");
const WORKDAY = { opens: 540, closes: 1020 };
const OFFICE = [WORKDAY, WORKDAY, WORKDAY, WORKDAY, WORKDAY, null, null];
const LATE = OFFICE.map((day) => day && { ...day, closes: 1200 });

/** An instance with one coordinator and two teams, as its first change says. */
async function begun() {
  const root = await makeRootKey();
  const instanceId = random(16);
  const [own, kit, ...seeds] = [random(32), random(32), random(32), random(32)];
  const [publicKey, recoveryKey] = [await publicKeyOf(own), await publicKeyOf(kit)];
  const secrets = seeds.map((seed) => ({ teamId: random(16), seeds: [{ epoch: 1, seed }] }));
  const teams = await Promise.all(
    secrets.map(async ({ teamId, seeds: [{ seed }] }) => ({
      id: teamId,
      epoch: 1,
      publicKey: await publicKeyOf(seed),
    })),
  );
  const member = { id: random(16), role: "coordinator", publicKey, name: "Ada", teams: teams.map(({ id }) => id) };
  const life = { instanceId, issuedAt: NOW / 1000 - 86_400, notAfter: NOW / 1000 + 86_400 };
  const roster = { ...life, version: 3, recoveryKey, teams, members: [member] };
  const listed = teams.map((team, at) => ({
    ...team,
    kind: at + 1,
    staffed: true,
    name: `Team ${at + 1}`,
    languages: ["en", "pl"],
    weekly: OFFICE,
  }));
  const bundle = { ...life, serial: 7, demo: false, closedDays: [20_812], teams: listed };
  const grants = await Promise.all([
    ...secrets.flatMap((secret) =>
      [
        { recipientId: member.id, recipientKey: publicKey },
        { recipientId: KIT_ID, recipientKey: recoveryKey },
      ].map((recipient) => sealGrant({ secret, instanceId, granterId: KIT_ID, ...recipient })),
    ),
    sealRootGrant({ root, instanceId, recipientId: member.id, recipientKey: publicKey }),
  ]);
  const signed = await composeChange(root, null, { roster, bundle, grants });
  return { root, before: await acceptChange({ ...signed, before: null }) };
}

test("hours of one team are signed, with closed days, for four weeks more; all else stays", async () => {
  const { root, before } = await begun();
  const [first] = before.bundle.teams;
  const typed = { serial: 7, weeks: { [b64(first.id)]: LATE }, closedDays: [20_900, 20_901] };
  const signed = await composeChange(root, before, hoursChange(before, typed, NOW));
  const after = await acceptChange({ ...signed, before });
  assert.deepEqual(after.bundle.closedDays, [20_900, 20_901]);
  assert.deepEqual(
    after.bundle.teams.map(({ weekly }) => weekly),
    [LATE, OFFICE],
  );
  const without = ({ weekly, ...rest }) => rest;
  assert.deepEqual(after.bundle.teams.map(without), before.bundle.teams.map(without));
  assert.deepEqual([after.bundle.serial, after.roster.version, after.grants.length], [8, 4, 0]);
  assert.deepEqual(after.roster.members, before.roster.members);
  for (const { issuedAt, notAfter } of [after.bundle, after.roster])
    assert.deepEqual([issuedAt, notAfter - issuedAt], [NOW / 1000, 28 * 86_400]);
});

test("what was made of another bundle than the newest is a conflict and is not signed", async () => {
  const { before } = await begun();
  for (const serial of [6, 8]) {
    assert.throws(
      () => hoursChange(before, { serial, weeks: {}, closedDays: [] }, NOW),
      (error) => kindOf(error) === "conflict",
    );
  }
});

test("the calendar that is shown is that of the signed bundle", async () => {
  const { before } = await begun();
  const { serial, teams, closedDays, issuedAt } = calendarOf(before.bundle);
  assert.deepEqual([serial, closedDays, issuedAt], [7, [20_812], NOW - 86_400_000]);
  assert.deepEqual(
    teams.map(({ name, weekly }) => [name, weekly]),
    [
      ["Team 1", OFFICE],
      ["Team 2", OFFICE],
    ],
  );
});
