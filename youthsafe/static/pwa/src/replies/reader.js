/**
 * The worker that holds an opened mailbox's keys: it proves who asks, opens answers and seals what is written back. It ends with the page.
 *
 * @import { Mailbox as Keys } from '../crypto/receipt.js'
 * @import { Bytes } from '../crypto/bytes.js'
 * @import { Believed } from '../report/acceptance.js'
 * @import { Mailbox } from './mailbox.js'
 * @import { Answer } from './thread.js'
 */
import { b64, equal, unb64 } from '../crypto/bytes.js';
import { hourOf } from '../crypto/content.js';
import { openAsMailbox, sealFollowUp } from '../crypto/messages.js';
import { CodeError, deriveMailbox, openNote, wordsToCode } from '../crypto/receipt.js';
import { parseBundle } from '../crypto/roster.js';
import { wordList } from '../crypto/words.js';
import { believe, described, recipient, requireCrypto } from '../report/acceptance.js';
import { answer } from '../report/answering.js';
import { RefusalError } from '../report/asking.js';

const BODY_LENGTH = 12_797;

/** @type {Believed | null} */
let believed = null;
/** @type {Keys | null} */
let keys = null;
/** @type {{id: Bytes, team: string} | null} */
let report = null;

/** @param {Parameters<typeof believe>[0]} question */
async function accept(question) {
  await requireCrypto();
  believed = await believe(question).catch((error) => evenExpired(error, question));
  return described(believed);
}

/**
 * Answers can be read with a bundle that has run out; writing back checks the date again.
 * @param {RefusalError} error
 * @param {Parameters<typeof believe>[0]} question
 */
function evenExpired(error, question) {
  if (error.kind !== 'expired') throw error;
  return believe({ ...question, now: parseBundle(unb64(question.signed.bundle)).issuedAt * 1000 });
}

/** @param {{words: string}} question */
async function derive({ words }) {
  if (!believed) throw new RefusalError('forged');
  const secret = await wordsToCode(words, wordList('en')).catch((error) => {
    throw error instanceof CodeError ? new RefusalError(`code-${error.kind}`, error.word) : error;
  });
  report = null;
  keys = await deriveMailbox(secret, believed.instanceId);
}

function held() {
  if (!keys || !believed) throw new RefusalError('worker');
  return { keys, believed };
}

/** @param {{before: number}} question */
function request({ before }) {
  const { id, token } = held().keys;
  return JSON.stringify({ id: b64(id), token: b64(token), before });
}

/**
 * @param {{mailbox: Mailbox, now: number}} question
 * @returns {Promise<{answers: Answer[], writable: boolean}>}
 */
async function open({ mailbox, now }) {
  report = await recognised(mailbox);
  const { id } = report;
  const answers = await Promise.all(mailbox.answers.map(async ({ number, envelope }) => ({ number, opened: await opened(envelope, id) })));
  return { answers, writable: isWritable(mailbox.report.team, now) };
}

/**
 * Only a report that carries the reporter's own mark, for the team that they chose, is shown.
 * @param {Mailbox} mailbox
 */
async function recognised({ report: found }) {
  const { keys: { noteKey }, believed: { fingerprint } } = held();
  try {
    const note = await openNote({ noteKey, teamId: unb64(found.team, 16), note: unb64(found.note, 76) });
    if (!equal(note.reportId, unb64(found.id, 16)) || !equal(note.fingerprint, fingerprint)) throw new RefusalError('exchanged');
    return { id: note.reportId, team: found.team };
  } catch {
    throw new RefusalError('exchanged');
  }
}

/**
 * @param {string} envelope
 * @param {Bytes} reportId
 */
async function opened(envelope, reportId) {
  const { seed, auth, publicKey } = held().keys;
  try {
    const { message, digest } = await openAsMailbox({ envelope: unb64(envelope), reportId, seed, auth, mailboxKey: publicKey });
    const { hour, locale, text, previous } = message;
    return { hour, locale, text, previous: b64(previous), hash: b64(digest) };
  } catch {
    return null; // forged, changed, or of another report: refused, and said to be
  }
}

/**
 * @param {string} team
 * @param {number} now
 */
function isWritable(team, now) {
  try {
    return Boolean(recipient(believed, team, now));
  } catch {
    return false;
  }
}

/**
 * @param {{text: string, tip: string, locale: string, now: number}} question  `tip`: hash of the reporter's newest envelope
 * @returns {Promise<{id: string, body: string}>}
 */
async function seal({ text, tip, locale, now }) {
  const { keys: { id, token, publicKey, auth } } = held();
  if (!report) throw new RefusalError('worker');
  const { team } = recipient(believed, report.team, now);
  const { messageId, envelope } = await sealFollowUp({
    reportId: report.id, teamId: team.id, epoch: team.epoch, teamKey: team.publicKey,
    mailboxKey: publicKey, auth, previous: unb64(tip, 32), hour: hourOf(now), locale, text,
  });
  const body = JSON.stringify({ id: b64(id), token: b64(token), after: tip, envelope: b64(envelope) });
  if (body.length !== BODY_LENGTH) throw new RefusalError('sealing');
  return { id: b64(messageId), body };
}

answer({ accept, derive, request, open, seal });
