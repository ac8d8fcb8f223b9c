/**
 * Padding to one size, so that a sealed payload's length says nothing (docs/envelope.md section 2.1).
 *
 * @import { Bytes } from './bytes.js'
 */
import { FormatError, Reader, concat, isZero, u16 } from './bytes.js';

export const PADDED_LENGTH = 8192;
const LONGEST = PADDED_LENGTH - 2;

/**
 * @param {Uint8Array} content  at most 8,190 bytes
 * @returns {Bytes} 8,192 bytes
 */
export function pad(content) {
  if (content.length > LONGEST) throw new FormatError('too much to seal');
  return concat(u16(content.length), content, new Uint8Array(LONGEST - content.length));
}

/**
 * @param {Uint8Array} padded
 * @returns {Bytes} the content; throws FormatError for any padding that is not zero
 */
export function unpad(padded) {
  if (padded.length !== PADDED_LENGTH) throw new FormatError('another length');
  const reader = new Reader(padded);
  const content = reader.lp();
  if (!isZero(reader.take(LONGEST - content.length))) throw new FormatError('padding that is not zero');
  return content;
}
