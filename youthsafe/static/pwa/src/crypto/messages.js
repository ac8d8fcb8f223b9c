/**
 * Follow-ups and answers: only the reporter and the team that opened the report can make or check one (docs/envelope.md section 3.2).
 *
 * `auth` is K_auth and `mailboxKey` the mailbox's public key. The reporter has both from the receipt code; the team has `auth` from the
 * report, and the mailbox key from the server, which is believed only when its hash is the report's.
 *
 * @import { Bytes } from './bytes.js'
 * @import { Links, Message } from './content.js'
 * @import { Envelope } from './envelope.js'
 * @typedef {Omit<Links, 'serial'> & {reportId: Bytes, teamId: Bytes, epoch: number, teamKey: Bytes, mailboxKey: Bytes, auth: Bytes, hour: number, locale: string, text: string, messageId?: Bytes}} Letter
 */
import { FormatError, concat, equal, isZero, u8, utf8 } from './bytes.js';
import { decodeMessage, encodeMessage, written } from './content.js';
import { ID_LENGTH, PURPOSE, TO_REPORTER, TO_TEAM, openEnvelope, parseEnvelope, sealEnvelope } from './envelope.js';
import { SealError, hmac, keyId, random, sha256 } from './primitives.js';

const LABEL = utf8('youthsafe/v1/message');
const VERSION = 1;

/**
 * @param {{auth: Bytes, direction: number, reportId: Bytes, mailboxKey: Bytes, messageId: Bytes}} bond
 * @param {Omit<Message, 'mac'>} message
 */
async function macOf({ auth, direction, reportId, mailboxKey, messageId }, message) {
  if (isZero(auth)) throw new SealError('a report that wants no reply');
  const ids = concat(reportId, await keyId(mailboxKey), messageId);
  return hmac(auth, concat(LABEL, u8(0), u8(VERSION), u8(direction), ids, written(message)));
}

/**
 * What no message of a direction says of its place; throws FormatError.
 * @param {number} direction
 * @param {Links} links
 */
function checkLinks(direction, { number, previous, seen, other, serial }) {
  const fits = direction === TO_TEAM
    ? (seen === 0) === isZero(other) && !isZero(previous) && serial === 0
    : (number === 1) === isZero(previous) && !isZero(other);
  if (!fits) throw new FormatError('a place that no message of its direction has');
}

/**
 * @param {Letter & {serial: number}} letter
 * @param {number} direction
 * @param {{purpose: number, publicKey: Bytes}[]} recipients
 */
async function sealLetter({ messageId = random(ID_LENGTH), ...letter }, direction, recipients) {
  const { reportId, teamId, epoch, number, previous, seen, other, serial, hour, locale, text } = letter;
  const message = { number, previous, seen, other, serial, hour, locale, text };
  checkLinks(direction, message);
  const mac = await macOf({ ...letter, direction, messageId }, message);
  const heading = { direction, reportId, messageId, urgent: false, teamId, epoch };
  const envelope = await sealEnvelope({ ...heading, recipients, content: encodeMessage({ ...message, mac }) });
  return { messageId, envelope };
}

/**
 * A follow-up from the reporter; `previous` is the hash of the newest envelope from the reporter, `other` that of the newest answer seen, or zeros(32).
 * @param {Letter} letter
 * @returns {Promise<{messageId: Bytes, envelope: Bytes}>}
 */
export function sealFollowUp(letter) {
  return sealLetter({ ...letter, serial: 0 }, TO_TEAM, [{ purpose: PURPOSE.followUp, publicKey: letter.teamKey }]);
}

/**
 * An answer from the team, sealed to the mailbox whose key the report named, and to the team; throws SealError for another mailbox.
 * @param {Letter & {serial: number, mailboxKeyHash: Bytes}} letter  `previous` is the hash of the newest answer, or zeros(32); `other` that of the
 *   newest envelope seen from the reporter, of whose follow-ups `seen` were
 * @returns {Promise<{messageId: Bytes, envelope: Bytes}>}
 */
export async function sealAnswer({ mailboxKeyHash, ...letter }) {
  if (!equal(await sha256(letter.mailboxKey), mailboxKeyHash)) throw new SealError('another mailbox than the report named');
  return sealLetter(letter, TO_REPORTER, [
    { purpose: PURPOSE.answerToMailbox, publicKey: letter.mailboxKey },
    { purpose: PURPOSE.answerToTeam, publicKey: letter.teamKey },
  ]);
}

/**
 * @typedef {{envelope: Uint8Array, reportId: Bytes, seed: Bytes, auth: Bytes, mailboxKey: Bytes}} Sealed
 * @typedef {{envelope: Envelope, message: Message, digest: Bytes}} Opened  `digest`: what the next message names as `previous`
 */

/**
 * @param {Envelope} envelope
 * @param {number} purpose
 * @param {Sealed} sealed
 * @returns {Promise<Opened>}
 */
async function open(envelope, purpose, { reportId, seed, auth, mailboxKey }) {
  const message = decodeMessage(await openEnvelope({ envelope, reportId, purpose, seed }));
  checkLinks(envelope.direction, message);
  const mac = await macOf({ ...envelope, auth, mailboxKey }, message);
  if (!equal(mac, message.mac)) throw new SealError('not written by who it says');
  return { envelope, message, digest: await sha256(envelope.raw) };
}

/**
 * Open a follow-up, or the team's own copy of an answer, with the team's seed; throws FormatError or SealError.
 * @param {Sealed} sealed
 */
export function openAsTeam(sealed) {
  return openAs(sealed, { 'follow-up': PURPOSE.followUp, answer: PURPOSE.answerToTeam });
}

/**
 * Open an answer with the mailbox's seed; throws FormatError or SealError.
 * @param {Sealed} sealed
 */
export function openAsMailbox(sealed) {
  return openAs(sealed, { answer: PURPOSE.answerToMailbox });
}

/**
 * @param {Sealed} sealed
 * @param {Record<string, number>} purposes
 */
async function openAs(sealed, purposes) {
  const envelope = parseEnvelope(sealed.envelope);
  const purpose = purposes[envelope.kind];
  if (purpose === undefined) throw new FormatError('another direction');
  return open(envelope, purpose, sealed);
}
