/**
 * Where a browser keeps answers that are not sent yet: in IndexedDB, sealed by the keeper, found by names that tell nothing.
 *
 * @import { DraftKeys, SealedDraft } from '../crypto/draft.js'
 * @import { Attempt } from './letter.js'
 * @typedef {{text: string, locale: string, attempts: Attempt[]}} Draft
 * @typedef {Draft & {report: string}} KeptDraft
 */
import { FormatError, b64, unb64 } from '../crypto/bytes.js';
import { draftName, openDraft, sealDraft } from '../crypto/draft.js';
import { SealError } from '../crypto/primitives.js';
import { openDatabase, transact } from '../report/database.js';

const MS_PER_DAY = 86_400_000;
const LONGEST_KEPT = 30; // days
const ROWS = 'drafts';

const open = () => openDatabase('youthsafe-drafts', (database) => void database.createObjectStore(ROWS, { keyPath: 'at' }));
const dayOf = (/** @type {number} */ now) => Math.floor(now / MS_PER_DAY);

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
 */
export async function putOnShelf(keys, report, draft, now) {
  const row = await sealDraft(keys, unb64(report, 16), dayOf(now), draft);
  await inRows((rows) => rows.put({ at: b64(row.name), ...row }));
}

/**
 * @param {DraftKeys} keys
 * @param {string} report
 */
export async function takeFromShelf(keys, report) {
  const at = b64(await draftName(keys, unb64(report, 16)));
  await inRows((rows) => rows.delete(at));
}

/**
 * This member's drafts. Another's stay where they are, sealed.
 * @param {DraftKeys} keys
 * @param {number} now
 * @returns {Promise<KeptDraft[]>}
 */
export async function onShelf(keys, now) {
  const opened = await Promise.all((await tidied(now)).map((row) => tryOpen(keys, row)));
  return opened.filter((draft) => draft !== null);
}

/**
 * Throw away what is too old, whoever wrote it.
 * @param {number} now
 * @returns {Promise<SealedDraft[]>} the rest
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
    return await openDraft(keys, row);
  } catch (error) {
    if (error instanceof SealError || error instanceof FormatError) return null;
    throw error;
  }
}
