/** A change of people: who joins gets every grant, and who leaves opens nothing that is sealed afterwards. */
import assert from "node:assert/strict";
import test from "node:test";
import { b64 } from "../src/crypto/bytes.ts";
import { acceptChange, composeChange } from "../src/crypto/change.ts";
import { KIT_ID, openGrant, sealGrant } from "../src/crypto/keyring.ts";
import { fingerprint, publicKeyOf, random } from "../src/crypto/primitives.ts";
import { openRootGrant, sealRootGrant } from "../src/crypto/root_grant.ts";
import { makeRootKey } from "../src/crypto/root_key.ts";
import { withMembers } from "../src/desk/session/commands/composing.ts";

const NOW = Date.parse("2026-11-23T09:30:00Z");

async function person(role, name, teams) {
  const seed = random(32);
  return { seed, listed: { id: random(16), role, name, publicKey: await publicKeyOf(seed), teams } };
}

async function teamOf(id) {
  const seed = random(32);
  return {
    secret: { teamId: id, seeds: [{ epoch: 1, seed }] },
    key: { id, epoch: 1, publicKey: await publicKeyOf(seed) },
  };
}

/** A coordinator and two caseworkers, of whom one is in a second team as well. */
async function office() {
  const [root, kit] = [await makeRootKey(), random(32)];
  const [general, trust] = [await teamOf(random(16)), await teamOf(random(16))];
  const both = [general.key.id, trust.key.id];
  const [ada, bea, cyd] = await Promise.all([
    person("coordinator", "Ada", both),
    person("caseworker", "Bea", both),
    person("caseworker", "Cyd", [general.key.id]),
  ]);
  const life = { instanceId: random(16), issuedAt: NOW / 1000 - 60, notAfter: NOW / 1000 + 86_400 };
  const weekly = [null, null, null, null, null, null, null];
  const teams = [general.key, trust.key];
  const roster = {
    ...life,
    version: 1,
    recoveryKey: await publicKeyOf(kit),
    teams,
    members: [ada, bea, cyd].map(({ listed }) => listed),
  };
  const bundle = {
    ...life,
    serial: 1,
    demo: false,
    closedDays: [],
    teams: teams.map((key, at) => ({ ...key, kind: at + 1, staffed: true, name: `T${at}`, languages: ["en"], weekly })),
  };
  const grants = [];
  for (const { secret, key } of [general, trust])
    for (const { id, publicKey } of [
      ...roster.members.filter(({ teams: of }) => of.includes(key.id)),
      { id: KIT_ID, publicKey: roster.recoveryKey },
    ])
      grants.push(
        await sealGrant({
          secret,
          instanceId: life.instanceId,
          recipientId: id,
          recipientKey: publicKey,
          granterId: KIT_ID,
        }),
      );
  const forAda = { root, instanceId: life.instanceId, recipientId: ada.listed.id, recipientKey: ada.listed.publicKey };
  grants.push(await sealRootGrant(forAda));
  const first = await composeChange(root, null, { roster, bundle, grants });
  const before = await acceptChange({ ...first, before: null });
  const secrets = Object.fromEntries([general, trust].map(({ secret, key }) => [b64(key.id), secret]));
  const keys = { member: ada.listed, secrets };
  return { root, before, keys, ada, bea, cyd, general, trust, composing: { keys, root, before, now: NOW } };
}

async function signed({ root, before, composing }, members) {
  const wanted = await withMembers(composing, members);
  const { content, signature } = await composeChange(root, before, wanted);
  return { wanted, change: await acceptChange({ content, signature, before }) };
}

const opened = async (wanted, { seed, listed }) => {
  const found = await Promise.allSettled(
    wanted.grants.map((grant) => openGrant({ grant, roster: wanted.roster, recipientId: listed.id, seed })),
  );
  return found.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
};

test("whoever joins gets the key of each of their teams, and nobody's key changes", async () => {
  const here = await office();
  const amina = await person("caseworker", "Amina", [here.general.key.id]);
  const { wanted, change } = await signed(here, [...here.before.roster.members, amina.listed]);
  assert.deepEqual(
    change.roster.teams.map(({ epoch }) => epoch),
    [1, 1],
  );
  assert.equal(wanted.grants.length, 1);
  const [secret] = await opened(wanted, amina);
  assert.deepEqual(secret.seeds, here.general.secret.seeds);
  assert.deepEqual(change.signedBundle.content, here.before.signedBundle.content);
});

test("nobody leaves a team empty that pupils are offered", async () => {
  const { composing, before, general } = await office();
  const members = before.roster.members.map((each) => ({ ...each, teams: [general.key.id] }));
  await assert.rejects(withMembers(composing, members), { kind: "last-reader" });
});

test("a second coordinator gets the root as a grant of their own", async () => {
  const here = await office();
  const members = here.before.roster.members.map((each) =>
    each.name === "Bea" ? { ...each, role: "coordinator" } : each,
  );
  const { wanted, change } = await signed(here, members);
  assert.equal(change.rootGrants.length, 1);
  const root = await openRootGrant({
    grant: wanted.grants[0],
    rootPublicKey: here.root.publicKey,
    instanceId: change.instanceId,
    recipientId: here.bea.listed.id,
    seed: here.bea.seed,
  });
  assert.deepEqual(root.scalar, here.root.scalar);
  assert.deepEqual(change.rootGrants[0].fingerprint, await fingerprint(here.root.publicKey));
});

test("whoever leaves holds no key of what is sealed afterwards, and everybody who stays opens old and new", async () => {
  const here = await office();
  const members = here.before.roster.members.filter(({ name }) => name !== "Cyd");
  const { wanted, change } = await signed(here, members);
  assert.deepEqual(
    change.roster.teams.map(({ epoch }) => epoch),
    [2, 1],
    "only the team that somebody left",
  );
  assert.deepEqual(
    change.bundle.teams.map(({ epoch }) => epoch),
    [2, 1],
  );
  assert.equal(change.bundle.serial, 2);
  assert.deepEqual(await opened(wanted, here.cyd), []);
  for (const stays of [here.ada, here.bea]) {
    const [secret] = await opened(wanted, stays);
    assert.deepEqual(
      secret.seeds.map(({ epoch }) => epoch),
      [2, 1],
    );
    assert.notDeepEqual(secret.seeds[0].seed, here.general.secret.seeds[0].seed);
  }
});

test("whoever leaves one of two teams keeps the other as it was", async () => {
  const here = await office();
  const members = here.before.roster.members.map((each) =>
    each.name === "Bea" ? { ...each, teams: [here.general.key.id] } : each,
  );
  const { wanted, change } = await signed(here, members);
  assert.deepEqual(
    change.roster.teams.map(({ epoch }) => epoch),
    [1, 2],
  );
  assert.deepEqual(await opened(wanted, here.bea), []);
});

test("a team whose key the coordinator does not hold is changed by one who does", async () => {
  const here = await office();
  const { [b64(here.general.key.id)]: general } = here.keys.secrets;
  const composing = { ...here.composing, keys: { ...here.keys, secrets: { [b64(here.general.key.id)]: general } } };
  const members = here.before.roster.members.filter(({ name }) => name !== "Bea");
  await assert.rejects(withMembers(composing, members), { kind: "team-secret" });
});
