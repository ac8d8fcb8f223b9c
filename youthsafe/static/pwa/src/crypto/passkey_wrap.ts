/** A member's seed and pin under what a passkey gives (WebAuthn's PRF): a second kind of wrap (docs/envelope.md section 6.3). */
import { type Bytes, concat, equal, FormatError, Reader, u8, utf8 } from "./bytes.ts";
import { ID_LENGTH } from "./envelope.ts";
import { readWrapped, SEALED_LENGTH, type Wrapped } from "./keyring.ts";
import { gcmOpen, gcmSeal, hkdf, random, SealError, sha256 } from "./primitives.ts";

/** `credential`: SHA-256 of the passkey's id; `salt`: what the passkey was asked with, 32 bytes. */
export interface PasskeyWrapHead {
  memberId: Bytes;
  credential: Bytes;
  salt: Bytes;
}

const VERSION = 1;
const KIND_PASSKEY = 2;
const DIGEST_LENGTH = 32;
const NONCE_LENGTH = 12;
const KIND_AT = 4;
const LABEL = "youthsafe/v1/passkey-wrap";

/** Whether a wrap is a passkey's. Another kind than it and the words' is for `parseWrap` to refuse. */
export const isPasskeyWrap = (bytes: Uint8Array): boolean => bytes[KIND_AT] === KIND_PASSKEY;

/** What a new passkey is asked with. */
export const makePasskeySalt = (): Bytes => random(DIGEST_LENGTH);

export const nameOfCredential = (id: Bytes): Promise<Bytes> => sha256(id);

/** `prf`: the 32 bytes that the passkey gave for the salt. Throws FormatError for another length. */
async function wrapKeyOf(prf: Bytes): Promise<Bytes> {
  if (prf.length !== DIGEST_LENGTH) throw new FormatError("not what a passkey gives");
  return hkdf(prf, LABEL, 32);
}

const writeHead = ({ memberId, credential, salt }: PasskeyWrapHead): Bytes =>
  concat(utf8("YSW"), u8(VERSION), u8(KIND_PASSKEY), memberId, credential, salt);

const aadOf = (head: PasskeyWrapHead): Bytes => concat(utf8(LABEL), u8(0), writeHead(head));

/** Throws FormatError. */
export function parsePasskeyWrap(bytes: Uint8Array): PasskeyWrapHead & { nonce: Bytes; sealed: Bytes } {
  const reader = new Reader(bytes);
  reader.expect(utf8("YSW"), "kind of object");
  reader.expect(u8(VERSION), "version");
  reader.expect(u8(KIND_PASSKEY), "kind of wrap");
  const head = {
    memberId: reader.take(ID_LENGTH),
    credential: reader.take(DIGEST_LENGTH),
    salt: reader.take(DIGEST_LENGTH),
  };
  const [nonce, sealed] = [reader.take(NONCE_LENGTH), reader.take(SEALED_LENGTH)];
  reader.end();
  return { ...head, nonce, sealed };
}

/** 193 bytes. */
export async function sealPasskeyWrap({
  prf,
  seed,
  instanceId,
  fingerprint,
  ...head
}: PasskeyWrapHead & Wrapped & { prf: Bytes }): Promise<Bytes> {
  const nonce = random(NONCE_LENGTH);
  const plaintext = concat(seed, instanceId, fingerprint);
  const sealed = await gcmSeal({ key: await wrapKeyOf(prf), nonce, aad: aadOf(head), plaintext });
  const wrap = concat(writeHead(head), nonce, sealed);
  parsePasskeyWrap(wrap);
  return wrap;
}

/** What a passkey keeps of a member; throws FormatError, or SealError for another passkey, member or answer. */
export async function openPasskeyWrap({
  wrap,
  memberId,
  credential,
  prf,
}: {
  wrap: Uint8Array;
  memberId: Bytes;
  credential: Bytes;
  prf: Bytes;
}): Promise<Wrapped> {
  const { nonce, sealed, ...head } = parsePasskeyWrap(wrap);
  if (!equal(head.memberId, memberId)) throw new SealError("for another member");
  if (!equal(head.credential, credential)) throw new SealError("under another passkey");
  return readWrapped(await gcmOpen({ key: await wrapKeyOf(prf), nonce, aad: aadOf(head), ciphertext: sealed }));
}
