/**
 * A key ring from the server, believed only as far as the root's signatures, this browser's pin and the member's own seed bear it out.
 *
 * @import { Bytes } from '../crypto/bytes.ts'
 * @import { TeamSecret, Wrapped } from '../crypto/keyring.ts'
 * @import { Bundle, Member, Roster, TeamKey } from '../crypto/roster.ts'
 * @import { Pin } from './pins.js'
 * @import { Team } from './queue.js'
 * @typedef {{member: {id: string, name: string}, wraps: string[], grants: string[], roster: string, roster_signature: string,
 *   bundle: string, bundle_signature: string, root: string}} Ring  as the server gives it
 * @typedef {{roster: Roster, bundle: Bundle, member: Member, pin: Pin}} Accepted
 * @typedef {{member: Member, roster: Roster, serial: number, secrets: Record<string, TeamSecret>}} Keys  the bundle's serial; secrets by team id
 * @typedef {(salted: {salt: Bytes, memory: number, passes: number}) => Promise<Bytes>} Stretch  the words into the key of one wrap
 * @typedef {{member: {id: string, name: string, role: 'caseworker' | 'coordinator'}, teams: Record<string, Team & {name: string}>,
 *   closedDays: Set<number>, notAfter: number, alarms: string[]}} Session  what the page may know; `notAfter`, in milliseconds, of what ends first
 */
import { FormatError, b64, equal, unb64 } from '../crypto/bytes.ts';
import { WeakError, openGrant, openWrap, parseWrap } from '../crypto/keyring.ts';
import { SealError, publicKeyOf } from '../crypto/primitives.ts';
import { PinError, acceptBundle, acceptRoster } from '../crypto/roster.ts';
import { TroubleError } from './trouble.js';

/** @type {Record<PinError['kind'], string>} */
const TROUBLES = { mismatch: 'pin', forged: 'signature', early: 'signature', older: 'signature', expired: 'expired' };

/**
 * Check everything signed, and find the member in it, whose key must be that of the member's own seed; throws TroubleError.
 * The words themselves carry the pin, so a browser that was never here before takes no other root or instance either.
 * @param {Ring} ring
 * @param {Wrapped} own  what the words opened
 * @param {Pin | null} pin  what this browser accepted before
 * @param {number} now in milliseconds
 * @returns {Promise<Accepted>}
 */
export async function acceptRing(ring, own, pin, now) {
  if (pin && !(equal(pin.fingerprint, own.fingerprint) && equal(pin.instanceId, own.instanceId))) throw new TroubleError('pin');
  try {
    return await accept(ring, own, { ...pin, fingerprint: own.fingerprint, instanceId: own.instanceId }, now);
  } catch (error) {
    if (error instanceof PinError) throw new TroubleError(TROUBLES[error.kind]);
    if (error instanceof FormatError) throw new TroubleError('signature');
    throw error;
  }
}

/**
 * @param {Ring} ring
 * @param {Wrapped} own
 * @param {Partial<Pin> & {fingerprint: Bytes, instanceId: Bytes}} pin
 * @param {number} now
 * @returns {Promise<Accepted>}
 */
async function accept(ring, { seed }, pin, now) {
  const root = unb64(ring.root);
  const roster = await acceptRoster({ roster: unb64(ring.roster), signature: unb64(ring.roster_signature), root, pin, now });
  const bundle = await acceptBundle({ bundle: unb64(ring.bundle), signature: unb64(ring.bundle_signature), root, pin, now });
  const member = roster.members.find(({ id }) => b64(id) === ring.member.id);
  if (!member || !equal(await publicKeyOf(seed), member.publicKey)) throw new TroubleError('member');
  return { roster, bundle, member, pin: { ...pin, version: roster.version, serial: bundle.serial } };
}

const TEXTS = /** @type {const} */ (['roster', 'roster_signature', 'bundle', 'bundle_signature', 'root']);

/**
 * The server's answer, when nothing of it is missing; throws TroubleError: that words open nothing that is not there is no fault of the words.
 * @param {Ring} ring
 * @returns {Ring}
 */
export function whole(ring) {
  const listed = (/** @type {unknown} */ list) => Array.isArray(list) && list.every((each) => typeof each === 'string');
  const texts = TEXTS.every((name) => typeof ring?.[name] === 'string') && typeof ring.member?.id === 'string' && typeof ring.member.name === 'string';
  if (!texts || !listed(ring.wraps) || !listed(ring.grants) || ring.wraps.length === 0) throw new TroubleError('ring');
  return ring;
}

/**
 * Open what the member's words keep: the seed, and the instance and root that it belongs to; throws TroubleError.
 * @param {Ring} ring
 * @param {Stretch} wrapKeyFor
 * @returns {Promise<Wrapped>}
 */
export async function openOwnWrap(ring, wrapKeyFor) {
  for (const wrap of ring.wraps) {
    const own = await tryWrap(wrap, ring.member.id, wrapKeyFor);
    if (own) return own;
  }
  throw new TroubleError('words');
}

/**
 * @param {string} wrap
 * @param {string} memberId
 * @param {Stretch} wrapKeyFor
 */
async function tryWrap(wrap, memberId, wrapKeyFor) {
  try {
    const bytes = unb64(wrap);
    return await openWrap({ wrap: bytes, memberId: unb64(memberId), wrapKey: await wrapKeyFor(parseWrap(bytes)) });
  } catch (error) {
    if (error instanceof WeakError) throw new TroubleError('weak');
    if (error instanceof FormatError) throw new TroubleError('ring');
    if (error instanceof SealError) return null;
    throw error;
  }
}

/**
 * Open the grants of the member's teams. One that does not open leaves its team sealed and is told, and the others go on.
 * @param {Ring} ring
 * @param {Accepted} accepted
 * @param {Bytes} seed the member's own
 * @returns {Promise<Keys>}
 */
export async function openGrants(ring, { roster, bundle, member }, seed) {
  const opened = await Promise.all(ring.grants.map((grant) => tryGrant(grant, roster, member, seed)));
  const secrets = opened.filter((secret) => secret !== null).map((secret) => [b64(secret.teamId), secret]);
  return { member, roster, serial: bundle.serial, secrets: Object.fromEntries(secrets) };
}

/**
 * @param {string} grant
 * @param {Roster} roster
 * @param {Member} member
 * @param {Bytes} seed
 * @returns {Promise<TeamSecret | null>}
 */
async function tryGrant(grant, roster, member, seed) {
  try {
    return await openGrant({ grant: unb64(grant), roster, recipientId: member.id, seed });
  } catch (error) {
    if (error instanceof FormatError || error instanceof SealError) return null;
    throw error;
  }
}

/**
 * The key that the verified roster names for a team; throws TroubleError.
 * @param {Keys} keys
 * @param {Bytes} teamId
 * @returns {TeamKey}
 */
export function teamKey({ roster }, teamId) {
  const team = roster.teams.find(({ id }) => equal(id, teamId));
  if (!team) throw new TroubleError('sealed');
  return team;
}

/**
 * What the page may know of all this: no key.
 * @param {Accepted} accepted
 * @param {Keys} keys
 * @returns {Session}
 */
export function describe({ bundle, roster, member }, { secrets }) {
  const mine = new Set(member.teams.map((id) => b64(id)));
  const teams = bundle.teams.filter(({ id }) => mine.has(b64(id))).map(({ id, name, staffed, weekly }) => [b64(id), { name, staffed, weekly }]);
  return {
    member: { id: b64(member.id), name: member.name, role: member.role },
    teams: Object.fromEntries(teams),
    closedDays: new Set(bundle.closedDays),
    notAfter: Math.min(bundle.notAfter, roster.notAfter) * 1000,
    alarms: [...mine].every((id) => Object.hasOwn(secrets, id)) ? [] : ['grant'],
  };
}
