/** A key ring from the server, believed only as far as the root's signatures, this browser's pin and the member's own seed bear it out. */
import { type Bytes, b64, equal, FormatError, unb64 } from "../../crypto/bytes.ts";
import { type Change, headInGroups } from "../../crypto/change.ts";
import { openGrant, openWrap, parseWrap, type TeamSecret, WeakError, type Wrapped } from "../../crypto/keyring.ts";
import { isPasskeyWrap, nameOfCredential, openPasskeyWrap, parsePasskeyWrap } from "../../crypto/passkey_wrap.ts";
import { publicKeyOf, SealError } from "../../crypto/primitives.ts";
import { openRootGrant } from "../../crypto/root_grant.ts";
import type { RootKey } from "../../crypto/root_key.ts";
import { type Member, PinError, type Roster, type TeamKey } from "../../crypto/roster.ts";
import type { GivenChange } from "../../trust/heads.ts";
import { type BelievedLists, believeLists } from "../../trust/roster.ts";
import type { StaffPin } from "../../trust/staff_pins.ts";
import { TroubleError, type TroubleKind } from "../trouble.ts";
import { isKeyRing, type KeyRing } from "../wire.ts";
import type { Session } from "./session.ts";

export interface AcceptedRing extends BelievedLists {
  member: Member;
}

/** `history`: the signed changes from the one on that this browser saw last, or the newest where it saw none. */
export interface RingWithHistory extends KeyRing {
  history: readonly GivenChange[];
}

/**
 * `serial`: of the bundle; `secrets`: by team; `change`: the newest signed one, which the next one follows; `own`: the
 * member's seed, with the instance and root that it belongs to.
 */
export interface Keys {
  member: Member;
  own: Wrapped;
  /** The root's key, which a coordinator holds. */
  root: RootKey | null;
  /** The same as the server keeps it. */
  rootGrant: string | null;
  roster: Roster;
  serial: number;
  change: Change;
  secrets: Record<string, TeamSecret>;
}

/** Makes the key of one wrap from the words. */
export type Stretch = (salted: { salt: Bytes; memory: number; passes: number }) => Promise<Bytes>;

const TROUBLES: Record<PinError["kind"], TroubleKind> = {
  mismatch: "pin",
  forged: "signature",
  early: "signature",
  older: "signature",
  expired: "expired",
  head: "head",
};

/**
 * Check everything signed, and find the member in it, whose key must be that of the member's own seed; throws TroubleError.
 * `own`: what the words opened; `pin`: what this browser accepted before; `now` in milliseconds.
 */
export async function acceptRing(
  ring: RingWithHistory,
  own: Wrapped,
  pin: StaffPin | null,
  now: number,
): Promise<AcceptedRing> {
  try {
    const believed = await believeLists(ring, ring.history, { known: own, pin, now });
    return { ...believed, member: await memberIn(believed.roster, ring.member.id, own.seed) };
  } catch (error) {
    if (error instanceof PinError) throw new TroubleError(TROUBLES[error.kind]);
    if (error instanceof FormatError) throw new TroubleError("signature");
    throw error;
  }
}

/** Whoever has this key; throws TroubleError. */
async function memberIn({ members }: Roster, memberId: string, seed: Bytes): Promise<Member> {
  const member = members.find(({ id }) => b64(id) === memberId);
  if (!member || !equal(await publicKeyOf(seed), member.publicKey)) throw new TroubleError("member");
  return member;
}

/** The server's answer when nothing of it is missing; throws TroubleError: that words open nothing that is not there is no fault of the words. */
export function wholeRing(ring: unknown): KeyRing {
  if (!isKeyRing(ring) || ring.wraps.length === 0) throw new TroubleError("ring");
  return ring;
}

/** Open what the member's words keep: the seed, and the instance and root that it belongs to; throws TroubleError. */
export async function openOwnWrap(ring: KeyRing, wrapKeyFor: Stretch): Promise<Wrapped> {
  for (const wrap of ring.wraps.filter(isOfWords)) {
    const own = await tryWrap(wrap, ring.member.id, wrapKeyFor);
    if (own) return own;
  }
  throw new TroubleError("words");
}

/** A passkey opens the other kind. Whatever is neither is for `parseWrap` to refuse. */
function isOfWords(wrap: string): boolean {
  try {
    return !isPasskeyWrap(unb64(wrap));
  } catch {
    return true;
  }
}

/** A passkey that opens the keys: its id, and what it is asked with, in Base64. */
export interface AskedPasskey {
  id: string;
  salt: string;
}

/** Of the passkeys that the server knows by their ids, those under which the ring holds the keys. */
export async function passkeysOf({ wraps }: Pick<KeyRing, "wraps">, known: readonly string[]): Promise<AskedPasskey[]> {
  const heads = wraps.filter((wrap) => !isOfWords(wrap)).map((wrap) => parsePasskeyWrap(unb64(wrap)));
  const named = await Promise.all(known.map(async (id) => ({ id, name: await nameOfCredential(unb64(id)) })));
  return heads.flatMap(({ credential, salt }) =>
    named.filter(({ name }) => equal(name, credential)).map(({ id }) => ({ id, salt: b64(salt) })),
  );
}

/** Open what a passkey keeps: as `openOwnWrap`, by what it gave; throws TroubleError. `id`: of the passkey. */
export async function openByPasskey(
  { wraps, member }: KeyRing,
  { id, prf }: { id: string; prf: Bytes },
): Promise<Wrapped> {
  const credential = await nameOfCredential(unb64(id));
  for (const wrap of wraps.filter((each) => !isOfWords(each))) {
    const opened = openPasskeyWrap({ wrap: unb64(wrap), memberId: unb64(member.id), credential, prf });
    const own = await opened.catch(() => null);
    if (own) return own;
  }
  throw new TroubleError("passkey-keys");
}

async function tryWrap(wrap: string, memberId: string, wrapKeyFor: Stretch): Promise<Wrapped | null> {
  try {
    const bytes = unb64(wrap);
    const head = parseWrap(bytes);
    if (b64(head.memberId) !== memberId) throw new TroubleError("ring"); // no words of this member open it
    return await openWrap({ wrap: bytes, memberId: head.memberId, wrapKey: await wrapKeyFor(head) });
  } catch (error) {
    if (error instanceof WeakError) throw new TroubleError("weak");
    if (error instanceof FormatError) throw new TroubleError("ring");
    if (error instanceof SealError) return null;
    throw error;
  }
}

/** Open the grants of the member's teams. One that does not open leaves its team sealed and is told, and the others go on. */
export async function openGrants(ring: KeyRing, accepted: AcceptedRing, own: Wrapped): Promise<Keys> {
  const { roster, bundle, member, change } = accepted;
  const { seed } = own;
  const opened = await Promise.all(ring.grants.map((grant) => tryGrant(grant, roster, member, seed)));
  const secrets = opened.filter((secret) => secret !== null).map((secret) => [b64(secret.teamId), secret]);
  const root = await openRoot(ring, own, member);
  const rootGrant = ring.root_grant;
  return { member, own, root, rootGrant, roster, serial: bundle.serial, change, secrets: Object.fromEntries(secrets) };
}

/** One that does not open is as none: its holder signs nothing, and another coordinator grants it anew. */
async function openRoot({ root_grant, root }: KeyRing, own: Wrapped, member: Member): Promise<RootKey | null> {
  if (root_grant === null) return null;
  const { instanceId, seed } = own;
  const grant = { grant: unb64(root_grant), rootPublicKey: unb64(root), instanceId, recipientId: member.id, seed };
  return openRootGrant(grant).catch(() => null);
}

async function tryGrant(grant: string, roster: Roster, member: Member, seed: Bytes): Promise<TeamSecret | null> {
  try {
    return await openGrant({ grant: unb64(grant), roster, recipientId: member.id, seed });
  } catch (error) {
    if (error instanceof FormatError || error instanceof SealError) return null;
    throw error;
  }
}

/** The key that the verified roster names for a team; throws TroubleError. */
export function teamKey({ roster }: Keys, teamId: Bytes): TeamKey {
  const team = roster.teams.find(({ id }) => equal(id, teamId));
  if (!team) throw new TroubleError("sealed");
  return team;
}

/** What the page may know of all this: no key. */
export function describe(
  { bundle, roster, member, change, rootChanges }: AcceptedRing,
  { secrets }: Keys,
  passkey = false,
): Session {
  const mine = new Set(member.teams.map((id) => b64(id)));
  const teams = bundle.teams
    .filter(({ id }) => mine.has(b64(id)))
    .map(({ id, name, staffed, weekly }) => [b64(id), { name, staffed, weekly }] as const);
  return {
    member: { id: b64(member.id), name: member.name, role: member.role },
    teams: Object.fromEntries(teams),
    closedDays: new Set(bundle.closedDays),
    notAfter: Math.min(bundle.notAfter, roster.notAfter) * 1000,
    head: { number: change.number, groups: headInGroups(change.head) },
    rootChanged: rootChanges.length > 0 ? Math.max(...rootChanges.map(({ changedAt }) => changedAt)) * 1000 : null,
    alarms: [...mine].every((id) => Object.hasOwn(secrets, id)) ? [] : ["grant"],
    passkey,
  };
}
