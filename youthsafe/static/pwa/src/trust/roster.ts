/** In the key worker: whether to believe the lists that the root signed, of the staff and of the teams. */
import { equal, unb64 } from "../crypto/bytes.ts";
import type { Change } from "../crypto/change.ts";
import type { Wrapped } from "../crypto/keyring.ts";
import { fingerprint } from "../crypto/primitives.ts";
import { followRoot, type RootChange } from "../crypto/root_change.ts";
import { acceptBundle, acceptRoster, type Bundle, PinError, type Roster } from "../crypto/roster.ts";
import { believeHistory, type GivenChange } from "./heads.ts";
import type { StaffPin } from "./staff_pins.ts";

/** Each base64url. */
export interface SignedLists {
  root: string;
  root_changes: string[];
  roster: string;
  roster_signature: string;
  bundle: string;
  bundle_signature: string;
}

/** `change`: the newest, whose lists these are; `rootChanges`: what led from this browser's pin to the root. */
export interface BelievedLists {
  roster: Roster;
  bundle: Bundle;
  change: Change;
  rootChanges: RootChange[];
  pin: StaffPin;
}

/** The root and the instance that a member's words open with the seed. */
export type Known = Pick<Wrapped, "fingerprint" | "instanceId">;

/**
 * The words carry the root and the instance, so a browser that was never here before takes no others either. `history`:
 * the signed changes from the one on that this browser saw last; `pin`: what it accepted before; `now` in milliseconds.
 * Throws PinError or FormatError.
 */
export async function believeLists(
  signed: SignedLists,
  history: readonly GivenChange[],
  { known, pin, now }: { known: Known; pin: StaffPin | null; now: number },
): Promise<BelievedLists> {
  if (pin && !equal(pin.instanceId, known.instanceId)) throw new PinError("mismatch");
  const root = unb64(signed.root);
  const changes = signed.root_changes.map((change) => unb64(change));
  const sinceWords = await followRoot({ pin: known, root, changes });
  const rootChanges = pin ? await followRoot({ pin, root, changes }) : sinceWords;
  const held = { ...pin, fingerprint: await fingerprint(root), instanceId: known.instanceId };
  const [rosterSigned, bundleSigned] = [unb64(signed.roster_signature), unb64(signed.bundle_signature)];
  const roster = await acceptRoster({ roster: unb64(signed.roster), signature: rosterSigned, root, pin: held, now });
  const bundle = await acceptBundle({ bundle: unb64(signed.bundle), signature: bundleSigned, root, pin: held, now });
  const change = await believeHistory(history, pin?.newest ?? null);
  if (!isOf(change, signed)) throw new PinError("head");
  const newest = { number: change.number, head: change.head };
  return {
    roster,
    bundle,
    change,
    rootChanges,
    pin: { ...held, version: roster.version, serial: bundle.serial, newest },
  };
}

/** Whether these lists are those that the change put in force. */
const isOf = ({ root, signedRoster, signedBundle }: Change, signed: SignedLists): boolean =>
  equal(root, unb64(signed.root)) &&
  equal(signedRoster.content, unb64(signed.roster)) &&
  equal(signedBundle.content, unb64(signed.bundle));
