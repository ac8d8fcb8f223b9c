/**
 * An answer that is not sent yet, sealed to the member who writes it (docs/envelope.md section 9). Nobody else opens it, and the server never sees it.
 *
 * @import { Bytes } from './bytes.js'
 * @typedef {{memberId: Bytes, key: Bytes, nameKey: Bytes}} DraftKeys
 * @typedef {{name: Bytes, day: number, nonce: Bytes, sealed: Bytes}} SealedDraft  `name`: what a draft is found by, which does not tell its report
 */
import { FormatError, b64, concat, text, u32, utf8 } from './bytes.js';
import { gcmOpen, gcmSeal, hkdf, hmac, random } from './primitives.js';

const LABEL = 'youthsafe/v1/draft';
const STEP = 32_768; // bytes; so a row does not tell how much was written
const SPACE = 0x20;
const NONCE_LENGTH = 12;

/**
 * @param {Bytes} seed  the member's own
 * @param {Bytes} memberId
 * @returns {Promise<DraftKeys>}
 */
export async function draftKeys(seed, memberId) {
  return { memberId, key: await hkdf(seed, LABEL, 32), nameKey: await hkdf(seed, `${LABEL}-name`, 32) };
}

/**
 * @param {DraftKeys} keys
 * @param {Bytes} reportId
 */
export const draftName = ({ nameKey }, reportId) => hmac(nameKey, reportId);

/**
 * @param {DraftKeys} keys
 * @param {Bytes} reportId
 * @param {number} day  since 1970-01-01
 * @param {object} draft
 * @returns {Promise<SealedDraft>}
 */
export async function sealDraft(keys, reportId, day, draft) {
  const [name, nonce] = [await draftName(keys, reportId), random(NONCE_LENGTH)];
  const written = utf8(JSON.stringify({ report: b64(reportId), ...draft }));
  const plaintext = new Uint8Array(Math.ceil(written.length / STEP) * STEP).fill(SPACE);
  plaintext.set(written);
  return { name, day, nonce, sealed: await gcmSeal({ key: keys.key, nonce, aad: aad(keys, name, day), plaintext }) };
}

/**
 * @param {DraftKeys} keys
 * @param {SealedDraft} row
 * @returns {Promise<any>} the draft and its report; throws SealError when another member wrote it, or it was changed
 */
export async function openDraft(keys, { name, day, nonce, sealed }) {
  const plaintext = await gcmOpen({ key: keys.key, nonce, aad: aad(keys, name, day), ciphertext: sealed });
  try {
    return JSON.parse(text(plaintext));
  } catch {
    throw new FormatError('no draft');
  }
}

/**
 * @param {DraftKeys} keys
 * @param {Bytes} name
 * @param {number} day
 */
const aad = ({ memberId }, name, day) => concat(utf8(LABEL), new Uint8Array(1), memberId, name, u32(day));
