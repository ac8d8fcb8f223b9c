/** In a worker: whether this browser can seal at all, and whether to believe a signed bundle. */
import { type Bytes, b64, unb64 } from "../crypto/bytes.ts";
import { fingerprint } from "../crypto/primitives.ts";
import { followRoot } from "../crypto/root_change.ts";
import type { BundlePin } from "../crypto/roster.ts";
import { acceptBundle } from "../crypto/roster.ts";
import { kindOf, RefusalError } from "../lib/errors.ts";
import type { Accepted, Pin } from "./bundle.ts";
import type { SignedBundle } from "./pins.ts";

/** `root`, `changes`: how a pin comes to the root; `rootChanged`: whether this device's did so now. */
export type Believed = Awaited<ReturnType<typeof acceptBundle>> & {
  root: Bytes;
  changes: Bytes[];
  rootChanged: boolean;
};

const EMPTY_MODULE = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
/** What the page can say about a bundle; whatever is malformed, unsigned or older than known counts as forged. */
const TROUBLE: Record<string, string> = { mismatch: "mismatch", expired: "expired", early: "expired" };

/** Raises RefusalError when the browser lacks what sealing needs, or forbids it. */
export async function requireCrypto() {
  if (!globalThis.crypto?.subtle) throw new RefusalError("no-crypto");
  try {
    await WebAssembly.compile(EMPTY_MODULE);
  } catch {
    throw new RefusalError("no-wasm");
  }
}

/** Raises RefusalError. */
export async function believe({
  signed,
  pin,
  now,
}: {
  signed: SignedBundle;
  pin?: Pin;
  now: number;
}): Promise<Believed> {
  try {
    const root = unb64(signed.root, 65);
    const changes = (signed.root_changes ?? []).map((change) => unb64(change));
    const held = pin ? pinned(pin) : null;
    const rootChanged = held !== null && (await followRoot({ pin: held, root, changes })).length > 0;
    if (held && pin?.address)
      await followRoot({ pin: { ...held, fingerprint: unb64(pin.address, 32) }, root, changes });
    const bundle = await acceptBundle({
      bundle: unb64(signed.bundle),
      signature: unb64(signed.signature, 64),
      root,
      pin: held && { ...held, fingerprint: await fingerprint(root) },
      now,
    });
    return { ...bundle, root, changes, rootChanged };
  } catch (error) {
    throw new RefusalError(TROUBLE[kindOf(error, "")] ?? "forged");
  }
}

function pinned({ fingerprint: name, instance, serial }: Pin): BundlePin {
  return { fingerprint: unb64(name, 32), instanceId: instance ? unb64(instance, 16) : undefined, serial };
}

/** What the page may know of a bundle: everything but the keys. */
export function described(bundle: Believed): Accepted {
  return {
    instance: b64(bundle.instanceId),
    fingerprint: b64(bundle.fingerprint),
    serial: bundle.serial,
    rootChanged: bundle.rootChanged,
    closedDays: bundle.closedDays,
    teams: bundle.teams.map(({ id, kind, staffed, name, languages, weekly }) => ({
      id: b64(id),
      kind,
      staffed,
      name,
      languages,
      weekly,
    })),
  };
}

/** The team to seal to. */
export function recipient(bundle: Believed | null, id: string, now: number) {
  if (!bundle || now / 1000 >= bundle.notAfter) throw new RefusalError("expired");
  const team = bundle.teams.find((each) => b64(each.id) === id && each.staffed);
  if (!team) throw new RefusalError("closed");
  return { bundle, team };
}
