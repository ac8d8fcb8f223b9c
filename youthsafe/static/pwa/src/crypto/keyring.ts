/**
 * A member's key ring: the seed and pin under six words, and the team secrets granted to it (docs/envelope.md section
 * 6).
 */

import type { Bytes } from "./bytes.ts";
import { concat, equal, FormatError, lp, Reader, u8, u16, u32, utf8 } from "./bytes.ts";
import type { Envelope } from "./envelope.ts";
import { ENC_LENGTH, hpkeInfo, ID_LENGTH, PURPOSE } from "./envelope.ts";
import {
  gcmOpen,
  gcmSeal,
  hkdf,
  hmac,
  hpkeOpen,
  hpkeSeal,
  keyId,
  publicKeyOf,
  random,
  SealError,
} from "./primitives.ts";
import type { Roster } from "./roster.ts";

/** Memory in KiB. */
export type WrapHead = { memberId: Bytes; memory: number; passes: number; salt: Bytes };
/** The root's fingerprint. */
export type Wrapped = { seed: Bytes; instanceId: Bytes; fingerprint: Bytes };
export type TeamSeed = { epoch: number; seed: Bytes };
/** Newest epoch first. */
export type TeamSecret = { teamId: Bytes; seeds: TeamSeed[] };
export type GrantHead = {
  instanceId: Bytes;
  teamId: Bytes;
  epoch: number;
  recipientId: Bytes;
  recipientKeyId: Bytes;
  granterId: Bytes;
};

const VERSION = 1;
const KIND_WORDS = 1;
const LANES = 1;
const MEMORY_KIB = { least: 65_536, most: 262_144 };
const PASSES = { least: 3, most: 10 };
const SEED_LENGTH = 32;
const NONCE_LENGTH = 12;
const FINGERPRINT_LENGTH = 32;
export const SEALED_LENGTH = SEED_LENGTH + ID_LENGTH + FINGERPRINT_LENGTH + 16; // with the tag
const MAC_LENGTH = 32;
export const WRAP_LABEL = "youthsafe/v1/member-wrap";
const GRANT_LABEL = "youthsafe/v1/grant";
/** The recipient or granter that is not a member but the recovery kit. */
export const KIT_ID = new Uint8Array(ID_LENGTH);

/** Parameters of another strength than this browser takes. */
export class WeakError extends FormatError {}

/** Throws WeakError. `memory` in KiB. */
export function checkParameters({ memory, passes }: { memory: number; passes: number }) {
  const within =
    memory >= MEMORY_KIB.least && memory <= MEMORY_KIB.most && passes >= PASSES.least && passes <= PASSES.most;
  if (!within) throw new WeakError("Argon2id parameters outside the accepted range");
}

function wrapHead({ memberId, memory, passes, salt }: WrapHead) {
  return concat(utf8("YSW"), u8(VERSION), u8(KIND_WORDS), memberId, u32(memory), u32(passes), u32(LANES), salt);
}

const wrapAad = (head: Bytes) => concat(utf8(WRAP_LABEL), u8(0), head);

/** Throws FormatError. */
export function parseWrap(bytes: Uint8Array): WrapHead & { nonce: Bytes; sealed: Bytes } {
  const reader = new Reader(bytes);
  reader.expect(utf8("YSW"), "kind of object");
  reader.expect(u8(VERSION), "version");
  reader.expect(u8(KIND_WORDS), "kind of wrap");
  const [memberId, memory, passes] = [reader.take(ID_LENGTH), reader.u32(), reader.u32()];
  reader.expect(u32(LANES), "number of lanes");
  const salt = reader.take(ID_LENGTH);
  const [nonce, sealed] = [reader.take(NONCE_LENGTH), reader.take(SEALED_LENGTH)];
  reader.end();
  checkParameters({ memory, passes });
  return { memberId, memory, passes, salt, nonce, sealed };
}

/** 157 bytes. */
export async function sealWrap({
  wrapKey,
  seed,
  instanceId,
  fingerprint,
  ...head
}: WrapHead & Wrapped & { wrapKey: Bytes }): Promise<Bytes> {
  const bound = wrapHead(head);
  const nonce = random(NONCE_LENGTH);
  const sealed = await gcmSeal({
    key: wrapKey,
    nonce,
    aad: wrapAad(bound),
    plaintext: concat(seed, instanceId, fingerprint),
  });
  const wrap = concat(bound, nonce, sealed);
  parseWrap(wrap);
  return wrap;
}

/**
 * The member's seed, with the instance and root that it belongs to; throws FormatError, or SealError when the words,
 * the member or a parameter are others.
 */
export async function openWrap({
  wrap,
  memberId,
  wrapKey,
}: {
  wrap: Uint8Array;
  memberId: Bytes;
  wrapKey: Bytes;
}): Promise<Wrapped> {
  const { nonce, sealed, ...head } = parseWrap(wrap);
  if (!equal(head.memberId, memberId)) throw new SealError("for another member");
  return readWrapped(await gcmOpen({ key: wrapKey, nonce, aad: wrapAad(wrapHead(head)), ciphertext: sealed }));
}

/** What is inside a wrap of either kind. */
export function readWrapped(opened: Bytes): Wrapped {
  const inside = new Reader(opened);
  return {
    seed: inside.take(SEED_LENGTH),
    instanceId: inside.take(ID_LENGTH),
    fingerprint: inside.take(FINGERPRINT_LENGTH),
  };
}

/** As it is read: there is always a newest seed. */
export type ParsedSecret = TeamSecret & { newest: TeamSeed };

function writeSecret({ teamId, seeds }: TeamSecret) {
  const listed = seeds.map(({ epoch, seed }) => concat(u32(epoch), seed));
  return concat(utf8("YSS"), u8(VERSION), teamId, u16(seeds.length), ...listed);
}

/** Throws FormatError. */
export function parseSecret(bytes: Uint8Array): ParsedSecret {
  const reader = new Reader(bytes);
  reader.expect(utf8("YSS"), "kind of object");
  reader.expect(u8(VERSION), "version");
  const teamId = reader.take(ID_LENGTH);
  const seeds = Array.from({ length: reader.u16() }, () => ({ epoch: reader.u32(), seed: reader.take(SEED_LENGTH) }));
  reader.end();
  const [newest] = seeds;
  if (!newest) throw new FormatError("a team secret without a seed");
  if (seeds.some(({ epoch }, at) => epoch === 0 || epoch >= (seeds[at - 1]?.epoch ?? Infinity)))
    throw new FormatError("epochs that do not descend");
  return { teamId, seeds, newest };
}

function grantHead({ instanceId, teamId, epoch, recipientId, recipientKeyId, granterId }: GrantHead) {
  return concat(utf8("YSG"), u8(VERSION), instanceId, teamId, u32(epoch), recipientId, recipientKeyId, granterId);
}

function grantInfo(head: GrantHead) {
  return concat(hpkeInfo(PURPOSE.grant, head.teamId, head.recipientId, head.recipientKeyId), grantHead(head));
}

/** `covered`: everything before the mac. */
async function grantMac(newestSeed: Bytes, covered: Bytes) {
  const key = await hkdf(newestSeed, GRANT_LABEL, 32);
  return hmac(key, concat(utf8(GRANT_LABEL), u8(0), covered));
}

/** Throws FormatError. */
export function parseGrant(bytes: Uint8Array): GrantHead & { enc: Bytes; ct: Bytes; mac: Bytes; covered: Bytes } {
  const reader = new Reader(bytes);
  reader.expect(utf8("YSG"), "kind of object");
  reader.expect(u8(VERSION), "version");
  const head = {
    instanceId: reader.take(ID_LENGTH),
    teamId: reader.take(ID_LENGTH),
    epoch: reader.u32(),
    recipientId: reader.take(ID_LENGTH),
    recipientKeyId: reader.take(ID_LENGTH),
    granterId: reader.take(ID_LENGTH),
  };
  if (head.epoch === 0) throw new FormatError("epochs start at 1");
  const [enc, ct, mac] = [reader.take(ENC_LENGTH), reader.lp(), reader.take(MAC_LENGTH)];
  reader.end();
  return { ...head, enc, ct, mac, covered: concat(bytes.subarray(0, -MAC_LENGTH)) };
}

/** Grant a team's secret to a key that a verified roster names. */
export async function sealGrant({
  secret,
  instanceId,
  recipientId,
  recipientKey,
  granterId,
}: {
  secret: TeamSecret;
  instanceId: Bytes;
  recipientId: Bytes;
  recipientKey: Bytes;
  granterId: Bytes;
}): Promise<Bytes> {
  const plaintext = writeSecret(secret);
  const {
    teamId,
    newest: { epoch, seed },
  } = parseSecret(plaintext);
  const head = { instanceId, teamId, epoch, recipientId, recipientKeyId: await keyId(recipientKey), granterId };
  const { enc, ct } = await hpkeSeal({ publicKey: recipientKey, info: grantInfo(head), plaintext });
  plaintext.fill(0);
  const covered = concat(grantHead(head), enc, lp(ct));
  return concat(covered, await grantMac(seed, covered));
}

/**
 * Open a grant and check that somebody made it who holds the key that the roster names for the team; throws FormatError
 * or SealError. `seed` is the recipient's, and the roster was accepted.
 */
export async function openGrant({
  grant,
  roster,
  recipientId,
  seed,
}: {
  grant: Uint8Array;
  roster: Roster;
  recipientId: Bytes;
  seed: Bytes;
}): Promise<TeamSecret> {
  const { enc, ct, mac, covered, ...head } = parseGrant(grant);
  const mine = equal(head.recipientId, recipientId) && equal(head.recipientKeyId, await keyId(await publicKeyOf(seed)));
  if (!mine || !equal(head.instanceId, roster.instanceId)) throw new SealError("for another member or instance");
  const secret = parseSecret(await hpkeOpen({ seed, info: grantInfo(head), enc, ct }));
  await checkGranted(head, secret, roster);
  if (!equal(mac, await grantMac(secret.newest.seed, covered))) throw new SealError("not granted by who holds the key");
  return secret;
}

async function checkGranted(head: GrantHead, { teamId, newest }: ParsedSecret, roster: Roster) {
  if (!equal(teamId, head.teamId) || newest.epoch !== head.epoch)
    throw new SealError("another secret than the head says");
  const team = roster.teams.find(({ id }) => equal(id, teamId));
  const granted = await publicKeyOf(newest.seed);
  if (team?.epoch !== newest.epoch || !equal(team.publicKey, granted))
    throw new SealError("not the key that the roster names");
}

/** The seed that opens an envelope; throws SealError for another team or an epoch that the secret does not hold. */
export function seedFor(secret: TeamSecret, envelope: Envelope) {
  const found = secret.seeds.find(({ epoch }) => epoch === envelope.epoch);
  if (!found || !equal(secret.teamId, envelope.teamId)) throw new SealError("a team or an epoch whose key is not here");
  return found.seed;
}
