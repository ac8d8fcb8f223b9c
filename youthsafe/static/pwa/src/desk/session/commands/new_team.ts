/** The change that adds a team: a key of its own, granted to whoever makes it and to the recovery kit. Others are added with the people. */
import { type Bytes, equal } from "../../../crypto/bytes.ts";
import type { Change, NewChange } from "../../../crypto/change.ts";
import { KIT_ID, sealGrant, type TeamSecret } from "../../../crypto/keyring.ts";
import { publicKeyOf, random } from "../../../crypto/primitives.ts";
import type { Weekly } from "../../../crypto/roster.ts";
import { TroubleError } from "../../trouble.ts";
import { sameAgain } from "./signing_again.ts";

/** `kind`: 1 is general, 2 the smaller one for worries about adults. */
export interface TypedTeam {
  name: string;
  kind: 1 | 2;
}

const MOST_TEAMS = 16;
/** Until somebody says when it reads. */
const NO_HOURS: Weekly = [null, null, null, null, null, null, null];

/** `maker`: the id of the member who makes it; `now` in milliseconds. Throws TroubleError `conflict` where a team has the name. */
export async function newTeamChange(before: Change, typed: TypedTeam, maker: Bytes, now: number): Promise<NewChange> {
  const { bundle, roster } = sameAgain(before, now);
  const { instanceId, recoveryKey } = roster;
  const member = roster.members.find(({ id }) => equal(id, maker));
  const taken = bundle.teams.some(({ name }) => name === typed.name);
  if (!member || taken || bundle.teams.length >= MOST_TEAMS) throw new TroubleError("conflict");
  const seed = random(32);
  const key = { id: random(16), epoch: 1, publicKey: await publicKeyOf(seed) };
  const secret: TeamSecret = { teamId: key.id, seeds: [{ epoch: key.epoch, seed }] };
  const [first] = bundle.teams;
  const listed = { ...key, ...typed, staffed: true, languages: first?.languages ?? ["en"], weekly: NO_HOURS };
  const members = roster.members.map((each) => (each === member ? { ...each, teams: [...each.teams, key.id] } : each));
  const granted = { secret, instanceId, granterId: maker };
  const grants = await Promise.all([
    sealGrant({ ...granted, recipientId: maker, recipientKey: member.publicKey }),
    sealGrant({ ...granted, recipientId: KIT_ID, recipientKey: recoveryKey }),
  ]);
  seed.fill(0);
  return {
    roster: { ...roster, teams: [...roster.teams, key], members },
    bundle: { ...bundle, teams: [...bundle.teams, listed] },
    grants,
  };
}
