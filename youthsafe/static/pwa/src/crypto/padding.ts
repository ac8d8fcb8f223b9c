/** Padding to one size, so that a sealed payload's length says nothing (docs/envelope.md section 2.1). */

import type { Bytes } from "./bytes.ts";
import { concat, FormatError, isZero, Reader, u16 } from "./bytes.ts";

export const PADDED_LENGTH = 8192;
const COUNT_LENGTH = 2;

/** `content`: at most `length` - 2 bytes. Returns `length` bytes. */
export function pad(content: Uint8Array, length = PADDED_LENGTH): Bytes {
  const left = length - COUNT_LENGTH - content.length;
  if (left < 0) throw new FormatError("too much to seal");
  return concat(u16(content.length), content, new Uint8Array(left));
}

/** The content; throws FormatError for any padding that is not zero. */
export function unpad(padded: Uint8Array, length = PADDED_LENGTH): Bytes {
  if (padded.length !== length) throw new FormatError("another length");
  const reader = new Reader(padded);
  const content = reader.lp();
  if (!isZero(reader.take(length - COUNT_LENGTH - content.length))) throw new FormatError("padding that is not zero");
  return content;
}
