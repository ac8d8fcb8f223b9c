/** An invitation: its link's secret, the offer, and the three words that are said (docs/envelope.md section 6.6). */
import { type Bytes, b64, concat, equal, FormatError, lp, Reader, u8, unb64, utf8 } from "./bytes.ts";
import { ID_LENGTH } from "./envelope.ts";
import { indicesOf } from "./matching.ts";
import { gcmOpen, gcmSeal, hkdf, hmac, random, SealError } from "./primitives.ts";
import { checkedName, KEYLESS, ROLES, type Role, refuseRepeats } from "./roster.ts";

/** Whose site this is (instance, root fingerprint), and as whom somebody is to join it. */
export interface Offer {
  instanceId: Bytes;
  fingerprint: Bytes;
  memberId: Bytes;
  role: Role;
  name: string;
  teams: Bytes[];
}

/** `token`: what the server knows the invitation by; `macKey` never leaves browsers. */
export interface InvitationKeys {
  token: Bytes;
  macKey: Bytes;
}

/** What of an invitation both sides vouch for: the offer's bytes, and the key that the invited browser made. */
export interface Answer {
  offer: Bytes;
  publicKey: Bytes;
}

const SECRET_LENGTH = 16;
const NONCE_LENGTH = 12;
const FINGERPRINT_LENGTH = 32;
const CHECK_WORDS = 3;
const WORD_BITS = 11n;
const OFFER_LABEL = "youthsafe/v1/invitation-offer";
const ANSWER_LABEL = "youthsafe/v1/invitation-answer";
const WORDS_LABEL = "youthsafe/v1/invitation-words";
const SECRET_LABEL = "youthsafe/v1/invitation-secret";

export const makeInvitationSecret = (): Bytes => random(SECRET_LENGTH);

/** What is given beside the address of a link. */
export const invitationLine = (secret: Bytes, memberId: Bytes): string => b64(concat(secret, memberId));

/** Throws FormatError. */
export function readInvitationLine(line: string): { secret: Bytes; memberId: Bytes } {
  const reader = new Reader(unb64(line, SECRET_LENGTH + ID_LENGTH));
  return { secret: reader.take(SECRET_LENGTH), memberId: reader.take(ID_LENGTH) };
}

export async function invitationKeys(secret: Bytes): Promise<InvitationKeys> {
  const token = await hkdf(secret, "youthsafe/v1/invitation-token", 32);
  return { token, macKey: await hkdf(secret, "youthsafe/v1/invitation-mac", 32) };
}

/** Throws FormatError. */
export function parseOffer(bytes: Uint8Array): Offer {
  const reader = new Reader(bytes);
  reader.expect(utf8("YSI"), "kind of object");
  reader.expect(u8(1), "version");
  const named = { instanceId: reader.take(ID_LENGTH), fingerprint: reader.take(FINGERPRINT_LENGTH) };
  const memberId = reader.take(ID_LENGTH);
  const role = ROLES[reader.u8()];
  if (!role) throw new FormatError("an unknown role");
  const name = checkedName(reader.text());
  const teams = Array.from({ length: reader.u8() }, () => reader.take(ID_LENGTH));
  reader.end();
  refuseRepeats(teams);
  if (teams.length > 0 && KEYLESS.includes(role)) throw new FormatError("a role that holds no team key is in a team");
  return { ...named, memberId, role, name, teams };
}

/** Throws FormatError when a rule of the format is broken. */
export function buildOffer({ instanceId, fingerprint, memberId, role, name, teams }: Offer): Bytes {
  const described = [u8(ROLES.indexOf(role)), lp(utf8(name)), u8(teams.length), ...teams];
  const written = concat(utf8("YSI"), u8(1), instanceId, fingerprint, memberId, ...described);
  parseOffer(written);
  return written;
}

const macOf = (macKey: Bytes, label: string, ...parts: Bytes[]): Promise<Bytes> =>
  hmac(macKey, concat(utf8(label), u8(0), ...parts));

/** The inviting browser's word for the offer. */
export const offerMac = (macKey: Bytes, offer: Bytes): Promise<Bytes> => macOf(macKey, OFFER_LABEL, offer);

/**
 * What the invited browser may believe of an offer, before it makes a key; throws FormatError, or SealError for one that
 * the person with the link's secret did not make, or that is somebody else's. `memberId`: in the link.
 */
export async function acceptOffer(macKey: Bytes, offer: Bytes, mac: Bytes, memberId: Bytes): Promise<Offer> {
  if (!equal(await offerMac(macKey, offer), mac)) throw new SealError("not offered by who made the link");
  const found = parseOffer(offer);
  if (!equal(found.memberId, memberId)) throw new SealError("for another member");
  return found;
}

/** The invited browser's word for its key. */
export const answerMac = (macKey: Bytes, { offer, publicKey }: Answer): Promise<Bytes> =>
  macOf(macKey, ANSWER_LABEL, offer, publicKey);

/** What the inviting browser checks before it puts a key into a roster; throws SealError. */
export async function checkAnswer(macKey: Bytes, answer: Answer, mac: Bytes): Promise<void> {
  if (!equal(await answerMac(macKey, answer), mac)) throw new SealError("not the key that the invited browser made");
}

/** The three words that the invited person says. `words`: the 2,048 of a list. */
export async function checkWords(macKey: Bytes, answer: Answer, words: readonly string[]): Promise<string[]> {
  return (await checkIndices(macKey, answer)).map((index) => words[index] ?? "");
}

/** Whether somebody typed the words that the invited person must have said; throws CodeError for what is no three words. */
export async function areCheckWords(
  typed: string,
  macKey: Bytes,
  answer: Answer,
  words: readonly string[],
): Promise<boolean> {
  const said = indicesOf(typed, CHECK_WORDS, words);
  return (await checkIndices(macKey, answer)).every((index, at) => index === said[at]);
}

/** Three times 11 bits, the highest first. */
async function checkIndices(macKey: Bytes, { offer, publicKey }: Answer): Promise<number[]> {
  const digest = await macOf(macKey, WORDS_LABEL, offer, publicKey);
  const number = digest.slice(0, 5).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) >> 7n; // 33 of 40 bits
  return Array.from({ length: CHECK_WORDS }, (_, at) =>
    Number((number >> (WORD_BITS * BigInt(CHECK_WORDS - 1 - at))) & 2047n),
  );
}

const sealedFor = (instanceId: Bytes, memberId: Bytes): Bytes =>
  concat(utf8(SECRET_LABEL), u8(0), instanceId, memberId);

/** The secret for whoever holds the root, so that any coordinator's browser can check the answer; 44 bytes. */
export async function sealInvitation(
  scalar: Bytes,
  { instanceId, memberId, secret }: { instanceId: Bytes; memberId: Bytes; secret: Bytes },
): Promise<Bytes> {
  const [key, nonce] = [await hkdf(scalar, SECRET_LABEL, 32), random(NONCE_LENGTH)];
  const aad = sealedFor(instanceId, memberId);
  return concat(nonce, await gcmSeal({ key, nonce, aad, plaintext: secret }));
}

/** Throws FormatError, or SealError for another root, instance or member. */
export async function openInvitation(
  scalar: Bytes,
  { instanceId, memberId, sealed }: { instanceId: Bytes; memberId: Bytes; sealed: Bytes },
): Promise<Bytes> {
  const reader = new Reader(sealed);
  const [nonce, ciphertext] = [reader.take(NONCE_LENGTH), reader.take(SECRET_LENGTH + 16)];
  reader.end();
  const key = await hkdf(scalar, SECRET_LABEL, 32);
  return gcmOpen({ key, nonce, aad: sealedFor(instanceId, memberId), ciphertext });
}
