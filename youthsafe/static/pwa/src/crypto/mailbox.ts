/** The mailbox that a receipt code stands for (docs/envelope.md section 4). */
import { argon } from "./argon.ts";
import type { Bytes } from "./bytes.ts";
import { concat, Reader, u32, utf8 } from "./bytes.ts";
import { gcmOpen, gcmSeal, hkdf, publicKeyOf, random, sha256 } from "./primitives.ts";

/** The root's; how many follow-ups were sent, and the hash of the newest envelope, which is the report's at first. */
export type Note = { reportId: Bytes; fingerprint: Bytes; sent: number; tip: Bytes };
export type Mailbox = { id: Bytes; token: Bytes; seed: Bytes; publicKey: Bytes; auth: Bytes; noteKey: Bytes };

const MEMORY_KIB = 19_456;
const PASSES = 2;
const NONCE_LENGTH = 12;
const NOTE_LABEL = "youthsafe/v1/self-note";

/** Everything that a receipt code stands for at one instance. Takes a quarter of a second or more. */
export async function deriveMailbox(secret: Bytes, instanceId: Bytes): Promise<Mailbox> {
  const stretched = await argon({ secret, salt: instanceId, memory: MEMORY_KIB, passes: PASSES });
  const [id, token, seed, auth, noteKey] = await Promise.all([
    hkdf(stretched, "youthsafe/v1/mailbox-id", 16),
    hkdf(stretched, "youthsafe/v1/mailbox-token", 32),
    hkdf(stretched, "youthsafe/v1/mailbox-kem", 32),
    hkdf(stretched, "youthsafe/v1/auth", 32),
    hkdf(stretched, NOTE_LABEL, 32),
  ]);
  stretched.fill(0);
  return { id, token, seed, publicKey: await publicKeyOf(seed), auth, noteKey };
}

/**
 * What a report's body says of its mailbox's token: enough for the server to know the token by, and not the token.
 * 32 bytes.
 */
export const verifierOf = (token: Bytes): Promise<Bytes> =>
  sha256(concat(utf8("youthsafe/v1/mailbox-verifier"), new Uint8Array(1), token));

const noteFor = (teamId: Bytes) => concat(utf8(NOTE_LABEL), teamId);

/** 112 bytes. */
export async function sealNote({
  noteKey,
  teamId,
  reportId,
  fingerprint,
  sent,
  tip,
}: Note & { noteKey: Bytes; teamId: Bytes }): Promise<Bytes> {
  const nonce = random(NONCE_LENGTH);
  const plaintext = concat(reportId, fingerprint, u32(sent), tip);
  return concat(nonce, await gcmSeal({ key: noteKey, nonce, aad: noteFor(teamId), plaintext }));
}

/**
 * What the reporter's own page sealed when it sent the newest envelope; throws FormatError or SealError, also for
 * another team than the one that it was sent to.
 */
export async function openNote({
  noteKey,
  teamId,
  note,
}: {
  noteKey: Bytes;
  teamId: Bytes;
  note: Bytes;
}): Promise<Note> {
  const reader = new Reader(note);
  const [nonce, ciphertext] = [reader.take(NONCE_LENGTH), reader.take(100)];
  reader.end();
  const inside = new Reader(await gcmOpen({ key: noteKey, nonce, aad: noteFor(teamId), ciphertext }));
  return { reportId: inside.take(16), fingerprint: inside.take(32), sent: inside.u32(), tip: inside.take(32) };
}
