/** The change that comes with a new recovery kit: every team has a new key, because the old kit is to open nothing more. */
import { type Bytes, equal } from "../../../crypto/bytes.ts";
import { type Change, composeChange, type Signed } from "../../../crypto/change.ts";
import { KIT_ID, sealGrant, type TeamSecret } from "../../../crypto/keyring.ts";
import { publicKeyOf, random, SealError } from "../../../crypto/primitives.ts";
import { sealRootGrant } from "../../../crypto/root_grant.ts";
import type { RootKey } from "../../../crypto/root_key.ts";
import { LONGEST_LIFE, type Member } from "../../../crypto/roster.ts";

/** `root` signs; `rootTo`: who gets a grant of it; `rootChange`: where it is a new one; `granterId`: whoever makes this. */
export interface Renewal {
  root: RootKey;
  before: Change;
  secrets: readonly TeamSecret[];
  recoveryKey: Bytes;
  members: Member[];
  rootTo: readonly Member[];
  rootChange?: Bytes;
  granterId: Bytes;
}

export async function renewedChange(renewal: Renewal): Promise<Signed> {
  const { root, before, recoveryKey, members, rootTo, granterId } = renewal;
  const { instanceId, roster, bundle } = before;
  const renewed = await Promise.all(renewal.secrets.map(withNewKey));
  const keyOf = (id: Bytes) => {
    const found = renewed.find(({ secret }) => equal(secret.teamId, id));
    if (!found) throw new SealError("a team whose key is not here");
    return { epoch: found.epoch, publicKey: found.publicKey };
  };
  const issuedAt = Math.floor(Date.now() / 1000);
  const life = { issuedAt, notAfter: issuedAt + LONGEST_LIFE };
  const grants = renewed.flatMap(({ secret }) => {
    const inTeam = members.filter(({ teams }) => teams.some((id) => equal(id, secret.teamId)));
    const granted = { secret, instanceId, granterId };
    return [
      sealGrant({ ...granted, recipientId: KIT_ID, recipientKey: recoveryKey }),
      ...inTeam.map((each) => sealGrant({ ...granted, recipientId: each.id, recipientKey: each.publicKey })),
    ];
  });
  const rootGrants = rootTo.map(({ id, publicKey }) =>
    sealRootGrant({ root, instanceId, recipientId: id, recipientKey: publicKey }),
  );
  return composeChange(root, before, {
    roster: {
      ...roster,
      ...life,
      version: roster.version + 1,
      recoveryKey,
      teams: roster.teams.map((team) => ({ ...team, ...keyOf(team.id) })),
      members,
    },
    bundle: {
      ...bundle,
      ...life,
      serial: bundle.serial + 1,
      teams: bundle.teams.map((team) => ({ ...team, ...keyOf(team.id) })),
    },
    grants: await Promise.all([...grants, ...rootGrants]),
    ...(renewal.rootChange && { rootChange: renewal.rootChange }),
  });
}

/** The team's secret with a new key in front of all that there were. */
async function withNewKey({ teamId, seeds }: TeamSecret) {
  const seed = random(32);
  const epoch = (seeds[0]?.epoch ?? 0) + 1;
  return { secret: { teamId, seeds: [{ epoch, seed }, ...seeds] }, epoch, publicKey: await publicKeyOf(seed) };
}
