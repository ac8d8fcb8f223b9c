/** The staff API: JSON both ways, the session's cookie and nothing else. Throws TroubleError and no other. */
import { TroubleError } from './trouble.js';

const ROOT = '/api/v1/staff';
/** @type {Record<number, string>} */
const KINDS = { 401: 'signed-out', 403: 'forbidden', 404: 'missing', 409: 'conflict', 429: 'busy' };

/** Whose page this is, once that is known. Tabs share one cookie, so another may have signed in meanwhile. */
let member = '';

export const whose = () => member;

/** @param {string} id  of the member for whom everything is asked from now on; empty for nobody */
export function askFor(id) {
  member = id;
}

/**
 * @param {string} path
 * @param {RequestInit} init
 */
async function ask(path, init) {
  const headers = { ...init.headers, ...(member ? { 'YouthSafe-Member': member } : {}) };
  const response = await fetch(ROOT + path, { ...init, headers, credentials: 'same-origin', cache: 'no-store', redirect: 'error' })
    .catch(() => { throw new TroubleError('offline'); });
  if (!response.ok && response.status !== 304) throw new TroubleError(KINDS[response.status] ?? 'server');
  return response;
}

/**
 * @param {Response} response
 * @returns {Promise<any>}
 */
function read(response) {
  return response.json().catch(() => { throw new TroubleError('offline'); });
}

/**
 * @param {string} path
 * @param {RequestInit} init
 */
async function answer(path, init) {
  const response = await ask(path, init);
  return response.status === 204 ? null : read(response);
}

/**
 * @param {string} path
 * @returns {Promise<any>}
 */
export function get(path) {
  return answer(path, { headers: { Accept: 'application/json' } });
}

/**
 * The same, unless it is as it was when it had this tag: then null.
 * @param {string} path
 * @param {string} tag  empty for none
 * @returns {Promise<{tag: string, body: any} | null>}
 */
export async function look(path, tag) {
  const known = tag ? { 'If-None-Match': tag } : null;
  const response = await ask(path, { headers: { Accept: 'application/json', ...known } });
  return response.status === 304 ? null : { tag: response.headers.get('ETag') ?? '', body: await read(response) };
}

/**
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<any>}
 */
export function post(path, body = {}) {
  return answer(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
}
