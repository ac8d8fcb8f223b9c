/**
 * The worker that holds an opened mailbox's keys: it proves who asks, opens answers and seals what is written back. It
 * ends with the page.
 */
import { acknowledged, OPENED, WITHDRAWAL_SEEN } from "../crypto/acknowledgements.ts";
import type { Bytes } from "../crypto/bytes.ts";
import { b64, equal, unb64 } from "../crypto/bytes.ts";
import { hourOf } from "../crypto/content.ts";
import type { Mailbox as Keys } from "../crypto/mailbox.ts";
import { deriveMailbox, openNote, sealNote } from "../crypto/mailbox.ts";
import { CodeError, fitting, isNumbers } from "../crypto/matching.ts";
import { openAsMailbox, sealFollowUp } from "../crypto/messages.ts";
import { sha256 } from "../crypto/primitives.ts";
import { numbersToCode, wordsToCode } from "../crypto/receipt.ts";
import { followRoot } from "../crypto/root_change.ts";
import { parseBundle } from "../crypto/roster.ts";
import { RefusalError } from "../lib/errors.ts";
import { serve } from "../lib/worker_server.ts";
import type { Believed } from "../trust/acceptance.ts";
import { believe, described, recipient, requireCrypto } from "../trust/acceptance.ts";
import type { Own } from "./account.ts";
import { fits, isWhole, newest } from "./account.ts";
import { wordsAt } from "./code_words.ts";
import type { Mailbox } from "./mailbox.ts";
import type { Answer } from "./thread.ts";

const BODY_LENGTH = 12_957;

let believed: Believed | null = null;
let keys: Keys | null = null;
/** `seen`, `other`: the answers that were read, the newest's hash. */
let report: { id: Bytes; team: string; own: Own; seen: number; other: Bytes } | null = null;
/** What was sealed here, by the message's id: sent, or on its way. */
const sealed: Map<string, Own> = new Map();
/** What was sent from here. */
let known: Own | null = null;
const NONE = new Uint8Array(32);

async function accept(question: Parameters<typeof believe>[0]) {
  await requireCrypto();
  believed = await believe(question).catch((error) => evenExpired(error, question));
  return described(believed);
}

/** Answers can be read with a bundle that has run out; writing back checks the date again. */
function evenExpired(error: RefusalError, question: Parameters<typeof believe>[0]) {
  if (error.kind !== "expired") throw error;
  return believe({ ...question, now: parseBundle(unb64(question.signed.bundle)).issuedAt * 1000 });
}

/** `words`: as typed. `lists`: where the lists lie that a code may be written in, the page's own first. */
async function derive({ words, lists }: { words: string; lists: readonly string[] }) {
  if (!believed) throw new RefusalError("forged");
  const secret = await secretOf(words, lists).catch((error) => {
    throw error instanceof CodeError ? new RefusalError(`code-${error.kind}`, error.word) : error;
  });
  report = null;
  known = null;
  sealed.clear();
  keys = await deriveMailbox(secret, believed.instanceId);
}

/** The secret of a code in the first list that it fits; what is wrong with it is said of the list that most of its words are of. */
async function secretOf(typed: string, lists: readonly string[]) {
  if (isNumbers(typed)) return numbersToCode(typed);
  let [most, wrong]: [number, Error] = [-1, new RefusalError("worker")]; // where no list can be had
  for (const address of lists) {
    const words = await wordsAt(address);
    if (!words) continue;
    try {
      return await wordsToCode(typed, words);
    } catch (error) {
      if (!(error instanceof CodeError)) throw error;
      const fits = fitting(typed, words);
      if (fits > most) [most, wrong] = [fits, error];
    }
  }
  throw wrong;
}

function held() {
  if (!keys || !believed) throw new RefusalError("worker");
  return { keys, believed };
}

function request({ before }: { before: number }) {
  const { id, token } = held().keys;
  return JSON.stringify({ id: b64(id), token: b64(token), before });
}

/**
 * Returns `whole`: nothing that was sent is missing; `serial`: of the newest bundle that an answer names; `said`: by
 * the team itself.
 */
async function open({ mailbox, now }: { mailbox: Mailbox; now: number }): Promise<{
  answers: Answer[];
  writable: boolean;
  whole: boolean;
  serial: number;
  said: { opened: boolean; withdrawalSeen: boolean };
}> {
  const { id, team, own } = await recognised(mailbox);
  const answers = await Promise.all(
    mailbox.answers.map(async ({ number, envelope }) => ({ number, opened: await opened(envelope, id, own) })),
  );
  const read = answers.flatMap(({ opened: message }) => message ?? []);
  const last = read.reduce(
    (before: (typeof read)[0] | null, each) => (before && before.number >= each.number ? before : each),
    null,
  );
  report = { id, team, own, seen: last?.number ?? 0, other: last ? unb64(last.hash, 32) : NONE };
  const whole = isWhole(own, { tip: mailbox.report.tip, sent: mailbox.sent });
  return {
    answers,
    writable: isWritable(team, now),
    whole,
    serial: Math.max(0, ...read.map(({ serial }) => serial)),
    said: await saidOf(mailbox.report, id),
  };
}

/** What the team said of the report. A server can leave it out, and can not make it up. */
async function saidOf({ acknowledgements }: Mailbox["report"], reportId: Bytes) {
  const { auth, publicKey: mailboxKey } = held().keys;
  const written = acknowledgements.map((each) => bytesOf(each));
  const kinds = await acknowledged({ auth, reportId, mailboxKey }, written);
  return { opened: kinds.has(OPENED), withdrawalSeen: kinds.has(WITHDRAWAL_SEEN) };
}

function bytesOf(written: string) {
  try {
    return unb64(written);
  } catch {
    return NONE;
  }
}

/** Only a report that carries the reporter's own mark, for the team that they chose, is shown. */
async function recognised({ report: found }: Mailbox) {
  const {
    keys: { noteKey },
    believed: { instanceId, root, changes },
  } = held();
  try {
    const note = await openNote({ noteKey, teamId: unb64(found.team, 16), note: unb64(found.note, 112) });
    if (!equal(note.reportId, unb64(found.id, 16))) throw new RefusalError("exchanged");
    await followRoot({ pin: { fingerprint: note.fingerprint, instanceId }, root, changes });
    return { id: note.reportId, team: found.team, own: newest({ sent: note.sent, tip: b64(note.tip) }, known) };
  } catch {
    throw new RefusalError("exchanged");
  }
}

async function opened(envelope: string, reportId: Bytes, own: Own) {
  const { seed, auth, publicKey } = held().keys;
  try {
    const { message, digest } = await openAsMailbox({
      envelope: unb64(envelope),
      reportId,
      seed,
      auth,
      mailboxKey: publicKey,
    });
    const { hour, locale, text, number, previous, seen, other, serial } = message;
    const had = { seen, fits: fits(own, { seen, other: b64(other) }) };
    return { hour, locale, text, number, previous: b64(previous), hash: b64(digest), ...had, serial };
  } catch {
    return null; // forged, changed, or of another report: refused, and said to be
  }
}

function isWritable(team: string, now: number) {
  try {
    return Boolean(recipient(believed, team, now));
  } catch {
    return false;
  }
}

async function seal({
  text,
  locale,
  now,
}: {
  text: string;
  locale: string;
  now: number;
}): Promise<{ id: string; body: string }> {
  const {
    keys: { id, token, publicKey, auth, noteKey },
    believed: { fingerprint },
  } = held();
  if (!report) throw new RefusalError("worker");
  const { team } = recipient(believed, report.team, now);
  const {
    own: { sent, tip },
    seen,
    other,
    id: reportId,
  } = report;
  const { messageId, envelope } = await sealFollowUp({
    reportId,
    teamId: team.id,
    epoch: team.epoch,
    teamKey: team.publicKey,
    mailboxKey: publicKey,
    auth,
    number: sent + 1,
    previous: unb64(tip, 32),
    seen,
    other,
    hour: hourOf(now),
    locale,
    text,
  });
  const after = await sha256(envelope);
  const note = await sealNote({ noteKey, teamId: team.id, reportId, fingerprint, sent: sent + 1, tip: after });
  sealed.set(b64(messageId), { sent: sent + 1, tip: b64(after) });
  const body = JSON.stringify({ id: b64(id), token: b64(token), after: tip, envelope: b64(envelope), note: b64(note) });
  if (body.length !== BODY_LENGTH) throw new RefusalError("sealing");
  return { id: b64(messageId), body };
}

/** The server said that it keeps this message: from now on it cannot say that there never was one. */
function kept({ id }: { id: string }) {
  known = sealed.get(id) ?? known;
}

const methods = { accept, derive, request, open, seal, kept };
export type Reader = typeof methods;
serve(methods);
