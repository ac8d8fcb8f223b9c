/**
 * One report and its messages, opened and checked. Nothing that the server says is believed where the seal says it too.
 *
 * @import { Bytes } from '../crypto/bytes.ts'
 * @import { Envelope } from '../crypto/envelope.ts'
 * @import { Links, Message, Report } from '../crypto/content.ts'
 * @import { Stub } from './queue.js'
 * @import { Keys } from './ring.js'
 * @typedef {{id: string, number: number, direction: 1 | 2, received: string, envelope: string | null}} SealedMessage  null: damaged at the server
 * @typedef {Stub & {envelope: string, mailbox_key: string | null, messages: SealedMessage[],
 *   acknowledgements: string[], tip: string}} SealedReport  as the server gives it
 * @typedef {{id: string, number: number, direction: 1 | 2, received: string, verdict: 'checked' | 'broken', gap: boolean,
 *   written: number | null, lost: boolean, unseen: number, text: string, locale: string}} OpenedMessage  `written`: the hour under the seal; `lost`: it names a message of the other side that is not here;
 *   `unseen`: answers before it that its writer had not seen
 * @typedef {{field: number, codes: string[] | null, text: string}} OpenedAnswer
 * @typedef {{stub: Stub, written: number | null, locale: string, wantsReply: boolean, answerable: boolean, answers: OpenedAnswer[], thread: OpenedMessage[],
 *   alarms: string[]}} OpenedReport  what the page shows
 * @typedef {{reportId: Bytes, teamId: Bytes, mailboxKey: Bytes, mailboxKeyHash: Bytes, auth: Bytes}} Tie  what every message is checked with
 * @typedef {Tie & Omit<Links, 'serial'>} Bond  what an answer is sealed with
 * @typedef {{kind: number, insteadOf: string | null}} Unsaid  a kind of acknowledgement; `insteadOf`: what is kept as one and is not the team's
 */
import { OPENED, WITHDRAWAL_SEEN, acknowledged } from '../crypto/acknowledgements.ts';
import { FormatError, b64, equal, isZero, unb64 } from '../crypto/bytes.ts';
import { inOrder } from '../crypto/chain.ts';
import { parseEnvelope } from '../crypto/envelope.ts';
import { seedFor } from '../crypto/keyring.ts';
import { openAsTeam } from '../crypto/messages.ts';
import { SealError, sha256 } from '../crypto/primitives.ts';
import { openReport } from '../crypto/report.ts';
import { TroubleError } from './trouble.js';
import { isTimely } from './written.js';

const TEXTS = new Set([4, 6, 9, 10]); // fields of docs/envelope.md section 3.1 that hold text; the others hold codes
const TO_TEAM = 1;
const TO_REPORTER = 2;
const NONE = b64(new Uint8Array(32)); // what the first answer names

/**
 * @param {SealedReport} sealed
 * @param {string} id the report that was asked for
 * @param {Keys} keys
 * @param {ReadonlySet<string>} [before]  the hashes of the messages that were checked at earlier looks
 * @returns {Promise<{report: OpenedReport, bond: Bond, checked: string[], unsaid: Unsaid[]}>} throws TroubleError when the report itself does not open;
 *   `unsaid`: what the reporter still waits to be told
 */
export async function openSealed(sealed, id, keys, before = new Set()) {
  try {
    return await open(sealed, id, keys, before);
  } catch (error) {
    if (isBroken(error)) throw new TroubleError('sealed');
    throw error;
  }
}

/**
 * @param {SealedReport} sealed
 * @param {string} id
 * @param {Keys} keys
 * @param {ReadonlySet<string>} before
 */
async function open(sealed, id, keys, before) {
  const raw = unb64(sealed.envelope);
  const { envelope, report } = await openReport({ envelope: raw, reportId: unb64(id), seed: seedOf(raw, keys) });
  const mailboxKey = unb64(sealed.mailbox_key ?? '');
  const bond = { reportId: envelope.reportId, teamId: envelope.teamId, mailboxKey, mailboxKeyHash: report.mailboxKeyHash, auth: report.auth };
  const { thread, moved, checked, next } = await openThread(sealed, b64(await sha256(envelope.raw)), bond, keys);
  const { envelope: _, mailbox_key, messages, acknowledgements, tip, ...stub } = sealed;
  const alarms = [
    ...(isThreadWhole(thread) && agrees(stub, envelope) ? [] : ['thread']),
    ...(isAllHere(thread, stub) && [...before].every((hash) => checked.includes(hash)) ? [] : ['missing']),
    ...(moved ? ['order'] : []),
    ...(isTimely(report.hour, stub.received) && thread.every(({ written, received }) => written === null || isTimely(written, received)) ? [] : ['hour']),
    ...(tip === b64(next.previous) ? [] : ['tip']),
    ...(await isMailboxTheirs(report, mailboxKey) ? [] : ['mailbox']),
  ];
  const wantsReply = !isZero(report.auth);
  const answerable = wantsReply && !alarms.includes('tip') && !alarms.includes('mailbox');
  const told = report.answers.map(({ field, text }) => ({ field, codes: TEXTS.has(field) ? null : text.split(' '), text }));
  const opened = { stub, written: report.hour, locale: report.locale, wantsReply, answerable, answers: told, thread, alarms };
  const unsaid = wantsReply && !alarms.includes('mailbox') ? await notYetSaid(bond, acknowledgements, stub) : [];
  return { report: opened, bond: { ...bond, ...next }, checked, unsaid };
}

/**
 * That it was opened, and that its reporter took it back, unless the reporter can check that already.
 * @param {Tie} bond
 * @param {readonly string[]} acknowledgements
 * @param {Stub} stub
 * @returns {Promise<Unsaid[]>}
 */
async function notYetSaid(bond, acknowledgements, { withdrawn }) {
  const kept = acknowledgements.map((each) => unb64(each));
  const said = await acknowledged(bond, kept);
  const unsaid = [OPENED, ...(withdrawn ? [WITHDRAWAL_SEEN] : [])].filter((kind) => !said.has(kind));
  return unsaid.map((kind) => ({ kind, insteadOf: acknowledgements[kept.findIndex((each) => each[0] === kind)] ?? null }));
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
  return stub.urgent === envelope.urgent && stub.epoch === envelope.epoch && stub.team === b64(envelope.teamId);
}

/**
 * @param {Report} report
 * @param {Bytes} mailboxKey
 */
async function isMailboxTheirs({ auth, mailboxKeyHash }, mailboxKey) {
  return isZero(auth) || equal(await sha256(mailboxKey), mailboxKeyHash);
}

/**
 * The facts must count the messages that came with them.
 * @param {OpenedMessage[]} thread
 * @param {Stub} stub
 */
const isAllHere = (thread, stub) => [[TO_TEAM, stub.follow_ups], [TO_REPORTER, stub.answers]].every(([side, count]) => thread.filter(({ direction }) => direction === side).length === count);

/** @param {OpenedMessage[]} thread */
const isThreadWhole = (thread) => thread.every(({ verdict, gap, lost }) => verdict === 'checked' && !gap && !lost);

/**
 * Every message, opened. Each direction is put in the order in which its messages name one another, in the places that the server gave it.
 * @param {SealedReport} sealed
 * @param {string} first digest of the report's envelope
 * @param {Tie} bond
 * @param {Keys} keys
 * @returns {Promise<{thread: OpenedMessage[], moved: boolean, checked: string[], next: Omit<Links, 'serial'>}>} `moved`: the server had another order;
 *   `checked`: the hashes of those that were; `next`: the place of the next answer
 */
async function openThread(sealed, first, bond, keys) {
  const links = await openedOnce(sealed.messages, bond, keys);
  const follow = inOrder(links.filter(({ told }) => told.direction === TO_TEAM), first);
  const answer = inOrder(links.filter(({ told }) => told.direction === TO_REPORTER), NONE);
  const sides = new Map([[TO_TEAM, follow.messages.values()], [TO_REPORTER, answer.messages.values()]]);
  const here = new Map([[TO_TEAM, byNumber(follow.messages, first)], [TO_REPORTER, byNumber(answer.messages, NONE)]]);
  let answers = 0;
  const thread = links.map(({ told }) => {
    const placed = sides.get(told.direction)?.next().value;
    if (!placed) return { ...told, gap: false, lost: false, unseen: 0 }; // a direction that there is not is broken
    if (told.direction === TO_REPORTER) answers += 1;
    return { ...placed.message.told, gap: placed.gap, ...named(placed.message, here, answers) };
  });
  const checked = links.flatMap(({ message, hash }) => (message ? [hash] : []));
  return { thread, moved: follow.moved || answer.moved, checked, next: nextPlace(answer.messages.map(({ message }) => message), here) };
}

/**
 * The hash of each message of one direction that was checked, by its number; the first stands for none.
 * @param {{message: Linked}[]} messages
 * @param {string} first
 */
const byNumber = (messages, first) => new Map([[0, first], .../** @type {[number, string][]} */ (
  messages.flatMap(({ message: { message, hash } }) => (message ? [[message.number, hash]] : [])))]);

/**
 * Whether what a message names of the other direction is here, and how many answers of those before it a follow-up had not seen.
 * @param {Linked} link
 * @param {Map<number, Map<number, string>>} here
 * @param {number} answers  that stand before it
 */
function named({ message, told }, here, answers) {
  if (!message) return { lost: false, unseen: 0 };
  const other = here.get(told.direction === TO_TEAM ? TO_REPORTER : TO_TEAM);
  const lost = other?.get(message.seen) !== b64(message.other);
  return { lost, unseen: told.direction === TO_TEAM && !lost ? Math.max(0, answers - message.seen) : 0 };
}

/**
 * @param {Linked[]} answers
 * @param {Map<number, Map<number, string>>} here
 * @returns {Omit<Links, 'serial'>}
 */
function nextPlace(answers, here) {
  const last = answers.reduce((before, { message }) => message?.number ?? before + 1, 0); // one that did not open has a number too
  const followUps = /** @type {Map<number, string>} */ (here.get(TO_TEAM));
  const seen = Math.max(...followUps.keys());
  return { number: last + 1, previous: unb64(answers.at(-1)?.hash ?? NONE), seen, other: unb64(/** @type {string} */ (followUps.get(seen))) };
}

/**
 * The same message a second time counts as broken.
 * @typedef {{previous: string | null, hash: string, number: number | undefined, message: Message | null,
 *   told: Omit<OpenedMessage, 'gap' | 'lost' | 'unseen'>}} Linked
 * @param {SealedMessage[]} messages
 * @param {Tie} bond
 * @param {Keys} keys
 * @returns {Promise<Linked[]>}
 */
async function openedOnce(messages, bond, keys) {
  const seen = new Set();
  const links = [];
  for (const message of messages) {
    const { envelope, ...known } = message;
    const hash = b64(await sha256(unb64(envelope ?? '')));
    const opened = seen.has(hash) ? null : await openMessage(message, bond, keys);
    seen.add(hash);
    const told = { ...known, verdict: verdict(opened), written: opened?.hour ?? null, text: opened?.text ?? '', locale: opened?.locale ?? '' };
    links.push({ previous: opened && b64(opened.previous), hash, number: opened?.number, message: opened, told });
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
 * @param {Tie} bond
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
