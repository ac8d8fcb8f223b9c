/** What this browser has accepted before: the instance's root at first sight, and the newest roster and bundle since. Public facts only. */
import { type Bytes, equal } from "../../crypto/bytes.ts";
import { PinError } from "../../crypto/roster.ts";
import { openDatabase, replace, transact } from "../../lib/database.ts";

export interface Pin {
  fingerprint: Bytes;
  instanceId: Bytes;
  version: number;
  serial: number;
}

const open = () =>
  openDatabase("youthsafe-staff", (database) => {
    database.createObjectStore("pins");
  });

/** Null before the first sign-in in this browser. */
export async function readPin(): Promise<Pin | null> {
  const database = await open();
  const pin = await transact<Pin | undefined>(database, "pins", (rows) => rows.get("root"));
  database.close();
  return pin ?? null;
}

/** Keep what was accepted; throws PinError when this browser has accepted another root or instance meanwhile. */
export async function writePin(pin: Pin): Promise<void> {
  const database = await open();
  const kept = await replace(database, "pins", "root", (old: Pin | undefined) => newest(old, pin));
  database.close();
  if (!kept || !isSame(kept, pin)) throw new PinError("mismatch");
}

const isSame = (kept: Pin, pin: Pin): boolean =>
  equal(kept.fingerprint, pin.fingerprint) && equal(kept.instanceId, pin.instanceId);

function newest(kept: Pin | undefined, pin: Pin): Pin {
  if (!kept) return pin;
  if (!isSame(kept, pin)) return kept;
  return { ...kept, version: Math.max(kept.version, pin.version), serial: Math.max(kept.serial, pin.serial) };
}
