/**
 * The recovery kit: one secret on paper, from which a coordinator is made anew when everybody's words are lost
 * (docs/envelope.md section 6.4).
 */

import type { Bytes } from "./bytes.ts";
import { b64, concat, equal, FormatError, Reader, u8, unb64, utf8 } from "./bytes.ts";
import { ID_LENGTH } from "./envelope.ts";
import { CodeError, indicesOf, LIST_LENGTH } from "./matching.ts";
import { gcmOpen, gcmSeal, hkdf, keyId, publicKeyOf, random, SealError, sha256 } from "./primitives.ts";

/** `seed`: of the recovery key; `token`: what the server knows the kit by. */
export type KitKeys = { seed: Bytes; token: Bytes; wrapKey: Bytes };

export const KIT_WORDS = 24;
const SECRET_LENGTH = 32;
const WORD_BITS = 11;
const NONCE_LENGTH = 12;
const SCALAR_LENGTH = 32;
const VERSION = 1;
const WRAP_LABEL = "youthsafe/v1/kit-wrap";
const LINE = "youthsafe-kit-1:";

/** 32 bytes. */
export const makeKit = () => random(SECRET_LENGTH);

/** The secret with the byte by which a slip of the pen is found. */
async function checked(secret: Bytes) {
  if (secret.length !== SECRET_LENGTH) throw new FormatError("not the secret of a kit");
  const digest = await sha256(concat(utf8("youthsafe/v1/kit"), u8(0), secret));
  return concat(secret, digest.subarray(0, 1));
}

/** Throws CodeError. */
async function unchecked(bytes: Bytes) {
  const secret = bytes.slice(0, SECRET_LENGTH);
  if (!equal(await checked(secret), bytes)) throw new CodeError("check");
  return secret;
}

const bitAt = (bytes: Uint8Array, at: number) => ((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1;

/** 24 words. */
export async function kitToWords(secret: Bytes, words: readonly string[]): Promise<string[]> {
  if (words.length !== LIST_LENGTH) throw new RangeError("a list has 2,048 words");
  const bytes = await checked(secret);
  return Array.from({ length: KIT_WORDS }, (_, place) => {
    const bits = Array.from({ length: WORD_BITS }, (_each, bit) => bitAt(bytes, place * WORD_BITS + bit));
    return words[bits.reduce((index, bit) => index * 2 + bit, 0)] ?? "";
  });
}

/** The line that a QR code of the kit holds. */
export const kitToLine = async (secret: Bytes): Promise<string> => LINE + b64(await checked(secret));

/** The secret of a kit as somebody typed its words or pasted its line; throws CodeError. */
export async function readKit(typed: string, words: readonly string[]): Promise<Bytes> {
  const line = typed.replace(/\s/g, "");
  if (line.startsWith(LINE)) return readLine(line.slice(LINE.length));
  const bytes = new Uint8Array(SECRET_LENGTH + 1);
  for (const [place, index] of indicesOf(typed, KIT_WORDS, words).entries())
    for (let bit = 0; bit < WORD_BITS; bit += 1) {
      const at = place * WORD_BITS + bit;
      bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (((index >> (WORD_BITS - 1 - bit)) & 1) << (7 - (at & 7)));
    }
  return unchecked(bytes);
}

async function readLine(line: string) {
  try {
    return await unchecked(unb64(line, SECRET_LENGTH + 1));
  } catch {
    throw new CodeError("check");
  }
}

/** Everything that is made of a kit's secret. */
export async function kitKeys(secret: Bytes): Promise<KitKeys> {
  const [seed, token, wrapKey] = await Promise.all([
    hkdf(secret, "youthsafe/v1/kit-kem", 32),
    hkdf(secret, "youthsafe/v1/kit-token", 32),
    hkdf(secret, WRAP_LABEL, 32),
  ]);
  return { seed, token, wrapKey };
}

const wrapHead = async (instanceId: Bytes, seed: Bytes) =>
  concat(utf8("YSP"), u8(VERSION), instanceId, await keyId(await publicKeyOf(seed)));

const wrapAad = (head: Bytes) => concat(utf8(WRAP_LABEL), u8(0), head);

/** The root's private number under the kit, for the server to keep: 96 bytes. */
export async function sealKitWrap({
  keys: { seed, wrapKey },
  instanceId,
  scalar,
}: {
  keys: KitKeys;
  instanceId: Bytes;
  scalar: Bytes;
}): Promise<Bytes> {
  const head = await wrapHead(instanceId, seed);
  const nonce = random(NONCE_LENGTH);
  return concat(head, nonce, await gcmSeal({ key: wrapKey, nonce, aad: wrapAad(head), plaintext: scalar }));
}

/** The instance and the root's private number; throws FormatError, or SealError for another kit's wrap. */
export async function openKitWrap({
  keys: { seed, wrapKey },
  wrap,
}: {
  keys: KitKeys;
  wrap: Uint8Array;
}): Promise<{ instanceId: Bytes; scalar: Bytes }> {
  const reader = new Reader(wrap);
  reader.expect(utf8("YSP"), "kind of object");
  reader.expect(u8(VERSION), "version");
  const [instanceId, recoveryKeyId, nonce] = [
    reader.take(ID_LENGTH),
    reader.take(ID_LENGTH),
    reader.take(NONCE_LENGTH),
  ];
  const ciphertext = reader.take(SCALAR_LENGTH + 16);
  reader.end();
  const head = await wrapHead(instanceId, seed);
  if (!equal(head.slice(-ID_LENGTH), recoveryKeyId)) throw new SealError("for another kit");
  return { instanceId, scalar: await gcmOpen({ key: wrapKey, nonce, aad: wrapAad(head), ciphertext }) };
}
