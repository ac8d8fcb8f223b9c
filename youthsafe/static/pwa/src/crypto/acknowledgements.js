/**
 * What the desk says to a reporter of a report, in the server's keeping and not in its power (docs/envelope.md section 3.3).
 *
 * @import { Bytes } from './bytes.js'
 * @typedef {{auth: Bytes, reportId: Bytes, mailboxKey: Bytes}} Between  the team and one reporter
 */
import { FormatError, Reader, concat, equal, isZero, u32, u8, utf8 } from './bytes.js';
import { SealError, hmac, keyId } from './primitives.js';

export const OPENED = 1;
export const WITHDRAWAL_SEEN = 2;
const LABEL = utf8('youthsafe/v1/acknowledgement');
const VERSION = 1;
const MAC_LENGTH = 32;

/**
 * @param {Between} between
 * @param {{kind: number, hour: number}} said
 */
async function macOf({ auth, reportId, mailboxKey }, { kind, hour }) {
  if (isZero(auth)) throw new SealError('a report that wants no reply');
  return hmac(auth, concat(LABEL, u8(0), u8(VERSION), reportId, await keyId(mailboxKey), u8(kind), u32(hour)));
}

/**
 * @param {Between} between
 * @param {{kind: number, hour: number}} said
 * @returns {Promise<Bytes>} 37 bytes
 */
export async function writeAcknowledgement(between, said) {
  return concat(u8(said.kind), u32(said.hour), await macOf(between, said));
}

/**
 * @param {Between} between
 * @param {Uint8Array} bytes
 * @returns {Promise<{kind: number, hour: number}>} throws FormatError, or SealError when the team did not say it of this report
 */
export async function readAcknowledgement(between, bytes) {
  const reader = new Reader(bytes);
  const said = { kind: reader.u8(), hour: reader.u32() };
  const mac = reader.take(MAC_LENGTH);
  reader.end();
  if (said.kind !== OPENED && said.kind !== WITHDRAWAL_SEEN) throw new FormatError('an unknown kind of acknowledgement');
  if (!equal(mac, await macOf(between, said))) throw new SealError('not said by the team');
  return said;
}

/**
 * The kinds among these that the team has said; whatever else is there counts for nothing.
 * @param {Between} between
 * @param {readonly Uint8Array[]} all
 * @returns {Promise<Set<number>>}
 */
export async function acknowledged(between, all) {
  const read = await Promise.all(all.map((each) => readAcknowledgement(between, each).catch(() => null)));
  return new Set(read.flatMap((said) => said?.kind ?? []));
}
