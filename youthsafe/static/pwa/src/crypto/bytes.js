/**
 * Bytes: fixed layouts, base64url and text, read strictly and to the last byte (docs/envelope.md section 1).
 *
 * @typedef {Uint8Array<ArrayBuffer>} Bytes
 */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const LARGEST_U32 = 0xffffffff;
const LANGUAGE_TAG = /^[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))?$/; // one variant at most

/** Bytes or values that are not exactly in their form. */
export class FormatError extends Error {
  /** @param {string} reason */
  constructor(reason) {
    super(reason);
    this.name = 'FormatError';
    this.kind = 'format';
  }
}

/**
 * @param {...Uint8Array} parts
 * @returns {Bytes}
 */
export function concat(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * @param {number} number
 * @param {number} length in bytes, at most 8
 * @returns {Bytes}
 */
function unsigned(number, length) {
  if (!Number.isSafeInteger(number) || number < 0 || number >= 2 ** (8 * length)) throw new FormatError('a number that does not fit');
  const bytes = new Uint8Array(length);
  for (let at = length - 1, rest = number; at >= 0; at -= 1, rest = Math.floor(rest / 256)) bytes[at] = rest % 256;
  return bytes;
}

/** @param {number} number */
export const u8 = (number) => unsigned(number, 1);

/** @param {number} number */
export const u16 = (number) => unsigned(number, 2);

/** @param {number} number */
export const u32 = (number) => unsigned(number, 4);

/** @param {number} number  at most 2^53 - 1 */
export const u64 = (number) => unsigned(number, 8);

/** @param {Uint8Array} bytes  at most 65,535 */
export const lp = (bytes) => concat(u16(bytes.length), bytes);

/**
 * UTF-8; half of a surrogate pair becomes U+FFFD.
 * @param {string} string
 * @returns {Bytes}
 */
export function utf8(string) {
  return concat(new TextEncoder().encode(string));
}

/**
 * Read UTF-8, keeping a byte order mark; throws FormatError when malformed.
 * @param {Uint8Array} bytes
 */
export function text(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FormatError('malformed UTF-8');
  }
}

/**
 * Whether every browser can read a tag as a language: lower case, no extensions, no part for private use.
 * @param {string} tag
 */
export const isLanguageTag = (tag) => LANGUAGE_TAG.test(tag);

/**
 * Write base64url without padding.
 * @param {Uint8Array} bytes
 */
export function b64(bytes) {
  let written = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const group = (a << 16) | (b << 8) | c;
    const letters = Math.min(bytes.length - at, 3) + 1;
    for (let letter = 0; letter < letters; letter += 1) written += ALPHABET[(group >> (18 - 6 * letter)) & 63];
  }
  return written;
}

/**
 * Read base64url without padding; throws FormatError for anything that `b64` would have written differently.
 * @param {string} string
 * @param {number} [length] in bytes
 * @returns {Bytes}
 */
export function unb64(string, length) {
  if (typeof string !== 'string' || !/^[A-Za-z0-9_-]*$/.test(string) || string.length % 4 === 1) throw new FormatError('not base64url');
  const bytes = new Uint8Array(Math.floor((string.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const letter of string) {
    held = ((held << 6) | ALPHABET.indexOf(letter)) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at] = held >> bits;
      at += 1;
    }
  }
  if (held & ((1 << bits) - 1)) throw new FormatError('base64url with unused bits set');
  if (length !== undefined && bytes.length !== length) throw new FormatError('another length');
  return bytes;
}

/**
 * Compare without telling by time where the first difference is.
 * @param {Uint8Array} one
 * @param {Uint8Array} other
 */
export function equal(one, other) {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (let at = 0; at < one.length; at += 1) difference |= one[at] ^ other[at];
  return difference === 0;
}

/** Whether all are zero. @param {Uint8Array} bytes */
export const isZero = (bytes) => equal(bytes, new Uint8Array(bytes.length));

/** Takes a layout apart from front to back; every refusal is a FormatError. */
export class Reader {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    if (!(bytes instanceof Uint8Array)) throw new FormatError('bytes are needed');
    this.bytes = bytes;
    this.at = 0;
  }

  /**
   * The next `count` bytes, as a copy.
   * @param {number} count
   * @returns {Bytes}
   */
  take(count) {
    if (this.at + count > this.bytes.length) throw new FormatError('bytes are missing');
    this.at += count;
    return concat(this.bytes.subarray(this.at - count, this.at));
  }

  /**
   * Read exactly these bytes.
   * @param {Uint8Array} bytes
   * @param {string} what
   */
  expect(bytes, what) {
    if (!equal(this.take(bytes.length), bytes)) throw new FormatError(`another ${what}`);
  }

  /** @param {number} length */
  #unsigned(length) {
    return this.take(length).reduce((number, byte) => number * 256 + byte, 0);
  }

  u8() {
    return this.#unsigned(1);
  }

  u16() {
    return this.#unsigned(2);
  }

  u32() {
    return this.#unsigned(4);
  }

  /** At most 2^53 - 1. */
  u64() {
    const [high, low] = [this.u32(), this.u32()];
    const number = high * (LARGEST_U32 + 1) + low;
    if (!Number.isSafeInteger(number)) throw new FormatError('a number too large to count');
    return number;
  }

  /** 0 or 1, as a boolean. */
  flag() {
    const number = this.u8();
    if (number > 1) throw new FormatError('a flag is neither 0 nor 1');
    return number === 1;
  }

  lp() {
    return this.take(this.u16());
  }

  text() {
    return text(this.lp());
  }

  /** Whether every byte has been read. */
  get done() {
    return this.at === this.bytes.length;
  }

  end() {
    if (!this.done) throw new FormatError('bytes are left over');
  }
}
