/** Bytes: fixed layouts, base64url and text, read strictly and to the last byte (docs/envelope.md section 1). */
export type Bytes = Uint8Array<ArrayBuffer>;

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const LARGEST_U32 = 0xffffffff;
const LANGUAGE_TAG = /^[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))?$/; // one variant at most

/** Bytes or values that are not exactly in their form. */
export class FormatError extends Error {
  kind = "format";

  constructor(reason: string) {
    super(reason);
    this.name = "FormatError";
  }
}

export function concat(...parts: Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** `length`: in bytes, at most 8. */
function unsigned(number: number, length: number): Bytes {
  if (!Number.isSafeInteger(number) || number < 0 || number >= 2 ** (8 * length))
    throw new FormatError("a number that does not fit");
  const bytes = new Uint8Array(length);
  for (let at = length - 1, rest = number; at >= 0; at -= 1, rest = Math.floor(rest / 256)) bytes[at] = rest % 256;
  return bytes;
}

export const u8 = (number: number) => unsigned(number, 1);

export const u16 = (number: number) => unsigned(number, 2);

export const u32 = (number: number) => unsigned(number, 4);

/** `number`: at most 2^53 - 1. */
export const u64 = (number: number) => unsigned(number, 8);

/** `bytes`: at most 65,535. */
export const lp = (bytes: Uint8Array) => concat(u16(bytes.length), bytes);

/** UTF-8; half of a surrogate pair becomes U+FFFD. */
export function utf8(string: string): Bytes {
  return concat(new TextEncoder().encode(string));
}

/** Read UTF-8, keeping a byte order mark; throws FormatError when malformed. */
export function text(bytes: Uint8Array) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FormatError("malformed UTF-8");
  }
}

/** Whether every browser can read a tag as a language: lower case, no extensions, no part for private use. */
export const isLanguageTag = (tag: string) => LANGUAGE_TAG.test(tag);

/** Write base64url without padding. */
export function b64(bytes: Uint8Array) {
  let written = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const group = (a << 16) | (b << 8) | c;
    const letters = Math.min(bytes.length - at, 3) + 1;
    for (let letter = 0; letter < letters; letter += 1) written += ALPHABET[(group >> (18 - 6 * letter)) & 63];
  }
  return written;
}

/**
 * Read base64url without padding; throws FormatError for anything that `b64` would have written differently. `length`:
 * in bytes.
 */
export function unb64(string: string, length?: number): Bytes {
  if (typeof string !== "string" || !/^[A-Za-z0-9_-]*$/.test(string) || string.length % 4 === 1)
    throw new FormatError("not base64url");
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
  if (held & ((1 << bits) - 1)) throw new FormatError("base64url with unused bits set");
  if (length !== undefined && bytes.length !== length) throw new FormatError("another length");
  return bytes;
}

/** Compare without telling by time where the first difference is. */
export function equal(one: Uint8Array, other: Uint8Array) {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (let at = 0; at < one.length; at += 1) difference |= (one[at] ?? 0) ^ (other[at] ?? 0);
  return difference === 0;
}

/** Whether all are zero. */
export const isZero = (bytes: Uint8Array) => equal(bytes, new Uint8Array(bytes.length));

/** Takes a layout apart from front to back; every refusal is a FormatError. */
export class Reader {
  bytes: Uint8Array<ArrayBufferLike>;
  at = 0;

  constructor(bytes: Uint8Array) {
    if (!(bytes instanceof Uint8Array)) throw new FormatError("bytes are needed");
    this.bytes = bytes;
  }

  /** The next `count` bytes, as a copy. */
  take(count: number): Bytes {
    if (this.at + count > this.bytes.length) throw new FormatError("bytes are missing");
    this.at += count;
    return concat(this.bytes.subarray(this.at - count, this.at));
  }

  /** Read exactly these bytes. */
  expect(bytes: Uint8Array, what: string) {
    if (!equal(this.take(bytes.length), bytes)) throw new FormatError(`another ${what}`);
  }

  #unsigned(length: number) {
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
    if (!Number.isSafeInteger(number)) throw new FormatError("a number too large to count");
    return number;
  }

  /** 0 or 1, as a boolean. */
  flag() {
    const number = this.u8();
    if (number > 1) throw new FormatError("a flag is neither 0 nor 1");
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
    if (!this.done) throw new FormatError("bytes are left over");
  }
}
