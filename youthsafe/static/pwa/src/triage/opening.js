/**
 * One report and its messages, opened and checked. Nothing that the server says is believed where the seal says it too.
 *
 * @import { Bytes } from '../crypto/bytes.js'
 * @import { Envelope } from '../crypto/envelope.js'
 * @import { Report } from '../crypto/content.js'
 * @import { Stub } from './queue.js'
 * @import { Keys } from './ring.js'
 * @typedef {{id: string, number: number, direction: 1 | 2, received: string, envelope: string | null}} SealedMessage  null: damaged at the server
 * @typedef {Stub & {envelope: string, mailbox_key: string | null, messages: SealedMessage[], tip: string}} SealedReport  as the server gives it
 * @typedef {{id: string, number: number, direction: 1 | 2, received: string, verdict: 'checked' | 'broken', gap: boolean,
 *   text: string, locale: string}} OpenedMessage
 * @typedef {{field: number, codes: string[] | null, text: string}} OpenedAnswer
 * @typedef {{stub: Stub, locale: string, wantsReply: boolean, answerable: boolean, answers: OpenedAnswer[], thread: OpenedMessage[],
 *   alarms: string[]}} OpenedReport  what the page shows
 * @typedef {{reportId: Bytes, teamId: Bytes, mailboxKey: Bytes, mailboxKeyHash: Bytes, auth: Bytes, previous: Bytes}} Bond
 *   what an answer is sealed with
 */
import { FormatError, b64, equal, isZero, unb64 } from '../crypto/bytes.js';
import { inOrder } from '../crypto/chain.js';
import { parseEnvelope } from '../crypto/envelope.js';
import { seedFor } from '../crypto/keyring.js';
import { openAsTeam } from '../crypto/messages.js';
import { SealError, sha256 } from '../crypto/primitives.js';
import { openReport } from '../crypto/report.js';
import { TroubleError } from './trouble.js';

const TEXTS = new Set([4, 6, 9, 10]); // fields of docs/envelope.md section 3.1 that hold text; the others hold codes
const TO_TEAM = 1;
const TO_REPORTER = 2;
const NONE = b64(new Uint8Array(32)); // what the first answer names

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
  const mailboxKey = unb64(sealed.mailbox_key ?? '');
  const bond = { reportId: envelope.reportId, teamId: envelope.teamId, mailboxKey, mailboxKeyHash: report.mailboxKeyHash, auth: report.auth };
  const { thread, moved, newest } = await openThread(sealed, await sha256(envelope.raw), bond, keys);
  const { envelope: _, mailbox_key, messages, tip, ...stub } = sealed;
  const alarms = [
    ...(isThreadWhole(thread) && agrees(stub, envelope) ? [] : ['thread']),
    ...(moved ? ['order'] : []),
    ...(tip === newest ? [] : ['tip']),
    ...(await isMailboxTheirs(report, mailboxKey) ? [] : ['mailbox']),
  ];
  const wantsReply = !isZero(report.auth);
  const answerable = wantsReply && !alarms.includes('tip') && !alarms.includes('mailbox');
  const told = report.answers.map(({ field, text }) => ({ field, codes: TEXTS.has(field) ? null : text.split(' '), text }));
  return { report: { stub, locale: report.locale, wantsReply, answerable, answers: told, thread, alarms }, bond: { ...bond, previous: unb64(newest) } };
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

/**
 * Every message, opened. Each direction is put in the order in which its messages name one another, in the places that the server gave it.
 * @param {SealedReport} sealed
 * @param {Bytes} first digest of the report's envelope
 * @param {Omit<Bond, 'previous'>} bond
 * @param {Keys} keys
 * @returns {Promise<{thread: OpenedMessage[], moved: boolean, newest: string}>} `moved`: the server had another order;
 *   `newest`: what the next answer names as the one before it
 */
async function openThread(sealed, first, bond, keys) {
  const links = await openedOnce(sealed.messages, bond, keys);
  const follow = inOrder(links.filter(({ told }) => told.direction === TO_TEAM), b64(first));
  const answer = inOrder(links.filter(({ told }) => told.direction === TO_REPORTER), NONE);
  const sides = new Map([[TO_TEAM, follow.messages.values()], [TO_REPORTER, answer.messages.values()]]);
  const thread = links.map(({ told }) => {
    const placed = sides.get(told.direction)?.next().value;
    return placed ? { ...placed.message.told, gap: placed.gap } : { ...told, gap: false }; // a direction that there is not is broken
  });
  return { thread, moved: follow.moved || answer.moved, newest: answer.messages.at(-1)?.message.hash ?? NONE };
}

/**
 * The same message a second time counts as broken.
 * @param {SealedMessage[]} messages
 * @param {Omit<Bond, 'previous'>} bond
 * @param {Keys} keys
 */
async function openedOnce(messages, bond, keys) {
  const seen = new Set();
  const links = [];
  for (const message of messages) {
    const { envelope, ...known } = message;
    const hash = b64(await sha256(unb64(envelope ?? '')));
    const opened = seen.has(hash) ? null : await openMessage(message, bond, keys);
    seen.add(hash);
    const told = { ...known, verdict: verdict(opened), text: opened?.text ?? '', locale: opened?.locale ?? '' };
    links.push({ previous: opened && b64(opened.previous), hash, told });
  }
  return links;
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
    const raw = unb64(written ?? '');
    const { envelope, message } = await openAsTeam({ envelope: raw, reportId, seed: seedOf(raw, keys), auth, mailboxKey });
    return envelope.direction === direction && b64(envelope.messageId) === id ? message : null;
  } catch (error) {
    if (isBroken(error)) return null;
    throw error;
  }
}
