/** In the key worker: the change that gives the staff other members, roles or teams, with every key and grant that follows from it. */
import { type Bytes, b64, equal } from "../../../crypto/bytes.ts";
import { type Change, type NewChange, recipientsOf, rootHolders } from "../../../crypto/change.ts";
import { KIT_ID, sealGrant, type TeamSecret } from "../../../crypto/keyring.ts";
import { keyId, publicKeyOf, random } from "../../../crypto/primitives.ts";
import { sealRootGrant } from "../../../crypto/root_grant.ts";
import type { RootKey } from "../../../crypto/root_key.ts";
import type { Bundle, Member, Roster, TeamKey } from "../../../crypto/roster.ts";
import { TroubleError } from "../../trouble.ts";
import type { Keys } from "../key_ring.ts";

export const LIFE_SECONDS = 28 * 86_400;

/** What is needed to compose: the change in force, and what this coordinator holds. `now` in milliseconds. */
export interface Composing {
  keys: Pick<Keys, "member" | "secrets">;
  root: RootKey;
  before: Change;
  now: number;
}

/** Everybody whom a roster names, and the kit, with their keys. */
const keysIn = ({ members, recoveryKey }: Roster): { id: Bytes; publicKey: Bytes }[] => [
  ...members.map(({ id, publicKey }) => ({ id, publicKey })),
  { id: KIT_ID, publicKey: recoveryKey },
];

/**
 * The same teams with other members. Whoever leaves a team opens nothing that is sealed to it from now on: the team gets a new key, and
 * everybody who stays a grant of it. Throws TroubleError `team-secret` for a team whose key this coordinator does not hold, and
 * `last-reader` where pupils would be offered a team that nobody is in.
 */
export async function withMembers(composing: Composing, members: Member[]): Promise<NewChange> {
  const { before, now } = composing;
  const isRead = ({ id }: TeamKey) => members.some(({ teams }) => teams.some((each) => equal(each, id)));
  if (before.bundle.teams.some((team) => team.staffed && !isRead(team))) throw new TroubleError("last-reader");
  const issuedAt = Math.floor(now / 1000);
  const life = { issuedAt, notAfter: issuedAt + LIFE_SECONDS };
  const wanted: Roster = { ...before.roster, ...life, version: before.roster.version + 1, members };
  const secrets = await renewedSecrets(composing, wanted);
  const teams = await Promise.all(wanted.teams.map((team) => renewedTeam(team, secrets.get(b64(team.id)))));
  const roster = { ...wanted, teams };
  const bundle = renewedBundle(before.bundle, teams, life);
  const grants = await missingGrants(composing, roster, secrets);
  return { roster, bundle, grants: [...grants, ...(await missingRootGrants(composing, roster))] };
}

/** A new seed for each team that somebody leaves, before all earlier ones. */
async function renewedSecrets({ keys, before }: Composing, roster: Roster): Promise<Map<string, TeamSecret>> {
  const renewed = new Map<string, TeamSecret>();
  for (const { id, epoch } of before.roster.teams) {
    const stay = await recipientsOf(roster, id);
    const leaves = [...(await recipientsOf(before.roster, id))].some((each) => !stay.has(each));
    if (!leaves) continue;
    const { teamId, seeds } = heldSecret(keys, id);
    renewed.set(b64(id), { teamId, seeds: [{ epoch: epoch + 1, seed: random(32) }, ...seeds] });
  }
  return renewed;
}

function heldSecret({ secrets }: Pick<Keys, "secrets">, teamId: Bytes): TeamSecret {
  const secret = secrets[b64(teamId)];
  if (!secret) throw new TroubleError("team-secret");
  return secret;
}

async function renewedTeam(team: TeamKey, secret: TeamSecret | undefined): Promise<TeamKey> {
  const [newest] = secret?.seeds ?? [];
  return newest ? { id: team.id, epoch: newest.epoch, publicKey: await publicKeyOf(newest.seed) } : team;
}

/** The same bundle where no key in it changed. */
function renewedBundle(bundle: Bundle, teams: readonly TeamKey[], life: Pick<Bundle, "issuedAt" | "notAfter">): Bundle {
  const keyed = bundle.teams.map((team) => ({ ...team, ...teams.find(({ id }) => equal(id, team.id)) }));
  const isSame = keyed.every(({ epoch }, at) => epoch === bundle.teams[at]?.epoch);
  return isSame ? bundle : { ...bundle, ...life, serial: bundle.serial + 1, teams: keyed };
}

/** A grant for everybody in a team who has none of its epoch. */
async function missingGrants({ keys, before }: Composing, roster: Roster, renewed: Map<string, TeamSecret>) {
  const grants: Bytes[] = [];
  for (const { id } of roster.teams) {
    const fresh = renewed.get(b64(id));
    const had = fresh ? new Set<string>() : await recipientsOf(before.roster, id);
    const wanted = [...(await recipientsOf(roster, id))].filter((each) => !had.has(each));
    if (wanted.length === 0) continue;
    const secret = fresh ?? heldSecret(keys, id);
    for (const { id: recipientId, publicKey } of await named(roster, wanted)) {
      const common = { secret, instanceId: roster.instanceId, granterId: keys.member.id };
      grants.push(await sealGrant({ ...common, recipientId, recipientKey: publicKey }));
    }
  }
  return grants;
}

async function missingRootGrants({ root, before }: Composing, roster: Roster): Promise<Bytes[]> {
  const had = await rootHolders(before.roster);
  const wanted = [...(await rootHolders(roster))].filter((each) => !had.has(each));
  const { instanceId } = roster;
  return Promise.all(
    (await named(roster, wanted)).map(({ id, publicKey }) =>
      sealRootGrant({ root, instanceId, recipientId: id, recipientKey: publicKey }),
    ),
  );
}

/** Those of a roster whom `recipientsOf` and `rootHolders` name. */
async function named(roster: Roster, recipients: readonly string[]): Promise<{ id: Bytes; publicKey: Bytes }[]> {
  const all = await Promise.all(
    keysIn(roster).map(async (each) => ({ ...each, name: `${b64(each.id)} ${b64(await keyId(each.publicKey))}` })),
  );
  return all.filter(({ name }) => recipients.includes(name));
}
