/**
 * An answer that is not sent yet, sealed to the member who writes it (docs/envelope.md section 9). Nobody else opens
 * it, and the server never sees it.
 */

import type { Bytes } from "./bytes.ts";
import { b64, concat, FormatError, text, u32, utf8 } from "./bytes.ts";
import { gcmOpen, gcmSeal, hkdf, hmac, random } from "./primitives.ts";

export type DraftKeys = { memberId: Bytes; key: Bytes; nameKey: Bytes };
/** `name`: what a draft is found by, which does not tell its report. */
export type SealedDraft = { name: Bytes; day: number; nonce: Bytes; sealed: Bytes };

const LABEL = "youthsafe/v1/draft";
const STEP = 32_768; // bytes; so a row does not tell how much was written
const SPACE = 0x20;
const NONCE_LENGTH = 12;

/** `seed`: the member's own. */
export async function draftKeys(seed: Bytes, memberId: Bytes): Promise<DraftKeys> {
  return { memberId, key: await hkdf(seed, LABEL, 32), nameKey: await hkdf(seed, `${LABEL}-name`, 32) };
}

export const draftName = ({ nameKey }: DraftKeys, reportId: Bytes) => hmac(nameKey, reportId);

/** `day`: since 1970-01-01. */
export async function sealDraft(keys: DraftKeys, reportId: Bytes, day: number, draft: object): Promise<SealedDraft> {
  const [name, nonce] = [await draftName(keys, reportId), random(NONCE_LENGTH)];
  const written = utf8(JSON.stringify({ report: b64(reportId), ...draft }));
  const plaintext = new Uint8Array(Math.ceil(written.length / STEP) * STEP).fill(SPACE);
  plaintext.set(written);
  return { name, day, nonce, sealed: await gcmSeal({ key: keys.key, nonce, aad: aad(keys, name, day), plaintext }) };
}

/** The draft and its report; throws SealError when another member wrote it, or it was changed. */
export async function openDraft(keys: DraftKeys, { name, day, nonce, sealed }: SealedDraft): Promise<unknown> {
  const plaintext = await gcmOpen({ key: keys.key, nonce, aad: aad(keys, name, day), ciphertext: sealed });
  try {
    return JSON.parse(text(plaintext));
  } catch {
    throw new FormatError("no draft");
  }
}

const aad = ({ memberId }: DraftKeys, name: Bytes, day: number) =>
  concat(utf8(LABEL), new Uint8Array(1), memberId, name, u32(day));
