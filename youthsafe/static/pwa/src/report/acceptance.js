/**
 * In a worker: whether this browser can seal at all, and whether to believe a signed bundle.
 *
 * @import { BundlePin } from '../crypto/roster.js'
 * @import { Accepted, Pin } from './trust.js'
 * @import { SignedBundle } from './store.js'
 * @typedef {Awaited<ReturnType<typeof acceptBundle>>} Believed
 */
import { b64, unb64 } from '../crypto/bytes.js';
import { acceptBundle } from '../crypto/roster.js';
import { RefusalError } from './asking.js';

const EMPTY_MODULE = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
/** What the page can say about a bundle; whatever is malformed, unsigned or older than known counts as forged. */
/** @type {Record<string, string>} */
const TROUBLE = { mismatch: 'mismatch', expired: 'expired', early: 'expired' };

/** Raises RefusalError when the browser lacks what sealing needs, or forbids it. */
export async function requireCrypto() {
  if (!globalThis.crypto?.subtle) throw new RefusalError('no-crypto');
  try {
    await WebAssembly.compile(EMPTY_MODULE);
  } catch {
    throw new RefusalError('no-wasm');
  }
}

/**
 * @param {{signed: SignedBundle, pin?: Pin, now: number}} question
 * @returns {Promise<Believed>} raises RefusalError
 */
export async function believe({ signed, pin, now }) {
  try {
    return await acceptBundle({
      bundle: unb64(signed.bundle),
      signature: unb64(signed.signature, 64),
      root: unb64(signed.root, 65),
      pin: pin ? pinned(pin) : null,
      now,
    });
  } catch (error) {
    throw new RefusalError(TROUBLE[/** @type {{kind?: string}} */ (error).kind ?? ''] ?? 'forged');
  }
}

/**
 * @param {Pin} pin
 * @returns {BundlePin}
 */
function pinned({ fingerprint, instance, serial }) {
  return { fingerprint: unb64(fingerprint, 32), instanceId: instance ? unb64(instance, 16) : undefined, serial };
}

/**
 * What the page may know of a bundle: everything but the keys.
 * @param {Believed} bundle
 * @returns {Accepted}
 */
export function described(bundle) {
  return {
    instance: b64(bundle.instanceId),
    fingerprint: b64(bundle.fingerprint),
    serial: bundle.serial,
    closedDays: bundle.closedDays,
    teams: bundle.teams.map(({ id, kind, staffed, name, languages, weekly }) => ({ id: b64(id), kind, staffed, name, languages, weekly })),
  };
}

/**
 * The team to seal to.
 * @param {Believed | null} bundle
 * @param {string} id
 * @param {number} now
 */
export function recipient(bundle, id, now) {
  if (!bundle || now / 1000 >= bundle.notAfter) throw new RefusalError('expired');
  const team = bundle.teams.find((each) => b64(each.id) === id && each.staffed);
  if (!team) throw new RefusalError('closed');
  return { bundle, team };
}
