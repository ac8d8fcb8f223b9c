/** In the key worker: whether to believe the lists that the root signed, of the staff and of the teams. */
import { equal, unb64 } from "../crypto/bytes.ts";
import type { Wrapped } from "../crypto/keyring.ts";
import { acceptBundle, acceptRoster, type Bundle, PinError, type Roster } from "../crypto/roster.ts";
import type { StaffPin } from "./staff_pins.ts";

/** Each base64url. */
export interface SignedLists {
  root: string;
  roster: string;
  roster_signature: string;
  bundle: string;
  bundle_signature: string;
}

export interface BelievedLists {
  roster: Roster;
  bundle: Bundle;
  pin: StaffPin;
}

/** The root and the instance that a member's words open with the seed. */
export type Known = Pick<Wrapped, "fingerprint" | "instanceId">;

/**
 * The words carry the root and the instance, so a browser that was never here before takes no others either. `pin`: what
 * this browser accepted before; `now` in milliseconds. Throws PinError or FormatError.
 */
export async function believeLists(
  signed: SignedLists,
  { fingerprint, instanceId }: Known,
  pin: StaffPin | null,
  now: number,
): Promise<BelievedLists> {
  if (pin && !(equal(pin.fingerprint, fingerprint) && equal(pin.instanceId, instanceId)))
    throw new PinError("mismatch");
  const held = { ...pin, fingerprint, instanceId };
  const root = unb64(signed.root);
  const [rosterSigned, bundleSigned] = [unb64(signed.roster_signature), unb64(signed.bundle_signature)];
  const roster = await acceptRoster({ roster: unb64(signed.roster), signature: rosterSigned, root, pin: held, now });
  const bundle = await acceptBundle({ bundle: unb64(signed.bundle), signature: bundleSigned, root, pin: held, now });
  return { roster, bundle, pin: { ...held, version: roster.version, serial: bundle.serial } };
}
