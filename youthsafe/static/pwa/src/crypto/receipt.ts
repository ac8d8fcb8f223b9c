/** Receipt codes and passphrases as words (docs/envelope.md sections 4 and 6.3). */

import type { Bytes } from "./bytes.ts";
import { concat, FormatError, utf8 } from "./bytes.ts";
import { CODE_WORDS, CodeError, indicesOf, LIST_LENGTH, numbers, placesOf } from "./matching.ts";
import { random, sha256 } from "./primitives.ts";

const SECRET_LENGTH = 9;
const CODE_BITS = 70n;
const CHECK_BITS = 7n;
const PASSPHRASE_WORDS = 6;
const PASSPHRASE_BITS = 66n;
const WORD_BITS = 11n;

const toInteger = (bytes: Uint8Array) => bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);

/** 9 bytes. */
function toSecret(number: bigint): Bytes {
  const bytes = new Uint8Array(SECRET_LENGTH);
  for (let at = 0; at < SECRET_LENGTH; at += 1)
    bytes[at] = Number((number >> BigInt(8 * (SECRET_LENGTH - 1 - at))) & 255n);
  return bytes;
}

const makeSecret = (bits: bigint) => toSecret(BigInt.asUintN(Number(bits), toInteger(random(SECRET_LENGTH))));

/** A secret as a number; throws FormatError for one that so many bits do not hold. */
function numberOf(secret: Bytes, bits: bigint) {
  const number = toInteger(secret);
  if (secret.length !== SECRET_LENGTH || number >> bits > 0n) throw new FormatError(`not a secret of ${bits} bits`);
  return number;
}

function toWords(number: bigint, count: number, words: readonly string[]) {
  if (words.length !== LIST_LENGTH) throw new RangeError("a list has 2,048 words");
  const places = Array.from({ length: count }, (_, at) =>
    Number((number >> (WORD_BITS * BigInt(count - 1 - at))) & 2047n),
  );
  return places.map((place) => words[place] ?? "");
}

const fromPlaces = (places: readonly number[]) =>
  places.reduce((number, index) => (number << WORD_BITS) | BigInt(index), 0n);

async function checkOf(secret: Bytes) {
  const digest = await sha256(concat(utf8("youthsafe/v1/receipt"), new Uint8Array(1), secret));
  return BigInt((digest[0] ?? 0) >> 1);
}

/** The secret, of 9 bytes, of a new receipt code. */
export const makeCode = () => makeSecret(CODE_BITS);

/** Seven words. */
export async function codeToWords(secret: Bytes, words: readonly string[]): Promise<string[]> {
  return toWords((numberOf(secret, CODE_BITS) << CHECK_BITS) | (await checkOf(secret)), CODE_WORDS, words);
}

/** The secret of a receipt code as somebody typed it; throws CodeError. Returns 9 bytes. */
export async function wordsToCode(typed: string, words: readonly string[]): Promise<Bytes> {
  return checked(fromPlaces(indicesOf(typed, CODE_WORDS, words)));
}

/** Seven numbers of four digits: the places of the words, for scripts in which there is no list. */
export const codeToNumbers = (secret: Bytes): Promise<string[]> => codeToWords(secret, numbers());

/** As `wordsToCode`, of a code in numbers. */
export async function numbersToCode(typed: string): Promise<Bytes> {
  return checked(fromPlaces(placesOf(typed, CODE_WORDS)));
}

async function checked(code: bigint) {
  const secret = toSecret(code >> CHECK_BITS);
  if ((code & 127n) !== (await checkOf(secret))) throw new CodeError("check");
  return secret;
}

/** The secret, of 9 bytes, of a new passphrase. */
export const makePassphrase = () => makeSecret(PASSPHRASE_BITS);

/** Six words. */
export const passphraseToWords = (secret: Bytes, words: readonly string[]): string[] =>
  toWords(numberOf(secret, PASSPHRASE_BITS), PASSPHRASE_WORDS, words);

/**
 * The secret of a passphrase as somebody typed it; throws CodeError. There is no check: sign-in tells. Returns 9 bytes.
 */
export const wordsToPassphrase = (typed: string, words: readonly string[]): Bytes =>
  toSecret(fromPlaces(indicesOf(typed, PASSPHRASE_WORDS, words)));
