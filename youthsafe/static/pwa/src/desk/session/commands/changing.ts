/** Signing a change: the root is open only while it signs. */
import { b64, unb64 } from "../../../crypto/bytes.ts";
import { type Change, composeChange, isRefusal, type NewChange } from "../../../crypto/change.ts";
import { openRootGrant } from "../../../crypto/root_grant.ts";
import type { RootKey } from "../../../crypto/root_key.ts";
import { TroubleError } from "../../trouble.ts";
import type { Keys } from "../key_ring.ts";
import { post } from "../requests.ts";

/**
 * Compose, sign and post the change that follows the one that these keys are of. `make` is given that one and the root; `rootGrant`: as the key ring has it. Throws
 * TroubleError; where the server did not answer, nobody knows whether it is in force.
 */
export async function signChange(
  keys: Keys,
  rootGrant: string | null,
  make: (before: Change, root: RootKey) => NewChange | Promise<NewChange>,
): Promise<void> {
  const root = await openRoot(keys, rootGrant);
  try {
    const { content, signature } = await composeChange(root, keys.change, await make(keys.change, root));
    await post("/changes", { change: b64(content), signature: b64(signature) });
  } catch (error) {
    throw isRefusal(error) ? new TroubleError("signature") : error;
  } finally {
    root.scalar.fill(0);
  }
}

/** Throws TroubleError: `forbidden` for a member to whom nobody granted the root. */
async function openRoot({ member, own, change }: Keys, rootGrant: string | null): Promise<RootKey> {
  if (rootGrant === null) throw new TroubleError("forbidden");
  const recipient = { instanceId: own.instanceId, recipientId: member.id, seed: own.seed };
  try {
    return await openRootGrant({ grant: unb64(rootGrant), rootPublicKey: change.root, ...recipient });
  } catch (error) {
    throw isRefusal(error) ? new TroubleError("signature") : error;
  }
}
