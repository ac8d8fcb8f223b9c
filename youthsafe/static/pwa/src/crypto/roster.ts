/**
 * What the instance root signs: the team bundle that a report is sealed by, and the staff's roster (docs/envelope.md
 * section 5).
 */

import type { Bytes } from "./bytes.ts";
import { b64, equal, FormatError, isLanguageTag, Reader, u8, utf8 } from "./bytes.ts";
import { ID_LENGTH } from "./envelope.ts";
import { fingerprint, verifySignature } from "./primitives.ts";

/** Minutes after midnight in Europe/London, Monday first. */
export type Weekly = ({ opens: number; closes: number } | null)[];
export type Team = {
  id: Bytes;
  kind: number;
  staffed: boolean;
  epoch: number;
  publicKey: Bytes;
  name: string;
  languages: string[];
  weekly: Weekly;
};
export type Bundle = {
  instanceId: Bytes;
  serial: number;
  issuedAt: number;
  notAfter: number;
  demo: boolean;
  closedDays: number[];
  teams: Team[];
};
export type TeamKey = { id: Bytes; epoch: number; publicKey: Bytes };
export type Role = "caseworker" | "coordinator" | "places" | "auditor";
export type Member = { id: Bytes; role: Role; publicKey: Bytes; name: string; teams: Bytes[] };
export type Roster = {
  instanceId: Bytes;
  version: number;
  issuedAt: number;
  notAfter: number;
  recoveryKey: Bytes;
  teams: TeamKey[];
  members: Member[];
};
/** What was accepted before. */
export type BundlePin = { fingerprint: Bytes; instanceId?: Bytes; serial?: number };
export type RosterPin = { fingerprint: Bytes; instanceId?: Bytes; version?: number };

export const BUNDLE_LABEL = "youthsafe/v1/bundle";
export const ROSTER_LABEL = "youthsafe/v1/roster";
const KEY_LENGTH = 1216;
const LONGEST_NAME = 80;
const MOST_TEAMS = 16;
const MINUTES_OF_A_DAY = 1440;
export const NO_HOURS = 0xffff;
const SECONDS_OF_A_DAY = 86_400;
export const LONGEST_LIFE = 28 * SECONDS_OF_A_DAY;
export const ROLES = [undefined, "caseworker", "coordinator", "places", "auditor"] as const;
/** In no team, so that nobody grants them a key. */
export const KEYLESS: readonly Role[] = ["places", "auditor"];

/** `head`: two heads that do not fit, or lists that are not those of the newest change. */
export type PinTrouble = "mismatch" | "forged" | "early" | "expired" | "older" | "head";

/** A signed object that is well formed and still must not be believed. */
export class PinError extends Error {
  kind: PinTrouble;

  constructor(kind: PinTrouble) {
    super(`not to be trusted: ${kind}`);
    this.name = "PinError";
    this.kind = kind;
  }
}

const times = <T>(count: number, read: () => T): T[] => Array.from({ length: count }, () => read());

const readName = (reader: Reader) => checkedName(reader.text());

/** Throws FormatError. */
export function checkedName(name: string) {
  const { length } = utf8(name);
  if (length < 1 || length > LONGEST_NAME) throw new FormatError("a name of 1 to 80 bytes is needed");
  return name;
}

function readEpoch(reader: Reader) {
  const epoch = reader.u32();
  if (epoch === 0) throw new FormatError("epochs start at 1");
  return epoch;
}

function readLanguages(reader: Reader) {
  const languages = reader.text().split(" ");
  if (!languages.every(isLanguageTag)) throw new FormatError("languages are not tags separated by one space");
  return languages;
}

function readHours(reader: Reader) {
  const [opens, closes] = [reader.u16(), reader.u16()];
  if (opens === NO_HOURS && closes === NO_HOURS) return null;
  if (opens >= closes || closes > MINUTES_OF_A_DAY) throw new FormatError("reading hours that do not fit in a day");
  return { opens, closes };
}

function readTeamKind(reader: Reader) {
  const kind = reader.u8();
  if (kind !== 1 && kind !== 2) throw new FormatError("an unknown kind of team");
  return kind;
}

function readTeam(reader: Reader): Team {
  return {
    id: reader.take(ID_LENGTH),
    kind: readTeamKind(reader),
    staffed: reader.flag(),
    epoch: readEpoch(reader),
    publicKey: reader.take(KEY_LENGTH),
    name: readName(reader),
    languages: readLanguages(reader),
    weekly: times(7, () => readHours(reader)),
  };
}

/** Throws FormatError. */
export function refuseRepeats(ids: Bytes[]) {
  if (new Set(ids.map(b64)).size !== ids.length) throw new FormatError("one id twice");
}

/** A key that was removed, or an old list that a server goes on showing, ends with what names it. */
function checkLife({ issuedAt, notAfter }: { issuedAt: number; notAfter: number }) {
  if (issuedAt >= notAfter) throw new FormatError("it ends before it starts");
  if (notAfter - issuedAt > LONGEST_LIFE) throw new FormatError("it would live for more than 28 days");
}

function checkBundle({ issuedAt, notAfter, closedDays, teams }: Bundle) {
  checkLife({ issuedAt, notAfter });
  if (closedDays.some((day, at) => day <= (closedDays[at - 1] ?? -1)))
    throw new FormatError("closed days that do not ascend");
  if (teams.length < 1 || teams.length > MOST_TEAMS) throw new FormatError("1 to 16 teams are needed");
  refuseRepeats(teams.map(({ id }) => id));
}

/** Times are in Unix seconds, closed days since 1970-01-01; throws FormatError. */
export function parseBundle(bytes: Uint8Array): Bundle {
  const reader = new Reader(bytes);
  reader.expect(utf8("YSB"), "kind of object");
  reader.expect(u8(1), "version");
  const bundle = {
    instanceId: reader.take(ID_LENGTH),
    serial: reader.u32(),
    issuedAt: reader.u64(),
    notAfter: reader.u64(),
    demo: reader.flag(),
    closedDays: times(reader.u16(), () => reader.u32()),
    teams: times(reader.u8(), () => readTeam(reader)),
  };
  reader.end();
  checkBundle(bundle);
  return bundle;
}

function readTeamKey(reader: Reader): TeamKey {
  return { id: reader.take(ID_LENGTH), epoch: readEpoch(reader), publicKey: reader.take(KEY_LENGTH) };
}

function readRole(reader: Reader) {
  const role = ROLES[reader.u8()];
  if (!role) throw new FormatError("an unknown role");
  return role;
}

function readMember(reader: Reader): Member {
  return {
    id: reader.take(ID_LENGTH),
    role: readRole(reader),
    publicKey: reader.take(KEY_LENGTH),
    name: readName(reader),
    teams: times(reader.u8(), () => reader.take(ID_LENGTH)),
  };
}

function checkRoster({ issuedAt, notAfter, teams, members }: Roster) {
  checkLife({ issuedAt, notAfter });
  refuseRepeats(teams.map(({ id }) => id));
  refuseRepeats(members.map(({ id }) => id));
  const known = new Set(teams.map(({ id }) => b64(id)));
  for (const member of members) {
    refuseRepeats(member.teams);
    if (!member.teams.every((id) => known.has(b64(id)))) throw new FormatError("a member of an unknown team");
    if (member.teams.length > 0 && KEYLESS.includes(member.role))
      throw new FormatError("a role that holds no team key is in a team");
  }
}

/** Throws FormatError. */
export function parseRoster(bytes: Uint8Array): Roster {
  const reader = new Reader(bytes);
  reader.expect(utf8("YSR"), "kind of object");
  reader.expect(u8(1), "version");
  const roster = {
    instanceId: reader.take(ID_LENGTH),
    version: reader.u32(),
    issuedAt: reader.u64(),
    notAfter: reader.u64(),
    recoveryKey: reader.take(KEY_LENGTH),
    teams: times(reader.u8(), () => readTeamKey(reader)),
    members: times(reader.u16(), () => readMember(reader)),
  };
  reader.end();
  checkRoster(roster);
  return roster;
}

/** The root's fingerprint, when it is the pinned one and made the signature; throws PinError. */
async function checkRoot({
  root,
  label,
  bytes,
  signature,
  pin,
}: {
  root: Bytes;
  label: string;
  bytes: Bytes;
  signature: Bytes;
  pin: { fingerprint: Bytes } | null;
}) {
  const found = await fingerprint(root);
  if (pin && !equal(found, pin.fingerprint)) throw new PinError("mismatch");
  try {
    await verifySignature(root, label, bytes, signature);
  } catch {
    throw new PinError("forged");
  }
  return found;
}

/**
 * What a bundle and a roster have in common: instance, a moment between its start and its end, a number that does not
 * fall. `seconds`: the time.
 */
function checkPinned(
  found: { instanceId: Bytes; issuedAt: number; notAfter: number; number: number },
  pinned: { instanceId?: Bytes; number?: number },
  seconds: number,
) {
  if (pinned.instanceId && !equal(found.instanceId, pinned.instanceId)) throw new PinError("mismatch");
  if (found.issuedAt > seconds + SECONDS_OF_A_DAY) throw new PinError("early");
  if (found.number < (pinned.number ?? 0)) throw new PinError("older");
  if (seconds >= found.notAfter) throw new PinError("expired");
}

/**
 * Whether to believe a bundle; throws PinError or FormatError. The caller stores what is to be pinned, and never over a
 * mismatch. `now` in milliseconds.
 */
export async function acceptBundle({
  bundle: bytes,
  signature,
  root,
  pin,
  now,
}: {
  bundle: Bytes;
  signature: Bytes;
  root: Bytes;
  pin: BundlePin | null;
  now: number;
}): Promise<Bundle & { fingerprint: Bytes }> {
  const found = await checkRoot({ root, label: BUNDLE_LABEL, bytes, signature, pin });
  const bundle = parseBundle(bytes);
  const pinned = { instanceId: pin?.instanceId, number: pin?.serial };
  checkPinned({ ...bundle, number: bundle.serial }, pinned, now / 1000);
  return { ...bundle, fingerprint: found };
}

/** Whether to believe a roster; throws PinError or FormatError. `now` in milliseconds. */
export async function acceptRoster({
  roster: bytes,
  signature,
  root,
  pin,
  now,
}: {
  roster: Bytes;
  signature: Bytes;
  root: Bytes;
  pin: RosterPin | null;
  now: number;
}): Promise<Roster & { fingerprint: Bytes }> {
  const found = await checkRoot({ root, label: ROSTER_LABEL, bytes, signature, pin });
  const roster = parseRoster(bytes);
  checkPinned({ ...roster, number: roster.version }, { instanceId: pin?.instanceId, number: pin?.version }, now / 1000);
  return { ...roster, fingerprint: found };
}
