/**
 * Follow-ups and answers: only the reporter and the team that opened the report can make or check one (docs/envelope.md
 * section 3.2). `auth` is K_auth and `mailboxKey` the mailbox's public key. The reporter has both from the receipt
 * code; the team has `auth` from the report, and the mailbox key from the server, which is believed only when its hash
 * is the report's.
 */

import type { Bytes } from "./bytes.ts";
import { concat, equal, FormatError, isZero, u8, utf8 } from "./bytes.ts";
import type { Links, Message } from "./content.ts";
import { decodeMessage, encodeMessage, written } from "./content.ts";
import type { Envelope } from "./envelope.ts";
import { ID_LENGTH, openEnvelope, PURPOSE, parseEnvelope, sealEnvelope, TO_REPORTER, TO_TEAM } from "./envelope.ts";
import { hmac, keyId, random, SealError, sha256 } from "./primitives.ts";

export type Letter = Omit<Links, "serial"> & {
  reportId: Bytes;
  teamId: Bytes;
  epoch: number;
  teamKey: Bytes;
  mailboxKey: Bytes;
  auth: Bytes;
  hour: number;
  locale: string;
  text: string;
  messageId?: Bytes;
};

const LABEL = utf8("youthsafe/v1/message");
const VERSION = 1;

async function macOf(
  {
    auth,
    direction,
    reportId,
    mailboxKey,
    messageId,
  }: { auth: Bytes; direction: number; reportId: Bytes; mailboxKey: Bytes; messageId: Bytes },
  message: Omit<Message, "mac">,
) {
  if (isZero(auth)) throw new SealError("a report that wants no reply");
  const ids = concat(reportId, await keyId(mailboxKey), messageId);
  return hmac(auth, concat(LABEL, u8(0), u8(VERSION), u8(direction), ids, written(message)));
}

/** What no message of a direction says of its place; throws FormatError. */
function checkLinks(direction: number, { number, previous, seen, other, serial }: Links) {
  const fits =
    direction === TO_TEAM
      ? (seen === 0) === isZero(other) && !isZero(previous) && serial === 0
      : (number === 1) === isZero(previous) && !isZero(other);
  if (!fits) throw new FormatError("a place that no message of its direction has");
}

async function sealLetter(
  { messageId = random(ID_LENGTH), ...letter }: Letter & { serial: number },
  direction: number,
  recipients: { purpose: number; publicKey: Bytes }[],
) {
  const { reportId, teamId, epoch, number, previous, seen, other, serial, hour, locale, text } = letter;
  const message = { number, previous, seen, other, serial, hour, locale, text };
  checkLinks(direction, message);
  const mac = await macOf({ ...letter, direction, messageId }, message);
  const heading = { direction, reportId, messageId, urgent: false, teamId, epoch };
  const envelope = await sealEnvelope({ ...heading, recipients, content: encodeMessage({ ...message, mac }) });
  return { messageId, envelope };
}

/**
 * A follow-up from the reporter; `previous` is the hash of the newest envelope from the reporter, `other` that of the
 * newest answer seen, or zeros(32).
 */
export function sealFollowUp(letter: Letter): Promise<{ messageId: Bytes; envelope: Bytes }> {
  return sealLetter({ ...letter, serial: 0 }, TO_TEAM, [{ purpose: PURPOSE.followUp, publicKey: letter.teamKey }]);
}

/**
 * An answer from the team, sealed to the mailbox whose key the report named, and to the team; throws SealError for
 * another mailbox. `previous` is the hash of the newest answer, or zeros(32); `other` that of the newest
 * envelope seen from the reporter, of whose follow-ups `seen` were.
 */
export async function sealAnswer({
  mailboxKeyHash,
  ...letter
}: Letter & { serial: number; mailboxKeyHash: Bytes }): Promise<{ messageId: Bytes; envelope: Bytes }> {
  if (!equal(await sha256(letter.mailboxKey), mailboxKeyHash))
    throw new SealError("another mailbox than the report named");
  return sealLetter(letter, TO_REPORTER, [
    { purpose: PURPOSE.answerToMailbox, publicKey: letter.mailboxKey },
    { purpose: PURPOSE.answerToTeam, publicKey: letter.teamKey },
  ]);
}

export type Sealed = { envelope: Uint8Array; reportId: Bytes; seed: Bytes; auth: Bytes; mailboxKey: Bytes };
/** `digest`: what the next message names as `previous`. */
export type Opened = { envelope: Envelope; message: Message; digest: Bytes };

async function open(
  envelope: Envelope,
  purpose: number,
  { reportId, seed, auth, mailboxKey }: Sealed,
): Promise<Opened> {
  const message = decodeMessage(await openEnvelope({ envelope, reportId, purpose, seed }));
  checkLinks(envelope.direction, message);
  const mac = await macOf({ ...envelope, auth, mailboxKey }, message);
  if (!equal(mac, message.mac)) throw new SealError("not written by who it says");
  return { envelope, message, digest: await sha256(envelope.raw) };
}

/** Open a follow-up, or the team's own copy of an answer, with the team's seed; throws FormatError or SealError. */
export function openAsTeam(sealed: Sealed) {
  return openAs(sealed, { "follow-up": PURPOSE.followUp, answer: PURPOSE.answerToTeam });
}

/** Open an answer with the mailbox's seed; throws FormatError or SealError. */
export function openAsMailbox(sealed: Sealed) {
  return openAs(sealed, { answer: PURPOSE.answerToMailbox });
}

async function openAs(sealed: Sealed, purposes: Record<string, number>) {
  const envelope = parseEnvelope(sealed.envelope);
  const purpose = purposes[envelope.kind];
  if (purpose === undefined) throw new FormatError("another direction");
  return open(envelope, purpose, sealed);
}
