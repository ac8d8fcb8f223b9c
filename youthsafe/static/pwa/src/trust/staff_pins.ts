/** What the desk accepted before in this browser: the root at first sight, and the newest roster and bundle since. */
import { type Bytes, b64 } from "../crypto/bytes.ts";
import { PinError } from "../crypto/roster.ts";
import { openDatabase } from "../lib/database.ts";
import type { Head } from "./heads.ts";
import { PinStore } from "./pin_store.ts";

/** `version`: of the roster; `serial`: of the bundle; `newest`: the signed change that they are of. */
export interface StaffPin {
  fingerprint: Bytes;
  instanceId: Bytes;
  version: number;
  serial: number;
  newest?: Head;
}

const store = new PinStore<StaffPin>({
  rows: "pins",
  identity: ({ fingerprint, instanceId }) => `${b64(fingerprint)} ${b64(instanceId)}`,
  newest: (kept, pin) => ({
    ...kept,
    version: Math.max(kept.version, pin.version),
    serial: Math.max(kept.serial, pin.serial),
    ...later(kept.newest, pin.newest),
  }),
});

function later(kept: Head | undefined, head: Head | undefined): Pick<StaffPin, "newest"> {
  const newest = kept && head && kept.number > head.number ? kept : (head ?? kept);
  return newest ? { newest } : {};
}

const open = () =>
  openDatabase("youthsafe-staff", (database) => {
    database.createObjectStore("pins");
  });

/** Null before the first sign-in in this browser. */
export async function readStaffPin(): Promise<StaffPin | null> {
  const database = await open();
  const pin = await store.read(database);
  database.close();
  return pin ?? null;
}

/**
 * Keep what was accepted; throws PinError when this browser has accepted another root or instance meanwhile. `before`: the
 * pin from which root changes led to this one.
 */
export async function writeStaffPin(pin: StaffPin, before: StaffPin | null = null): Promise<void> {
  const database = await open();
  const kept = await store.replace(database, (old) => store.follow(old, pin, before));
  database.close();
  if (!kept || !store.isSame(kept, pin)) throw new PinError("mismatch");
}
