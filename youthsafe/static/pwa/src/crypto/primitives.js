/**
 * The functions that everything here is made of (docs/envelope.md section 1.1). Nothing in this folder knows a page, a store or a network.
 *
 * @import { Bytes } from './bytes.js'
 */
import { Aes256Gcm, CipherSuite, HkdfSha256 } from '@hpke/core';
import { XWing } from '@hpke/hybridkem-x-wing';
import { argon2id } from 'hash-wasm';

import { concat, utf8 } from './bytes.js';

const ZERO = new Uint8Array(1);
const ROOT_LENGTH = 65;
const UNCOMPRESSED = 4; // WebCrypto takes other spellings of a point too, and a root has one fingerprint
const SIGNATURE_LENGTH = 64;

/** Something that does not open, was not signed, or was not made by who it says. */
export class SealError extends Error {
  /** @param {string} reason */
  constructor(reason) {
    super(reason);
    this.name = 'SealError';
    this.kind = 'seal';
  }
}

/**
 * @param {number} count
 * @returns {Bytes}
 */
export const random = (count) => crypto.getRandomValues(new Uint8Array(count));

/**
 * @param {Bytes} bytes
 * @returns {Promise<Bytes>} 32 bytes
 */
export async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

/**
 * HKDF-SHA256 with an empty salt.
 * @param {Bytes} secret
 * @param {string} label
 * @param {number} length in bytes
 * @returns {Promise<Bytes>}
 */
export async function hkdf(secret, label, length) {
  const key = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveBits']);
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: utf8(label) };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, 8 * length));
}

/**
 * HMAC-SHA256.
 * @param {Bytes} secret
 * @param {Bytes} bytes
 * @returns {Promise<Bytes>} 32 bytes
 */
export async function hmac(secret, bytes) {
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes));
}

/**
 * Argon2id with one lane and 32 bytes of output.
 * @param {{secret: Bytes, salt: Bytes, memory: number, passes: number}} asked  memory in KiB
 * @returns {Promise<Bytes>}
 */
export async function argon({ secret, salt, memory, passes }) {
  const options = { password: secret, salt, memorySize: memory, iterations: passes, parallelism: 1, hashLength: 32 };
  return concat(await argon2id({ ...options, outputType: 'binary' }));
}

/**
 * AES-256-GCM.
 * @param {{key: Bytes, nonce: Bytes, aad: Bytes, plaintext: Bytes}} given
 * @returns {Promise<Bytes>} ciphertext and tag
 */
export async function gcmSeal({ key, nonce, aad, plaintext }) {
  const imported = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
  return new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce, additionalData: aad }, imported, plaintext));
}

/**
 * Open what `gcmSeal` sealed; throws SealError.
 * @param {{key: Bytes, nonce: Bytes, aad: Bytes, ciphertext: Bytes}} given
 * @returns {Promise<Bytes>}
 */
export async function gcmOpen({ key, nonce, aad, ciphertext }) {
  const imported = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt']);
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: nonce, additionalData: aad }, imported, ciphertext));
  } catch {
    throw new SealError('does not open');
  }
}

const suite = () => new CipherSuite({ kem: new XWing(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/**
 * HPKE base mode, single shot, with an empty aad; throws SealError for a public key that is none.
 * @param {{publicKey: Bytes, info: Bytes, plaintext: Bytes}} given
 * @returns {Promise<{enc: Bytes, ct: Bytes}>} 1,120 bytes, and the ciphertext with its tag
 */
export async function hpkeSeal({ publicKey, info, plaintext }) {
  const hpke = suite();
  try {
    const recipientPublicKey = await hpke.kem.deserializePublicKey(publicKey.slice());
    const { enc, ct } = await hpke.seal({ recipientPublicKey, info }, plaintext);
    return { enc: new Uint8Array(enc), ct: new Uint8Array(ct) };
  } catch {
    throw new SealError('cannot be sealed to this key');
  }
}

/**
 * Open what `hpkeSeal` sealed; throws SealError.
 * @param {{seed: Bytes, info: Bytes, enc: Bytes, ct: Bytes}} given  seed of 32 bytes: the private key
 * @returns {Promise<Bytes>}
 */
export async function hpkeOpen({ seed, info, enc, ct }) {
  const hpke = suite();
  try {
    const recipientKey = await hpke.kem.importKey('raw', seed.slice().buffer, false);
    return new Uint8Array(await hpke.open({ recipientKey, enc, info }, ct));
  } catch {
    throw new SealError('does not open');
  }
}

/**
 * The X-Wing public key, of 1,216 bytes, of a seed of 32; throws SealError for another length.
 * @param {Bytes} seed
 * @returns {Promise<Bytes>}
 */
export async function publicKeyOf(seed) {
  const kem = new XWing();
  try {
    const { publicKey } = await kem.generateKeyPairDerand(seed.slice());
    return new Uint8Array(await kem.serializePublicKey(publicKey));
  } catch {
    throw new SealError('not the seed of a key');
  }
}

/**
 * Check the signature, 64 bytes r || s, of the root, a point of 65 bytes, over label and bytes; throws SealError.
 * @param {Bytes} root
 * @param {string} label
 * @param {Bytes} bytes
 * @param {Bytes} signature
 */
export async function verifySignature(root, label, bytes, signature) {
  if (!(await isSigned(root, concat(utf8(label), ZERO, bytes), signature))) throw new SealError('not signed by this root');
}

/**
 * @param {Bytes} root
 * @param {Bytes} message
 * @param {Bytes} signature
 */
async function isSigned(root, message, signature) {
  if (root.length !== ROOT_LENGTH || root[0] !== UNCOMPRESSED || signature.length !== SIGNATURE_LENGTH) return false;
  try {
    const key = await crypto.subtle.importKey('raw', root, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify']);
    return await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, signature, message);
  } catch {
    return false;
  }
}

/**
 * @param {string} label
 * @param {Bytes} publicKey
 */
const named = (label, publicKey) => sha256(concat(utf8(label), ZERO, publicKey));

/**
 * The 16-byte name of an X-Wing public key.
 * @param {Bytes} publicKey
 */
export const keyId = async (publicKey) => (await named('youthsafe/v1/key-id', publicKey)).slice(0, 16);

/**
 * The 32-byte pin of a root public key.
 * @param {Bytes} root
 */
export const fingerprint = (root) => named('youthsafe/v1/root', root);
