/**
 * One report and its messages, opened and checked. Nothing that the server says is believed where the seal says it too.
 *
 * @import { Bytes } from '../crypto/bytes.js'
 * @import { Envelope } from '../crypto/envelope.js'
 * @import { Report } from '../crypto/content.js'
 * @import { Stub } from './queue.js'
 * @import { Keys } from './ring.js'
 * @typedef {{id: string, number: number, direction: 1 | 2, received: string, envelope: string}} SealedMessage
 * @typedef {Stub & {envelope: string, mailbox_key: string, messages: SealedMessage[], tip: string}} SealedReport  as the server gives it
 * @typedef {{id: string, number: number, direction: 1 | 2, received: string, verdict: 'checked' | 'broken', gap: boolean,
 *   text: string, locale: string}} OpenedMessage
 * @typedef {{field: number, codes: string[] | null, text: string}} OpenedAnswer
 * @typedef {{stub: Stub, locale: string, wantsReply: boolean, answerable: boolean, answers: OpenedAnswer[], thread: OpenedMessage[],
 *   alarms: string[]}} OpenedReport  what the page shows
 * @typedef {{reportId: Bytes, teamId: Bytes, mailboxKey: Bytes, mailboxKeyHash: Bytes, auth: Bytes, previous: Bytes}} Bond
 *   what an answer is sealed with
 */
import { FormatError, b64, equal, isZero, unb64 } from '../crypto/bytes.js';
import { parseEnvelope } from '../crypto/envelope.js';
import { seedFor } from '../crypto/keyring.js';
import { openAsTeam } from '../crypto/messages.js';
import { SealError, sha256 } from '../crypto/primitives.js';
import { openReport } from '../crypto/report.js';
import { TroubleError } from './trouble.js';

const TEXTS = new Set([4, 6, 9, 10]); // fields of docs/envelope.md section 3.1 that hold text; the others hold codes
const TO_TEAM = 1;
const TO_REPORTER = 2;
const NONE = new Uint8Array(32);

/**
 * @param {SealedReport} sealed
 * @param {string} id the report that was asked for
 * @param {Keys} keys
 * @returns {Promise<{report: OpenedReport, bond: Bond}>} throws TroubleError when the report itself does not open
 */
export async function openSealed(sealed, id, keys) {
  try {
    return await open(sealed, id, keys);
  } catch (error) {
    if (isBroken(error)) throw new TroubleError('sealed');
    throw error;
  }
}

/**
 * @param {SealedReport} sealed
 * @param {string} id
 * @param {Keys} keys
 */
async function open(sealed, id, keys) {
  const raw = unb64(sealed.envelope);
  const { envelope, report } = await openReport({ envelope: raw, reportId: unb64(id), seed: seedOf(raw, keys) });
  const mailboxKey = unb64(sealed.mailbox_key);
  const bond = { reportId: envelope.reportId, teamId: envelope.teamId, mailboxKey, mailboxKeyHash: report.mailboxKeyHash, auth: report.auth };
  const answers = sealed.messages.filter(({ direction }) => direction === TO_REPORTER);
  const previous = await digestOf(answers.at(-1)) ?? NONE;
  const thread = await openThread(sealed, await sha256(envelope.raw), bond, keys);
  const { envelope: _, mailbox_key, messages, tip, ...stub } = sealed;
  const alarms = [
    ...(isThreadWhole(thread) && agrees(stub, envelope) ? [] : ['thread']),
    ...(tip === b64(previous) ? [] : ['tip']),
    ...(await isMailboxTheirs(report, mailboxKey) ? [] : ['mailbox']),
  ];
  const wantsReply = !isZero(report.auth);
  const answerable = wantsReply && !alarms.includes('tip') && !alarms.includes('mailbox');
  const told = report.answers.map(({ field, text }) => ({ field, codes: TEXTS.has(field) ? null : text.split(' '), text }));
  return { report: { stub, locale: report.locale, wantsReply, answerable, answers: told, thread, alarms }, bond: { ...bond, previous } };
}

/**
 * @param {Bytes} raw
 * @param {Keys} keys
 */
function seedOf(raw, { secrets }) {
  const envelope = parseEnvelope(raw);
  const secret = secrets[b64(envelope.teamId)];
  if (!secret) throw new SealError('a team whose key is not here');
  return seedFor(secret, envelope);
}

/** @param {unknown} error */
const isBroken = (error) => error instanceof FormatError || error instanceof SealError;

/**
 * The list and the seal must say the same of it.
 * @param {Stub} stub
 * @param {Envelope} envelope
 */
function agrees(stub, envelope) {
  return stub.urgent === envelope.urgent && stub.team === b64(envelope.teamId);
}

/**
 * @param {Report} report
 * @param {Bytes} mailboxKey
 */
async function isMailboxTheirs({ auth, mailboxKeyHash }, mailboxKey) {
  return isZero(auth) || equal(await sha256(mailboxKey), mailboxKeyHash);
}

/** @param {OpenedMessage[]} thread */
const isThreadWhole = (thread) => thread.every(({ verdict, gap }) => verdict === 'checked' && !gap);

/** @param {SealedMessage | undefined} message */
async function digestOf(message) {
  return message ? sha256(unb64(message.envelope)) : null;
}

/**
 * Every message in the server's order; each must name the one before it in its direction.
 * @param {SealedReport} sealed
 * @param {Bytes} first digest of the report's envelope
 * @param {Omit<Bond, 'previous'>} bond
 * @param {Keys} keys
 * @returns {Promise<OpenedMessage[]>}
 */
async function openThread(sealed, first, bond, keys) {
  const expected = { [TO_TEAM]: first, [TO_REPORTER]: NONE };
  const thread = [];
  for (const message of sealed.messages) {
    const { envelope, ...known } = message;
    const opened = await openMessage(message, bond, keys);
    const gap = opened !== null && !equal(opened.previous, expected[message.direction]);
    thread.push({ ...known, verdict: verdict(opened), gap, text: opened?.text ?? '', locale: opened?.locale ?? '' });
    expected[message.direction] = await sha256(unb64(envelope));
  }
  return thread;
}

/**
 * @param {object | null} opened
 * @returns {'checked' | 'broken'}
 */
const verdict = (opened) => (opened ? 'checked' : 'broken');

/**
 * @param {SealedMessage} message
 * @param {Omit<Bond, 'previous'>} bond
 * @param {Keys} keys
 */
async function openMessage({ id, direction, envelope: written }, { reportId, auth, mailboxKey }, keys) {
  try {
    const raw = unb64(written);
    const { envelope, message } = await openAsTeam({ envelope: raw, reportId, seed: seedOf(raw, keys), auth, mailboxKey });
    return envelope.direction === direction && b64(envelope.messageId) === id ? message : null;
  } catch (error) {
    if (isBroken(error)) return null;
    throw error;
  }
}
