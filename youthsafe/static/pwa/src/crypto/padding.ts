/** Padding to one size, so that a sealed payload's length says nothing (docs/envelope.md section 2.1). */

import type { Bytes } from "./bytes.ts";
import { concat, FormatError, isZero, Reader, u16 } from "./bytes.ts";

export const PADDED_LENGTH = 8192;
const LONGEST = PADDED_LENGTH - 2;

/** `content`: at most 8,190 bytes. Returns 8,192 bytes. */
export function pad(content: Uint8Array): Bytes {
  if (content.length > LONGEST) throw new FormatError("too much to seal");
  return concat(u16(content.length), content, new Uint8Array(LONGEST - content.length));
}

/** The content; throws FormatError for any padding that is not zero. */
export function unpad(padded: Uint8Array): Bytes {
  if (padded.length !== PADDED_LENGTH) throw new FormatError("another length");
  const reader = new Reader(padded);
  const content = reader.lp();
  if (!isZero(reader.take(LONGEST - content.length))) throw new FormatError("padding that is not zero");
  return content;
}
