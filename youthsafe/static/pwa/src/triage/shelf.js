/**
 * Where a browser keeps answers that are not sent yet: in IndexedDB, sealed by the keeper, found by names that tell nothing.
 *
 * @import { DraftKeys, SealedDraft } from '../crypto/draft.ts'
 * @import { Attempt } from './letter.js'
 * @typedef {{text: string, locale: string, attempts: Attempt[]}} Draft
 * @typedef {Draft & {report: string}} KeptDraft
 */
import { FormatError, b64, unb64 } from '../crypto/bytes.ts';
import { openDraft, sealDraft } from '../crypto/draft.ts';
import { SealError, random } from '../crypto/primitives.ts';
import { openDatabase, transact } from '../lib/database.ts';

const MS_PER_DAY = 86_400_000;
const LONGEST_KEPT = 30; // days
const ROWS = 'drafts';

const open = () => openDatabase('youthsafe-drafts', (database) => void database.createObjectStore(ROWS, { keyPath: 'at' }));
const dayOf = (/** @type {number} */ now) => Math.floor(now / MS_PER_DAY);

/**
 * The rows that a page has read or written, by report. Each write is a new row and takes these away, and no row that another tab wrote meanwhile.
 * @typedef {Map<string, string[]>} Place
 * @type {Place}
 */
const HERE = new Map();

/**
 * @template T
 * @param {(rows: IDBObjectStore) => IDBRequest<T>} action
 */
async function inRows(action) {
  const database = await open();
  try {
    return await transact(database, ROWS, action);
  } finally {
    database.close();
  }
}

/**
 * @param {DraftKeys} keys
 * @param {string} report
 * @param {Draft} draft
 * @param {number} now  milliseconds since 1970
 * @param {Place} [place]
 */
export async function putOnShelf(keys, report, draft, now, place = HERE) {
  const row = await sealDraft(keys, unb64(report, 16), dayOf(now), draft);
  const at = b64(random(16));
  await inRows((rows) => {
    for (const old of place.get(report) ?? []) rows.delete(old);
    return rows.put({ at, ...row });
  });
  place.set(report, [at]);
}

/**
 * @param {string} report
 * @param {Place} [place]
 */
export async function takeFromShelf(report, place = HERE) {
  for (const at of place.get(report) ?? []) await inRows((rows) => rows.delete(at));
  place.delete(report);
}

/**
 * This member's drafts, one for each report. Another's stay where they are, sealed.
 * @param {DraftKeys} keys
 * @param {number} now
 * @param {Place} [place]
 * @returns {Promise<KeptDraft[]>}
 */
export async function onShelf(keys, now, place = HERE) {
  place.clear();
  /** @type {Map<string, KeptDraft>} */
  const found = new Map();
  for (const row of await tidied(now)) {
    const draft = await tryOpen(keys, row);
    if (!draft) continue;
    place.set(draft.report, [...(place.get(draft.report) ?? []), row.at]);
    const before = found.get(draft.report);
    found.set(draft.report, before ? together(before, draft) : draft);
  }
  return [...found.values()];
}

/**
 * What two tabs kept for one report.
 * @param {KeptDraft} one
 * @param {KeptDraft} other
 * @returns {KeptDraft}
 */
function together(one, other) {
  const ids = new Set(one.attempts.map(({ id }) => id));
  const attempts = [...one.attempts, ...other.attempts.filter(({ id }) => !ids.has(id))];
  return { ...one, text: united([one.text, other.text]), locale: one.locale || other.locale, attempts };
}

/**
 * Texts one below the other, without those that stand in another already.
 * @param {string[]} texts
 */
export function united(texts) {
  const different = [...new Set(texts)];
  return different.filter((text) => text && !different.some((other) => other !== text && other.includes(text))).join('\n\n');
}

/**
 * Throw away what is too old, whoever wrote it.
 * @param {number} now
 * @returns {Promise<(SealedDraft & {at: string})[]>} the rest
 */
export async function tidied(now) {
  /** @type {(SealedDraft & {at: string})[]} */
  const rows = await inRows((all) => all.getAll());
  const old = rows.filter(({ day }) => day < dayOf(now) - LONGEST_KEPT);
  for (const { at } of old) await inRows((all) => all.delete(at));
  return rows.filter((row) => !old.includes(row));
}

/**
 * @param {DraftKeys} keys
 * @param {SealedDraft} row
 * @returns {Promise<KeptDraft | null>}
 */
async function tryOpen(keys, row) {
  try {
    return /** @type {any} */ (await openDraft(keys, row));
  } catch (error) {
    if (error instanceof SealError || error instanceof FormatError) return null;
    throw error;
  }
}
