/**
 * What this browser has accepted before: the instance's root at first sight, and the newest roster and bundle since. Public facts only.
 *
 * @import { Bytes } from '../crypto/bytes.ts'
 * @typedef {{fingerprint: Bytes, instanceId: Bytes, version: number, serial: number}} Pin
 */
import { equal } from '../crypto/bytes.ts';
import { PinError } from '../crypto/roster.ts';
import { openDatabase, replace, transact } from '../lib/database.ts';

const open = () => openDatabase('youthsafe-staff', (database) => void database.createObjectStore('pins'));

/** @returns {Promise<Pin | null>} null before the first sign-in in this browser */
export async function readPin() {
  const database = await open();
  const pin = await transact(database, 'pins', (rows) => rows.get('root'));
  database.close();
  return pin ?? null;
}

/** @param {Pin} pin that was accepted; throws PinError when this browser has accepted another root or instance meanwhile */
export async function writePin(pin) {
  const database = await open();
  const kept = await replace(database, 'pins', 'root', (/** @type {Pin | undefined} */ old) => newest(old, pin));
  database.close();
  if (!kept || !same(kept, pin)) throw new PinError('mismatch');
}

/**
 * @param {Pin} kept
 * @param {Pin} pin
 */
function same(kept, pin) {
  return equal(kept.fingerprint, pin.fingerprint) && equal(kept.instanceId, pin.instanceId);
}

/**
 * @param {Pin | undefined} kept
 * @param {Pin} pin
 */
function newest(kept, pin) {
  if (!kept) return pin;
  if (!same(kept, pin)) return kept;
  return { ...kept, version: Math.max(kept.version, pin.version), serial: Math.max(kept.serial, pin.serial) };
}
