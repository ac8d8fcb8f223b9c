/**
 * The worker that keeps the keys: they are made from the words here, used here, and end with this worker.
 *
 * @import { Bytes } from '../crypto/bytes.ts'
 * @import { DraftKeys } from '../crypto/draft.ts'
 * @import { Attempt, Sealed, Typed } from './letter.js'
 * @import { Bond, Unsaid } from './opening.js'
 * @import { Keys, Ring, Session } from './ring.js'
 * @import { Draft } from './shelf.js'
 */
import { draftKeys } from '../crypto/draft.ts';
import { FormatError, b64, equal, unb64 } from '../crypto/bytes.ts';
import { writeAcknowledgement } from '../crypto/acknowledgements.ts';
import { hourOf } from '../crypto/content.ts';
import { stretchPassphrase } from '../crypto/keyring.ts';
import { CodeError, wordsToPassphrase } from '../crypto/receipt.ts';
import { wordList } from '../crypto/words.ts';
import { askFor, get, post } from './api.js';
import { bodyOf, sealLetter } from './letter.js';
import { Looking } from './looking.js';
import { openSealed } from './opening.js';
import { readPin, writePin } from './pins.js';
import { acceptRing, describe, openGrants, openOwnWrap, whole } from './ring.js';
import { onShelf, putOnShelf, takeFromShelf, tidied } from './shelf.js';
import { TroubleError, kindOf } from './trouble.js';

/** @type {Keys | null} */
let keys = null;

/** @type {DraftKeys | null} */
let ownKeys = null;

const looking = new Looking({ get, post });

/** @returns {Promise<Ring>} */
const fetchRing = async () => whole(await get('/key-ring'));

/**
 * The secret that the words stand for; throws TroubleError.
 * @param {string} words
 */
function secretOf(words) {
  try {
    return wordsToPassphrase(words, wordList('en'));
  } catch (error) {
    if (error instanceof CodeError) throw new TroubleError(`words-${error.kind}`, error.word);
    throw error;
  }
}

/**
 * Stretch the words, refusing parameters below the floors: a server must not be able to ask for a proof that is easy to guess from.
 * @param {Bytes} secret
 */
function stretcher(secret) {
  /** @type {{salt: Bytes, memory: number, passes: number, stretched: {proof: Bytes, wrapKey: Bytes}} | null} */
  let last = null;
  return async (/** @type {{salt: Bytes, memory: number, passes: number}} */ { salt, memory, passes }) => {
    if (last && equal(last.salt, salt) && last.memory === memory && last.passes === passes) return last.stretched;
    const stretched = await stretchPassphrase({ secret, salt, memory, passes }).catch((error) => {
      throw error instanceof FormatError ? new TroubleError('weak') : error;
    });
    last = { salt, memory, passes, stretched };
    return stretched;
  };
}

/** @param {{name: string, words: string, code: string}} typed */
async function signIn({ name, words, code }) {
  const stretch = stretcher(secretOf(words));
  const { salt, memory, passes } = await post('/sign-in/start', { name });
  const { proof } = await stretch({ salt: unb64(salt, 16), memory, passes });
  await post('/sign-in', { name, proof: b64(proof), code }).catch((error) => {
    throw kindOf(error) === 'signed-out' ? new TroubleError('refused') : error;
  });
  return openRing(stretch).catch((error) => {
    throw kindOf(error) === 'words' ? new TroubleError('ring') : error; // the server has just said that they are right
  });
}

/** @param {{words: string}} typed */
async function unlock({ words }) {
  return openRing(stretcher(secretOf(words)));
}

/**
 * @param {ReturnType<typeof stretcher>} stretch
 * @returns {Promise<Session>}
 */
async function openRing(stretch) {
  const ring = await fetchRing();
  const own = await openOwnWrap(ring, async (salted) => (await stretch(salted)).wrapKey);
  const accepted = await acceptRing(ring, own, await readPin(), Date.now());
  const opened = await openGrants(ring, accepted, own.seed);
  const ownDraftKeys = await draftKeys(own.seed, accepted.member.id);
  own.seed.fill(0);
  askFor(b64(accepted.member.id));
  await writePin(accepted.pin);
  keys = opened;
  ownKeys = ownDraftKeys;
  return describe(accepted, keys);
}

async function ask() {
  void tidied(Date.now()).catch(() => []); // without a key: a browser that nobody signs in to keeps no draft for ever
  const { member } = await fetchRing();
  return { id: member.id, name: member.name };
}

function held() {
  if (!keys) throw new TroubleError('locked');
  return keys;
}

/** The hashes of what was checked of each report, so that nothing is left out later unseen. @type {Map<string, Set<string>>} */
const checked = new Map();

/** @param {string} id */
async function look(id) {
  const opener = held();
  const before = checked.get(id) ?? new Set();
  const found = await openSealed(await looking.at(id), id, opener, before);
  checked.set(id, new Set([...before, ...found.checked]));
  return found;
}

/** @param {{id: string}} asked */
async function report({ id }) {
  const { report: found, bond, unsaid } = await look(id);
  void acknowledge(id, bond, unsaid);
  return found;
}

/** What was said by this worker: what it looked at last does not show that yet. @type {Set<string>} */
const said = new Set();

/**
 * Tell the reporter, under the key that only they and the team have, what a person of the team did. One that does not arrive is said at a later look.
 * @param {string} id
 * @param {Bond} bond
 * @param {Unsaid[]} unsaid
 */
async function acknowledge(id, bond, unsaid) {
  for (const { kind, insteadOf } of unsaid) {
    const place = `${id} ${kind} ${insteadOf}`;
    if (said.has(place)) continue;
    said.add(place);
    const acknowledgement = b64(await writeAcknowledgement(bond, { kind, hour: hourOf(Date.now()) }));
    await post(`/reports/${id}/acknowledgements`, { acknowledgement, ...(insteadOf && { instead_of: insteadOf }) }).catch((error) => {
      if (kindOf(error) !== 'conflict') said.delete(place); // where another page was quicker, it is said
    });
  }
}

/**
 * Both from one look at the report.
 * @param {Typed} typed
 * @returns {Promise<Sealed>}
 */
async function seal(typed) {
  const { report: found, bond } = await look(typed.id);
  return { attempt: await sealLetter(typed, bond, held(), Date.now()), report: found };
}

/** @param {{typed: Typed, attempt: Attempt}} sealed */
function deliver({ typed, attempt }) {
  held();
  return post(`/reports/${typed.id}/messages`, bodyOf(typed, attempt));
}

function forDrafts() {
  if (!ownKeys) throw new TroubleError('locked');
  return ownKeys;
}

/** @param {{report: string, draft: Draft}} asked */
const keepDraft = async ({ report: id, draft }) => putOnShelf(forDrafts(), id, draft, Date.now());

/** @param {{report: string}} asked */
const dropDraft = async ({ report: id }) => takeFromShelf(id);

const drafts = async () => onShelf(forDrafts(), Date.now());

/** @type {Record<string, (argument: any) => Promise<unknown>>} */
const METHODS = { look: ask, signIn, unlock, report, seal, deliver, keepDraft, dropDraft, drafts };

addEventListener('message', async ({ data: { id, method, argument, member } }) => {
  askFor(member);
  try {
    postMessage({ id, result: await METHODS[method](argument) });
  } catch (error) {
    postMessage({ id, trouble: { kind: kindOf(error), word: error instanceof TroubleError ? error.word : 0 } });
  }
});
