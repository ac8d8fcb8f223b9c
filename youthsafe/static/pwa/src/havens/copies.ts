/** What a page that was kept on the phone may still say. Times are ISO 8601 with their offset. */

/**
 * Whether a copy is past the moment until which it may be trusted. A time that cannot be read is never trusted. `now`:
 * milliseconds.
 */
export function isTooOld(validUntil: string | undefined, now: number) {
  return !(now < Date.parse(validUntil ?? ""));
}

/**
 * Whether "open now" or "closed now" may have changed since the page was made. `until`: when it changes; none where
 * nobody knows. `now`: milliseconds.
 */
export function mayHaveChanged(until: string | undefined, validUntil: string | undefined, now: number) {
  return isTooOld(validUntil, now) || (until !== undefined && isTooOld(until, now));
}
