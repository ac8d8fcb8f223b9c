/** An instance as its first signed change says it, for the unit tests of what a coordinator signs. */
import { acceptChange, composeChange } from "../src/crypto/change.ts";
import { KIT_ID, sealGrant } from "../src/crypto/keyring.ts";
import { fingerprint, publicKeyOf, random } from "../src/crypto/primitives.ts";
import { sealRootGrant } from "../src/crypto/root_grant.ts";
import { makeRootKey } from "../src/crypto/root_key.ts";

const WORKDAY = { opens: 540, closes: 1020 };
export const OFFICE = [WORKDAY, WORKDAY, WORKDAY, WORKDAY, WORKDAY, null, null];

/** One coordinator and two teams; the lists were signed a day before `now`, in milliseconds. `keys`: what the coordinator's key worker holds. */
export async function begun(now) {
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
  const life = { instanceId, issuedAt: now / 1000 - 86_400, notAfter: now / 1000 + 86_400 };
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
  const rootGrant = await sealRootGrant({ root, instanceId, recipientId: member.id, recipientKey: publicKey });
  const recipients = [
    { recipientId: member.id, recipientKey: publicKey },
    { recipientId: KIT_ID, recipientKey: recoveryKey },
  ];
  const grants = await Promise.all(
    secrets.flatMap((secret) =>
      recipients.map((recipient) => sealGrant({ secret, instanceId, granterId: KIT_ID, ...recipient })),
    ),
  );
  const signed = await composeChange(root, null, { roster, bundle, grants: [...grants, rootGrant] });
  const before = await acceptChange({ ...signed, before: null });
  const pin = { seed: own, instanceId, fingerprint: await fingerprint(root.publicKey) };
  return { root, rootGrant, before, keys: { member, own: pin, roster, serial: 7, change: before, secrets: {} } };
}
