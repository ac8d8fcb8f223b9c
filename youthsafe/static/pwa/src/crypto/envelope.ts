/**
 * The envelope: content sealed under a fresh key, and that key wrapped to its recipients (docs/envelope.md section 2).
 * Reports and messages are sealed and opened through report.js and messages.js, which check what is inside as well.
 */

import type { Bytes } from "./bytes.ts";
import { concat, equal, FormatError, isZero, Reader, u8, u32, utf8 } from "./bytes.ts";
import { pad, unpad } from "./padding.ts";
import {
  gcmOpen,
  gcmSeal,
  hkdf,
  hpkeOpen,
  hpkeSeal,
  keyId,
  publicKeyOf,
  random,
  SealError,
  sha256,
} from "./primitives.ts";

export type Wrap = { purpose: number; keyId: Bytes; enc: Bytes; ct: Bytes };
export type Heading = { reportId: Bytes; messageId: Bytes; urgent: boolean; teamId: Bytes; epoch: number };
export type Envelope = Heading & {
  kind: "report" | "follow-up" | "answer";
  direction: number;
  commitment: Bytes;
  wraps: Wrap[];
  sealed: Bytes;
  raw: Bytes;
};
export type Recipient = { purpose: number; publicKey: Bytes };

export const TO_TEAM = 1;
export const TO_REPORTER = 2;
export const PURPOSE = { report: 1, followUp: 2, answerToMailbox: 3, answerToTeam: 4, grant: 5, rootGrant: 6 };
export const ID_LENGTH = 16;
export const NO_ID = new Uint8Array(ID_LENGTH);
const MAGIC = utf8("YS");
const VERSION = 1;
const KEY_LENGTH = 32;
export const ENC_LENGTH = 1120;
const WRAPPED_LENGTH = 48;
const SEALED_LENGTH = 8208;
const ZERO_NONCE = new Uint8Array(12);

export function hpkeInfo(purpose: number, id1: Bytes, id2: Bytes, recipientKeyId: Bytes) {
  return concat(utf8("youthsafe/v1/hpke"), u8(0), u8(VERSION), u8(purpose), id1, id2, recipientKeyId);
}

function readWrap(reader: Reader): Wrap {
  return {
    purpose: reader.u8(),
    keyId: reader.take(ID_LENGTH),
    enc: reader.take(ENC_LENGTH),
    ct: reader.take(WRAPPED_LENGTH),
  };
}

function kindOf(direction: number, isReport: boolean): Envelope["kind"] {
  if (direction === TO_TEAM) return isReport ? "report" : "follow-up";
  if (direction === TO_REPORTER && !isReport) return "answer";
  throw new FormatError("another direction");
}

const PURPOSES = {
  report: [PURPOSE.report],
  "follow-up": [PURPOSE.followUp],
  answer: [PURPOSE.answerToMailbox, PURPOSE.answerToTeam],
};

/** Throws FormatError for anything that is not a report, a follow-up or an answer to its last byte. */
export function parseEnvelope(raw: Uint8Array): Envelope {
  const reader = new Reader(raw);
  reader.expect(MAGIC, "kind of object");
  reader.expect(u8(VERSION), "version");
  const direction = reader.u8();
  const heading = {
    reportId: reader.take(ID_LENGTH),
    messageId: reader.take(ID_LENGTH),
    urgent: reader.flag(),
    teamId: reader.take(ID_LENGTH),
    epoch: reader.u32(),
  };
  const kind = kindOf(direction, isZero(heading.messageId));
  const commitment = reader.take(KEY_LENGTH);
  const purposes = PURPOSES[kind];
  reader.expect(u8(purposes.length), "number of wraps");
  const wraps = purposes.map(() => readWrap(reader));
  const sealed = reader.take(SEALED_LENGTH);
  reader.end();
  if (heading.epoch === 0) throw new FormatError("epochs start at 1");
  if (heading.urgent && kind !== "report") throw new FormatError("a message cannot be urgent");
  if (wraps.some(({ purpose }, at) => purpose !== purposes[at])) throw new FormatError("another purpose of a wrap");
  return { kind, direction, ...heading, commitment, wraps, sealed, raw: concat(raw) };
}

async function wrapTo({ reportId, messageId }: Heading, { purpose, publicKey }: Recipient, dek: Bytes) {
  const recipientKeyId = await keyId(publicKey);
  const info = hpkeInfo(purpose, reportId, messageId, recipientKeyId);
  const { enc, ct } = await hpkeSeal({ publicKey, info, plaintext: dek });
  return concat(u8(purpose), recipientKeyId, enc, ct);
}

const commit = (dek: Bytes) => hkdf(dek, "youthsafe/v1/commit", KEY_LENGTH);

const contentKey = (dek: Bytes) => hkdf(dek, "youthsafe/v1/aead", KEY_LENGTH);

/** The envelope. */
export async function sealEnvelope({
  direction,
  recipients,
  content,
  ...heading
}: Heading & { direction: number; recipients: Recipient[]; content: Bytes }): Promise<Bytes> {
  const dek = random(KEY_LENGTH);
  const { reportId, messageId, urgent, teamId, epoch } = heading;
  const wraps = await Promise.all(recipients.map((recipient) => wrapTo(heading, recipient, dek)));
  const head = concat(
    MAGIC,
    u8(VERSION),
    u8(direction),
    reportId,
    messageId,
    u8(Number(urgent)),
    teamId,
    u32(epoch),
    await commit(dek),
    u8(wraps.length),
    ...wraps,
  );
  const plaintext = pad(content);
  const ciphertext = await gcmSeal({
    key: await contentKey(dek),
    nonce: ZERO_NONCE,
    aad: await sha256(head),
    plaintext,
  });
  dek.fill(0);
  plaintext.fill(0);
  const envelope = concat(head, ciphertext);
  parseEnvelope(envelope);
  return envelope;
}

/**
 * The content of an envelope of one report; throws SealError when the key is not its recipient's or a seal is broken.
 */
export async function openEnvelope({
  envelope,
  reportId,
  purpose,
  seed,
}: {
  envelope: Envelope;
  reportId: Bytes;
  purpose: number;
  seed: Bytes;
}): Promise<Bytes> {
  if (!equal(envelope.reportId, reportId)) throw new SealError("another report");
  const recipient = await keyId(await publicKeyOf(seed));
  const wrap = envelope.wraps.find((each) => each.purpose === purpose && equal(each.keyId, recipient));
  if (!wrap) throw new SealError("not for this key");
  const info = hpkeInfo(purpose, reportId, envelope.messageId, recipient);
  const dek = await hpkeOpen({ seed, info, enc: wrap.enc, ct: wrap.ct });
  const padded = await openPayload(envelope, dek);
  dek.fill(0);
  return unpad(padded);
}

async function openPayload({ raw, commitment, sealed }: Envelope, dek: Bytes) {
  if (dek.length !== KEY_LENGTH || !equal(await commit(dek), commitment))
    throw new SealError("another key than was committed to");
  const aad = await sha256(raw.slice(0, -SEALED_LENGTH));
  return gcmOpen({ key: await contentKey(dek), nonce: ZERO_NONCE, aad, ciphertext: sealed });
}
