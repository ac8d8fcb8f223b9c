/**
 * The functions that everything here is made of (docs/envelope.md section 1.1). Nothing in this folder knows a page, a
 * store or a network.
 */
import { Aes256Gcm, CipherSuite, HkdfSha256 } from "@hpke/core";
import { XWing } from "@hpke/hybridkem-x-wing";
import type { Bytes } from "./bytes.ts";
import { concat, utf8 } from "./bytes.ts";

const ZERO = new Uint8Array(1);
const ROOT_LENGTH = 65;
const UNCOMPRESSED = 4; // WebCrypto takes other spellings of a point too, and a root has one fingerprint
const SIGNATURE_LENGTH = 64;

/** Something that does not open, was not signed, or was not made by who it says. */
export class SealError extends Error {
  kind = "seal";

  constructor(reason: string) {
    super(reason);
    this.name = "SealError";
  }
}

export const random = (count: number): Bytes => crypto.getRandomValues(new Uint8Array(count));

/** 32 bytes. */
export async function sha256(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** HKDF-SHA256 with an empty salt. `length`: in bytes; `id`: whose key it is, where a label has one for each. */
export async function hkdf(secret: Bytes, label: string, length: number, id?: Bytes): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const info = id ? concat(utf8(label), ZERO, id) : utf8(label);
  const algorithm = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, 8 * length));
}

/** HMAC-SHA256. Returns 32 bytes. */
export async function hmac(secret: Bytes, bytes: Bytes): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes));
}

/** AES-256-GCM. Returns ciphertext and tag. */
export async function gcmSeal({
  key,
  nonce,
  aad,
  plaintext,
}: {
  key: Bytes;
  nonce: Bytes;
  aad: Bytes;
  plaintext: Bytes;
}): Promise<Bytes> {
  const imported = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt"]);
  return new Uint8Array(
    await crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce, additionalData: aad }, imported, plaintext),
  );
}

/** Open what `gcmSeal` sealed; throws SealError. */
export async function gcmOpen({
  key,
  nonce,
  aad,
  ciphertext,
}: {
  key: Bytes;
  nonce: Bytes;
  aad: Bytes;
  ciphertext: Bytes;
}): Promise<Bytes> {
  const imported = await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["decrypt"]);
  try {
    return new Uint8Array(
      await crypto.subtle.decrypt({ name: "AES-GCM", iv: nonce, additionalData: aad }, imported, ciphertext),
    );
  } catch {
    throw new SealError("does not open");
  }
}

const suite = () => new CipherSuite({ kem: new XWing(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/**
 * HPKE base mode, single shot, with an empty aad; throws SealError for a public key that is none. Returns 1,120 bytes,
 * and the ciphertext with its tag.
 */
export async function hpkeSeal({
  publicKey,
  info,
  plaintext,
}: {
  publicKey: Bytes;
  info: Bytes;
  plaintext: Bytes;
}): Promise<{ enc: Bytes; ct: Bytes }> {
  const hpke = suite();
  try {
    const recipientPublicKey = await hpke.kem.deserializePublicKey(publicKey.slice());
    const { enc, ct } = await hpke.seal({ recipientPublicKey, info }, plaintext);
    return { enc: new Uint8Array(enc), ct: new Uint8Array(ct) };
  } catch {
    throw new SealError("cannot be sealed to this key");
  }
}

/** Open what `hpkeSeal` sealed; throws SealError. The seed, of 32 bytes, is the private key. */
export async function hpkeOpen({
  seed,
  info,
  enc,
  ct,
}: {
  seed: Bytes;
  info: Bytes;
  enc: Bytes;
  ct: Bytes;
}): Promise<Bytes> {
  const hpke = suite();
  try {
    const recipientKey = await hpke.kem.importKey("raw", seed.slice().buffer, false);
    return new Uint8Array(await hpke.open({ recipientKey, enc, info }, ct));
  } catch {
    throw new SealError("does not open");
  }
}

/** The X-Wing public key, of 1,216 bytes, of a seed of 32; throws SealError for another length. */
export async function publicKeyOf(seed: Bytes): Promise<Bytes> {
  const kem = new XWing();
  try {
    const { publicKey } = await kem.generateKeyPairDerand(seed.slice());
    return new Uint8Array(await kem.serializePublicKey(publicKey));
  } catch {
    throw new SealError("not the seed of a key");
  }
}

/** Check the signature, 64 bytes r || s, of the root, a point of 65 bytes, over label and bytes; throws SealError. */
export async function verifySignature(root: Bytes, label: string, bytes: Bytes, signature: Bytes) {
  if (!(await isSigned(root, concat(utf8(label), ZERO, bytes), signature)))
    throw new SealError("not signed by this root");
}

async function isSigned(root: Bytes, message: Bytes, signature: Bytes) {
  if (root.length !== ROOT_LENGTH || root[0] !== UNCOMPRESSED || signature.length !== SIGNATURE_LENGTH) return false;
  try {
    const key = await crypto.subtle.importKey("raw", root, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
    return await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, signature, message);
  } catch {
    return false;
  }
}

const named = (label: string, publicKey: Bytes) => sha256(concat(utf8(label), ZERO, publicKey));

/** The 16-byte name of an X-Wing public key. */
export const keyId = async (publicKey: Bytes) => (await named("youthsafe/v1/key-id", publicKey)).slice(0, 16);

/** The 32-byte pin of a root public key. */
export const fingerprint = (root: Bytes) => named("youthsafe/v1/root", root);
