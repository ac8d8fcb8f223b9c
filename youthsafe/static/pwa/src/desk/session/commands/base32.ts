/** Base32 as authenticator apps read a secret (RFC 4648), without padding. */
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** `bytes`: a multiple of five. */
export function base32(bytes: Uint8Array): string {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  const letters = Math.ceil((bytes.length * 8) / 5);
  return Array.from(
    { length: letters },
    (_, at) => ALPHABET[Number((bits >> BigInt(5 * (letters - 1 - at))) & 31n)],
  ).join("");
}
