/** The staff API: JSON both ways, the session's cookie and nothing else. Throws TroubleError and no other. */
import { TroubleError } from './trouble.js';

const ROOT = '/api/v1/staff';
/** @type {Record<number, string>} */
const KINDS = { 401: 'signed-out', 403: 'forbidden', 404: 'missing', 409: 'conflict', 429: 'busy' };

/**
 * @param {string} path
 * @param {RequestInit} init
 */
async function answer(path, init) {
  const response = await fetch(ROOT + path, { ...init, credentials: 'same-origin', cache: 'no-store', redirect: 'error' })
    .catch(() => { throw new TroubleError('offline'); });
  if (!response.ok) throw new TroubleError(KINDS[response.status] ?? 'server');
  if (response.status === 204) return null;
  return response.json().catch(() => { throw new TroubleError('offline'); });
}

/**
 * @param {string} path
 * @returns {Promise<any>}
 */
export function get(path) {
  return answer(path, { headers: { Accept: 'application/json' } });
}

/**
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<any>}
 */
export function post(path, body = {}) {
  return answer(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
}
