/** The change that alters nothing: both lists are signed anew, for as long as they may live. */
import type { Change, NewChange } from "../../../crypto/change.ts";
import { LONGEST_LIFE } from "../../../crypto/roster.ts";

const SECOND = 1000;

/** `now`: in milliseconds. */
export function sameAgain({ bundle, roster }: Change, now: number): NewChange {
  const issuedAt = Math.floor(now / SECOND);
  const life = { issuedAt, notAfter: issuedAt + LONGEST_LIFE };
  return {
    roster: { ...roster, ...life, version: roster.version + 1 },
    bundle: { ...bundle, ...life, serial: bundle.serial + 1 },
    grants: [],
  };
}
