/**
 * What this browser has accepted before: the instance's root at first sight, and the newest roster and bundle since. Public facts only.
 *
 * @import { Bytes } from '../crypto/bytes.js'
 * @typedef {{fingerprint: Bytes, instanceId: Bytes, version: number, serial: number}} Pin
 */
import { openDB } from 'idb';

const open = () => openDB('youthsafe-staff', 1, { upgrade: (database) => void database.createObjectStore('pins') });

/** @returns {Promise<Pin | null>} null before the first sign-in in this browser */
export async function readPin() {
  const database = await open();
  const pin = await database.get('pins', 'root');
  database.close();
  return pin ?? null;
}

/** @param {Pin} pin that was accepted: never one that differs in its root */
export async function writePin(pin) {
  const database = await open();
  await database.put('pins', pin, 'root');
  database.close();
}
