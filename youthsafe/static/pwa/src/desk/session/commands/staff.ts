/** In the key worker: who is on the staff by the signed roster, and how a coordinator changes that. */
import { type Bytes, b64, equal, unb64 } from "../../../crypto/bytes.ts";
import type { Change, NewChange } from "../../../crypto/change.ts";
import {
  acceptOffer,
  areCheckWords,
  buildOffer,
  checkAnswer,
  invitationKeys,
  invitationLine,
  makeInvitationSecret,
  offerMac,
  openInvitation,
  sealInvitation,
} from "../../../crypto/invitation.ts";
import { CodeError } from "../../../crypto/matching.ts";
import { random } from "../../../crypto/primitives.ts";
import type { RootKey } from "../../../crypto/root_key.ts";
import { type Member, ROLES, type Role } from "../../../crypto/roster.ts";
import { TroubleError } from "../../trouble.ts";
import { isInvitations } from "../../wire.ts";
import type { Keys } from "../key_ring.ts";
import { get, post } from "../requests.ts";
import type { Session } from "../session.ts";
import { withMembers } from "./composing.ts";
import { listOfWords } from "./passphrase.ts";

/** What the page may know of the staff: ids in Base64. */
export interface Staff {
  members: readonly StaffMember[];
  teams: readonly { id: string; name: string }[];
}

export interface StaffMember {
  id: string;
  name: string;
  role: Role;
  teams: readonly string[];
}

export interface TypedInvitation {
  name: string;
  role: Role;
  teams: readonly string[];
  days: number;
}

/** Signs the change that follows the one in force, and gives the session as it is then. */
export type Sign = (make: (before: Change, root: RootKey) => Promise<NewChange>) => Promise<Session>;

/** The root's key, which every coordinator holds; throws TroubleError `no-root` for anybody else. */
function heldRoot({ root }: Keys): RootKey {
  if (!root) throw new TroubleError("no-root");
  return root;
}

/** By the signed lists, whatever the server says of people. */
export const staffOf = ({ roster, change: { bundle } }: Keys): Staff => ({
  members: roster.members.map(({ id, name, role, teams }) => ({ id: b64(id), name, role, teams: teams.map(b64) })),
  teams: bundle.teams.map(({ id, name }) => ({ id: b64(id), name })),
});

/** Make an invitation and give what stands beside the address of its link: the server never sees that. */
export async function invite(keys: Keys, typed: TypedInvitation): Promise<{ secret: string }> {
  const { scalar } = heldRoot(keys);
  const [secret, memberId] = [makeInvitationSecret(), random(16)];
  const { token, macKey } = await invitationKeys(secret);
  const { instanceId, fingerprint } = keys.own;
  const teams = typed.teams.map((id) => unb64(id));
  const offer = buildOffer({ instanceId, fingerprint, memberId, role: typed.role, name: typed.name, teams });
  await post("/invitations", {
    token: b64(token),
    member: b64(memberId),
    name: typed.name,
    role: ROLES.indexOf(typed.role),
    teams: typed.teams,
    offer: b64(offer),
    offer_mac: b64(await offerMac(macKey, offer)),
    sealed_secret: b64(await sealInvitation(scalar, { instanceId, memberId, secret })),
    days: typed.days,
  });
  return { secret: invitationLine(secret, memberId) };
}

/**
 * Let in whoever answered an invitation, once their key is proved and their three words were typed; throws TroubleError `check-words` for
 * other words, and `answer` for a key that the invited browser did not make. Nothing is signed then.
 */
export async function letIn(keys: Keys, { id, typed }: { id: string; typed: string }, sign: Sign): Promise<Session> {
  const member = await checkedMember(keys, id, typed);
  return sign((before, root) =>
    withMembers({ keys, root, before, now: Date.now() }, [...before.roster.members, member]),
  );
}

async function checkedMember(keys: Keys, id: string, typed: string): Promise<Member> {
  const { invitations } = await get("/invitations", isInvitations);
  const found = invitations.find((each) => each.id === id);
  if (!found?.public_key || !found.proof) throw new TroubleError("conflict");
  const { instanceId, fingerprint } = keys.own;
  const memberId = unb64(found.member, 16);
  const answer = { offer: unb64(found.offer), publicKey: unb64(found.public_key) };
  const { macKey, offer } = await provedAnswer(keys, memberId, answer, {
    sealed: unb64(found.sealed_secret),
    proof: unb64(found.proof),
  });
  if (!equal(offer.instanceId, instanceId) || !equal(offer.fingerprint, fingerprint)) throw new TroubleError("answer");
  const same = await areCheckWords(typed, macKey, answer, await listOfWords()).catch((error: unknown) => {
    throw error instanceof CodeError ? new TroubleError("check-words") : error;
  });
  if (!same) throw new TroubleError("check-words");
  return { id: memberId, role: offer.role, publicKey: answer.publicKey, name: offer.name, teams: offer.teams };
}

/** The offer that this office made and the key that the link's holder made for it; throws TroubleError `answer`. */
async function provedAnswer(
  keys: Keys,
  memberId: Bytes,
  answer: { offer: Bytes; publicKey: Bytes },
  { sealed, proof }: { sealed: Bytes; proof: Bytes },
) {
  const { scalar } = heldRoot(keys);
  try {
    const secret = await openInvitation(scalar, { instanceId: keys.own.instanceId, memberId, sealed });
    const { macKey } = await invitationKeys(secret);
    await checkAnswer(macKey, answer, proof);
    const offer = await acceptOffer(macKey, answer.offer, await offerMac(macKey, answer.offer), memberId);
    return { macKey, offer };
  } catch {
    throw new TroubleError("answer");
  }
}

/** Take somebody out: every team that they were in gets a new key in the same change. */
export const removeMember = (keys: () => Keys, { id }: { id: string }, sign: Sign): Promise<Session> =>
  changeStaff(keys, sign, (members) => members.filter((each) => b64(each.id) !== id));

/** Give somebody another role or other teams. */
export function changeMember(
  keys: () => Keys,
  { id, role, teams }: Pick<StaffMember, "id" | "role" | "teams">,
  sign: Sign,
): Promise<Session> {
  const wanted = teams.map((each) => unb64(each));
  return changeStaff(keys, sign, (members) =>
    members.map((each) => (b64(each.id) === id ? { ...each, role, teams: wanted } : each)),
  );
}

/** `keys` gives those that were opened last: signing looks at what is in force first. */
const changeStaff = (keys: () => Keys, sign: Sign, change: (members: Member[]) => Member[]): Promise<Session> =>
  sign((before, root) => {
    const members = change(before.roster.members);
    if (!members.some(({ role }) => role === "coordinator")) throw new TroubleError("last-coordinator");
    return withMembers({ keys: keys(), root, before, now: Date.now() }, members);
  });
