/** Signing a change: what it follows is checked, and the root is open only while it signs. */
import { b64, equal, unb64 } from "../../../crypto/bytes.ts";
import {
  type Change,
  checkSignatures,
  composeChange,
  isRefusal,
  type NewChange,
  parseChange,
} from "../../../crypto/change.ts";
import { openRootGrant } from "../../../crypto/root_grant.ts";
import type { RootKey } from "../../../crypto/root_key.ts";
import { type Guard, isText, listOf, shape } from "../../guards.ts";
import { TroubleError } from "../../trouble.ts";
import type { KeyRing } from "../../wire.ts";
import type { Keys } from "../key_ring.ts";
import { get, post } from "../requests.ts";

interface GivenChanges {
  changes: { change: string; signature: string }[];
}

const isGivenChanges: Guard<GivenChanges> = shape<GivenChanges>({
  changes: listOf(shape<GivenChanges["changes"][number]>({ change: isText, signature: isText })),
});

/**
 * Compose, sign and post the change that follows the newest one, whose lists must be those of the ring that was just accepted. `make` is given that
 * newest one. Throws TroubleError; then nothing was changed.
 */
export async function signChange(
  keys: Keys,
  ring: KeyRing,
  make: (before: Change) => NewChange | Promise<NewChange>,
): Promise<void> {
  const before = await newestChange(ring);
  const root = await openRoot(keys, ring);
  try {
    const { content, signature } = await composeChange(root, before, await make(before));
    await post("/changes", { change: b64(content), signature: b64(signature) });
  } catch (error) {
    throw isRefusal(error) ? new TroubleError("signature") : error;
  } finally {
    root.scalar.fill(0);
  }
}

async function newestChange(ring: KeyRing): Promise<Change> {
  const [given] = (await get("/changes", isGivenChanges)).changes;
  if (!given) throw new TroubleError("signature");
  try {
    const change = await parseChange(unb64(given.change));
    await checkSignatures(change, unb64(given.signature, 64));
    const parts = [
      [change.root, ring.root],
      [change.signedRoster.content, ring.roster],
      [change.signedBundle.content, ring.bundle],
    ] as const;
    if (parts.every(([bytes, known]) => equal(bytes, unb64(known)))) return change;
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  throw new TroubleError("signature");
}

/** Throws TroubleError `forbidden` for a member to whom nobody granted the root. */
async function openRoot({ member, own }: Keys, ring: KeyRing): Promise<RootKey> {
  if (ring.root_grant === null) throw new TroubleError("forbidden");
  const granted = { grant: unb64(ring.root_grant), rootPublicKey: unb64(ring.root) };
  try {
    return await openRootGrant({ ...granted, instanceId: own.instanceId, recipientId: member.id, seed: own.seed });
  } catch (error) {
    throw isRefusal(error) ? new TroubleError("signature") : error;
  }
}
