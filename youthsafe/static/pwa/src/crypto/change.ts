/** The signed change: roster, bundle and grants that come into force together (docs/envelope.md section 5.3). */
import { type Bytes, b64, concat, equal, FormatError, isZero, lp, Reader, u8, u16, u32, utf8 } from "./bytes.ts";
import { ID_LENGTH } from "./envelope.ts";
import { type GrantHead, KIT_ID, parseGrant } from "./keyring.ts";
import { fingerprint, keyId, SealError, sha256, verifySignature } from "./primitives.ts";
import { parseRootChange, ROOT_CHANGE_LENGTH, type RootChange } from "./root_change.ts";
import { parseRootGrant, ROOT_GRANT_MAGIC, type RootGrantHead } from "./root_grant.ts";
import { type RootKey, signAsRoot } from "./root_key.ts";
import { BUNDLE_LABEL, type Bundle, parseBundle, parseRoster, ROSTER_LABEL, type Roster } from "./roster.ts";
import { buildBundle, buildRoster } from "./written_lists.ts";

/** Something that the root signed. */
export interface Signed {
  content: Bytes;
  signature: Bytes;
}

/** `raw`: what the root signed; `previous`: the head before it; `head`: the name of everything up to it, 32 bytes. */
export interface Change {
  raw: Bytes;
  head: Bytes;
  instanceId: Bytes;
  number: number;
  previous: Bytes;
  root: Bytes;
  rootChange: RootChange | null;
  signedRoster: Signed;
  roster: Roster;
  signedBundle: Signed;
  bundle: Bundle;
  grants: GrantHead[];
  rootGrants: RootGrantHead[];
}

export const CHANGE_LABEL = "youthsafe/v1/change";
export const MOST_BYTES = 1024 * 1024;
const HEAD_LABEL = "youthsafe/v1/head";
const HEAD_LENGTH = 32;
const ROOT_LENGTH = 65;
const SIGNATURE_LENGTH = 64;

/** A change that is well formed and may not come into force. `stale`: it was made after another change than the newest. */
export class ChangeError extends Error {
  kind: "stale" | "refused";

  constructor(reason: string, kind: "stale" | "refused" = "refused") {
    super(reason);
    this.name = "ChangeError";
    this.kind = kind;
  }
}

/** The name of everything up to a change. */
export const headOf = (raw: Bytes): Promise<Bytes> => sha256(concat(utf8(HEAD_LABEL), u8(0), raw));

/** A head as two people read it to each other: the first 16 bytes in groups of four hexadecimal digits. */
export const headInGroups = (head: Uint8Array): string =>
  Array.from({ length: 8 }, (_, at) =>
    [...head.subarray(2 * at, 2 * at + 2)].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
  ).join(" ");

export interface NewChange {
  roster: Roster;
  bundle: Bundle;
  /** Team grants and root grants. */
  grants: readonly Bytes[];
  /** What the old root signed, where the root is a new one. */
  rootChange?: Bytes;
}

/**
 * Compose and sign the change that follows `before`, null for the first; a roster or a bundle that says the same as
 * before goes on as it is. Throws ChangeError or FormatError: what may not come into force is not signed.
 */
export async function composeChange(root: RootKey, before: Change | null, change: NewChange): Promise<Signed> {
  const { roster, bundle, grants, rootChange } = change;
  const kept = before && equal(before.root, root.publicKey) ? before : null;
  const listed = [
    ...writeSigned(await signedList(root, ROSTER_LABEL, buildRoster(roster), kept?.signedRoster)),
    ...writeSigned(await signedList(root, BUNDLE_LABEL, buildBundle(bundle), kept?.signedBundle)),
  ];
  const content = concat(
    utf8("YSC"),
    u8(1),
    roster.instanceId,
    u32((before?.number ?? 0) + 1),
    before?.head ?? new Uint8Array(HEAD_LENGTH),
    root.publicKey,
    ...(rootChange ? [u8(1), rootChange] : [u8(0)]),
    ...listed,
    u16(grants.length),
    ...grants.map(lp),
  );
  const signature = await signAsRoot(root, CHANGE_LABEL, content);
  await acceptChange({ content, signature, before });
  return { content, signature };
}

async function signedList(root: RootKey, label: string, content: Bytes, kept?: Signed): Promise<Signed> {
  if (kept && equal(kept.content, content)) return kept;
  return { content, signature: await signAsRoot(root, label, content) };
}

const writeSigned = ({ content, signature }: Signed): Bytes[] => [u32(content.length), content, signature];

const takeSigned = (reader: Reader): Signed => ({
  content: reader.take(reader.u32()),
  signature: reader.take(SIGNATURE_LENGTH),
});

const isRootGrant = (grant: Bytes): boolean => equal(grant.slice(0, ROOT_GRANT_MAGIC.length), ROOT_GRANT_MAGIC);

/**
 * Read a change to its last byte, with everything in it, and check that its parts fit one another. Says nothing about its
 * signature, nor about the change before it. Throws FormatError, ChangeError or SealError.
 */
export async function parseChange(raw: Bytes): Promise<Change> {
  if (raw.length > MOST_BYTES) throw new FormatError("more than a mebibyte");
  const reader = new Reader(raw);
  reader.expect(utf8("YSC"), "kind of object");
  reader.expect(u8(1), "version");
  const named = { instanceId: reader.take(ID_LENGTH), number: reader.u32() };
  const chained = { previous: reader.take(HEAD_LENGTH), root: reader.take(ROOT_LENGTH) };
  const rootChange = reader.flag() ? await parseRootChange(reader.take(ROOT_CHANGE_LENGTH)) : null;
  const [signedRoster, signedBundle] = [takeSigned(reader), takeSigned(reader)];
  const listed = Array.from({ length: reader.u16() }, () => reader.lp());
  reader.end();
  const change = {
    ...named,
    ...chained,
    raw,
    head: await headOf(raw),
    rootChange,
    signedRoster,
    roster: parseRoster(signedRoster.content),
    signedBundle,
    bundle: parseBundle(signedBundle.content),
    grants: listed.filter((grant) => !isRootGrant(grant)).map(parseGrant),
    rootGrants: listed.filter(isRootGrant).map(parseRootGrant),
  };
  await checkParts(change);
  return change;
}

/**
 * A change that may come into force after `before`, null before the first. Throws ChangeError, FormatError, or SealError
 * for a signature; nothing is opened. The caller holds the root of the first one that it accepts against its pin.
 */
export async function acceptChange({
  content,
  signature,
  before,
}: Signed & { before: Change | null }): Promise<Change> {
  const change = await parseChange(content);
  await checkSignatures(change, signature);
  if (before) requireFollowing(change, before);
  else requireFirst(change);
  if (before) await requireEpochs(change, before);
  requireNamedTeams(change, before);
  await requireGrants(change, before);
  return change;
}

/** What the root signed of a change that is the first that this browser sees; throws SealError. */
export async function checkSignatures({ root, raw, signedRoster, signedBundle }: Change, signature: Bytes) {
  await verifySignature(root, CHANGE_LABEL, raw, signature);
  await verifySignature(root, ROSTER_LABEL, signedRoster.content, signedRoster.signature);
  await verifySignature(root, BUNDLE_LABEL, signedBundle.content, signedBundle.signature);
}

/** Whom something is sealed to, as one text: id, and the name of the key. */
const recipient = async (id: Bytes, publicKey: Bytes): Promise<string> => `${b64(id)} ${b64(await keyId(publicKey))}`;

const recipientOf = (head: { recipientId: Bytes; recipientKeyId: Bytes }): string =>
  `${b64(head.recipientId)} ${b64(head.recipientKeyId)}`;

/** Everybody to whom a team's secret is granted: its members and the recovery kit. */
export async function recipientsOf({ members, recoveryKey }: Roster, teamId: Bytes): Promise<Set<string>> {
  const inTeam = members.filter(({ teams }) => teams.some((id) => equal(id, teamId)));
  const all = [recipient(KIT_ID, recoveryKey), ...inTeam.map(({ id, publicKey }) => recipient(id, publicKey))];
  return new Set(await Promise.all(all));
}

/** Everybody to whom the root is granted: each coordinator. */
export async function rootHolders({ members }: Roster): Promise<Set<string>> {
  const coordinators = members.filter(({ role }) => role === "coordinator");
  return new Set(await Promise.all(coordinators.map(({ id, publicKey }) => recipient(id, publicKey))));
}

/** Refuse what is put together from several instances, or from older and newer parts. */
async function checkParts(change: Change) {
  const { instanceId, rootChange, roster, bundle, grants, rootGrants } = change;
  const parts = [roster, bundle, ...grants, ...rootGrants, ...(rootChange ? [rootChange] : [])];
  if (!parts.every((part) => equal(part.instanceId, instanceId))) throw new ChangeError("parts of several instances");
  const isListed = ({ id, epoch, publicKey }: Bundle["teams"][number]) =>
    roster.teams.some((team) => equal(team.id, id) && team.epoch === epoch && equal(team.publicKey, publicKey));
  if (!bundle.teams.every(isListed)) throw new ChangeError("the bundle names another key than the roster");
  if (!roster.members.some(({ role }) => role === "coordinator"))
    throw new ChangeError("nobody is left who could sign the next change");
  await checkGrants(change);
}

async function checkGrants({ root, roster, grants, rootGrants }: Change) {
  for (const grant of grants) {
    const team = roster.teams.find(({ id }) => equal(id, grant.teamId));
    if (team?.epoch !== grant.epoch) throw new ChangeError("a grant of another epoch than the roster's");
    if (!(await recipientsOf(roster, grant.teamId)).has(recipientOf(grant)))
      throw new ChangeError("a grant to somebody who is not in the team");
  }
  const [pin, holders] = [await fingerprint(root), await rootHolders(roster)];
  for (const grant of rootGrants) {
    if (!equal(grant.fingerprint, pin)) throw new ChangeError("a grant of another root");
    if (!holders.has(recipientOf(grant))) throw new ChangeError("a root grant to somebody who is no coordinator");
  }
  refuseRepeats(grants.map(({ teamId, recipientId }) => `${b64(teamId)} ${b64(recipientId)}`));
  refuseRepeats(rootGrants.map(({ recipientId }) => b64(recipientId)));
}

function refuseRepeats(grants: string[]) {
  if (new Set(grants).size !== grants.length) throw new ChangeError("one grant twice");
}

function requireFirst({ number, previous, rootChange }: Change) {
  if (number !== 1 || !isZero(previous)) throw new ChangeError("not the first change", "stale");
  if (rootChange) throw new ChangeError("the first change has no root before it");
}

function requireFollowing(change: Change, before: Change) {
  if (!equal(change.instanceId, before.instanceId)) throw new ChangeError("another instance");
  if (change.number !== before.number + 1 || !equal(change.previous, before.head))
    throw new ChangeError("made after another change than the newest", "stale");
  if (change.bundle.demo !== before.bundle.demo)
    throw new ChangeError("a demonstration stays one, and a real instance stays real");
  requireRoot(change, before);
  const [{ version }, { serial }] = [change.roster, change.bundle];
  requireRise(change.signedRoster, before.signedRoster, version - before.roster.version);
  requireRise(change.signedBundle, before.signedBundle, serial - before.bundle.serial);
}

function requireRoot({ root, rootChange, roster }: Change, before: Change) {
  if (!rootChange) {
    if (!equal(root, before.root)) throw new ChangeError("another root, which the old one did not sign");
    return;
  }
  if (!equal(rootChange.oldRoot, before.root) || !equal(rootChange.newRoot, root))
    throw new ChangeError("a root change between other roots");
  if (equal(roster.recoveryKey, before.roster.recoveryKey))
    throw new ChangeError("a new root comes with a new recovery kit");
}

function requireRise(list: Signed, before: Signed, rise: number) {
  if (rise <= 0 && !equal(list.content, before.content))
    throw new ChangeError("a roster or bundle that is not newer than the one before");
}

/** A team stays, and its key is a new one as soon as somebody is to open nothing more. */
async function requireEpochs({ roster }: Change, before: Change) {
  for (const old of before.roster.teams) {
    const team = roster.teams.find(({ id }) => equal(id, old.id));
    if (!team) throw new ChangeError("a team is gone, with the key of its reports");
    const isSame = team.epoch === old.epoch;
    if (team.epoch < old.epoch || (isSame && !equal(team.publicKey, old.publicKey)))
      throw new ChangeError("a stale epoch, or another key of the same");
    const stay = await recipientsOf(roster, old.id);
    const leaves = [...(await recipientsOf(before.roster, old.id))].some((each) => !stay.has(each));
    if (leaves && isSame) throw new ChangeError("somebody leaves a team that keeps its key");
  }
}

function requireNamedTeams({ roster, bundle }: Change, before: Change | null) {
  const known = new Set([...bundle.teams, ...(before?.roster.teams ?? [])].map(({ id }) => b64(id)));
  if (!roster.teams.every(({ id }) => known.has(b64(id))))
    throw new ChangeError("a new team that the bundle does not name");
}

/** Everybody in a team has a grant of its epoch in force, and every coordinator one of the root. */
async function requireGrants({ root, roster, grants, rootGrants }: Change, before: Change | null) {
  for (const { id, epoch } of roster.teams) {
    const had = before?.roster.teams.some((team) => equal(team.id, id) && team.epoch === epoch) ?? false;
    const granted = new Set(grants.filter(({ teamId }) => equal(teamId, id)).map(recipientOf));
    const known = before && had ? await recipientsOf(before.roster, id) : new Set<string>();
    for (const each of await recipientsOf(roster, id))
      if (!granted.has(each) && !known.has(each)) throw new ChangeError("somebody in a team has no grant of its key");
  }
  const rooted = new Set(rootGrants.map(recipientOf));
  const knownRoot = before && equal(before.root, root) ? await rootHolders(before.roster) : new Set<string>();
  for (const each of await rootHolders(roster))
    if (!rooted.has(each) && !knownRoot.has(each)) throw new ChangeError("a coordinator has no grant of the root");
}

/** Whether an error is a refusal of what came from outside, and no fault of ours. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof ChangeError || error instanceof FormatError || error instanceof SealError;
