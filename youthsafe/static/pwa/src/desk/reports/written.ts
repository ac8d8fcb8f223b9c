/** The hour that is under a seal, held against the hour in which the server says that it came (docs/envelope.md section 3). */
import { LAST_HOUR } from "../../crypto/content.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LONGEST_WAIT = 90 * DAY; // for as long, a server knows a report again that was kept once and is gone

/** A moment that can be drawn, whatever somebody sealed; `hour` since 1970. */
export const momentOf = (hour: number): number => Math.min(hour, LAST_HOUR) * HOUR;

/**
 * Whether something can have been written in this hour, since 1970, and have come at that moment, as the server writes it:
 * a clock may be a day wrong, and a phone may wait for long.
 */
export function isTimely(hour: number, received: string): boolean {
  const waited = Date.parse(received) - momentOf(hour);
  return waited >= -DAY && waited <= LONGEST_WAIT; // not for a moment that is none
}
