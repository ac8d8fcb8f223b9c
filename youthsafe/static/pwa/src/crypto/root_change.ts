/** The root change: a new root key, signed by the one before, so that pins follow (docs/envelope.md section 5.4). */
import { type Bytes, concat, equal, FormatError, Reader, u8, u64, utf8 } from "./bytes.ts";
import { ID_LENGTH } from "./envelope.ts";
import { fingerprint, verifySignature } from "./primitives.ts";
import { type RootKey, signAsRoot } from "./root_key.ts";
import { PinError } from "./roster.ts";

/** Both roots are points of 65 bytes; `changedAt` in Unix seconds. */
export interface RootChange {
  instanceId: Bytes;
  oldRoot: Bytes;
  newRoot: Bytes;
  changedAt: number;
}

const LABEL = "youthsafe/v1/root-change";
const ROOT_LENGTH = 65;
const SIGNATURE_LENGTH = 64;
export const ROOT_CHANGE_LENGTH = 4 + ID_LENGTH + 2 * ROOT_LENGTH + 8 + SIGNATURE_LENGTH;
const MOST_CHANGES = 64;

export async function signRootChange(oldRoot: RootKey, change: Omit<RootChange, "oldRoot">): Promise<Bytes> {
  const { instanceId, newRoot, changedAt } = change;
  const body = concat(utf8("YSN"), u8(1), instanceId, oldRoot.publicKey, newRoot, u64(changedAt));
  return concat(body, await signAsRoot(oldRoot, LABEL, body));
}

/** Throws FormatError, or SealError where the old root did not sign it. */
export async function parseRootChange(bytes: Bytes): Promise<RootChange> {
  const reader = new Reader(bytes);
  reader.expect(utf8("YSN"), "kind of object");
  reader.expect(u8(1), "version");
  const change = {
    instanceId: reader.take(ID_LENGTH),
    oldRoot: reader.take(ROOT_LENGTH),
    newRoot: reader.take(ROOT_LENGTH),
    changedAt: reader.u64(),
  };
  const signature = reader.take(SIGNATURE_LENGTH);
  reader.end();
  if (equal(change.oldRoot, change.newRoot)) throw new FormatError("the new root is the old one");
  await verifySignature(change.oldRoot, LABEL, bytes.slice(0, -SIGNATURE_LENGTH), signature);
  return change;
}

/**
 * The changes that lead from the pinned root to the one that is shown, oldest first; none where it is the pinned one.
 * `instanceId`: pinned with the root, when it was. Throws PinError where they do not lead there.
 */
export async function followRoot({
  pin,
  root,
  changes,
}: {
  pin: { fingerprint: Bytes; instanceId?: Bytes | undefined };
  root: Bytes;
  changes: readonly Bytes[];
}): Promise<RootChange[]> {
  const shown = await fingerprint(root);
  const followed: RootChange[] = [];
  let at = pin.fingerprint;
  for (const bytes of equal(at, shown) ? [] : changes.slice(0, MOST_CHANGES)) {
    const change = await readable(bytes);
    if (!equal(await fingerprint(change.oldRoot), at)) continue; // from before this browser's pin
    if (pin.instanceId && !equal(change.instanceId, pin.instanceId)) throw new PinError("mismatch");
    followed.push(change);
    at = await fingerprint(change.newRoot);
  }
  if (!equal(at, shown)) throw new PinError("mismatch");
  return followed;
}

async function readable(bytes: Bytes): Promise<RootChange> {
  try {
    return await parseRootChange(bytes);
  } catch {
    throw new PinError("mismatch");
  }
}
