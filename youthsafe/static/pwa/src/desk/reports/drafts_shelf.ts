/** Where a browser keeps answers that are not sent yet: in IndexedDB, sealed in the key worker, found by names that tell nothing. */
import { b64, FormatError, unb64 } from "../../crypto/bytes.ts";
import { type DraftKeys, openDraft, type SealedDraft, sealDraft } from "../../crypto/draft.ts";
import { random, SealError } from "../../crypto/primitives.ts";
import { openDatabase, transact } from "../../lib/database.ts";
import { type Guard, isNumber, isText, listOf, shape } from "../guards.ts";
import type { SealedAnswer } from "./sealing.ts";

/** `attempts`: what was sealed of it and perhaps sent, the newest first. */
export interface Draft {
  text: string;
  locale: string;
  attempts: SealedAnswer[];
}

export interface KeptDraft extends Draft {
  report: string;
}

type ShelfRow = SealedDraft & { at: string };

/**
 * The rows that a page has read or written, by report. Each write is a new row and takes these away, and no row that another tab wrote meanwhile.
 */
export type ShelfPlaces = Map<string, string[]>;

/** Under what a draft for the card of a report is kept, where one for an answer has the report's id. */
export const cardDraft = (report: string): string => `card ${report}`;

/** The same for what is typed into a page to refer it. */
export const referralDraft = (report: string): string => `referral ${report}`;

/** The same for the slip that its outcome is counted from, which waits here. */
export const slipDraft = (report: string): string => `slip ${report}`;

export const isSlipDraft = (place: string): boolean => place.startsWith("slip ");

/** The report of each. */
export const reportOf = (place: string): string => place.slice(-22);

const MS_PER_DAY = 86_400_000;
const LONGEST_KEPT = 30; // days
const ROWS = "drafts";
const HERE: ShelfPlaces = new Map();

const isKeptDraft: Guard<KeptDraft> = shape<KeptDraft>({
  report: isText,
  text: isText,
  locale: isText,
  attempts: listOf(
    shape<SealedAnswer>({
      text: isText,
      locale: isText,
      id: isText,
      after: isText,
      epoch: isNumber,
      envelope: isText,
    }),
  ),
});

const dayOf = (now: number): number => Math.floor(now / MS_PER_DAY);

const open = () =>
  openDatabase("youthsafe-drafts", (database) => {
    database.createObjectStore(ROWS, { keyPath: "at" });
  });

async function inRows<T>(action: (rows: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await transact(database, ROWS, action);
  } finally {
    database.close();
  }
}

/** `now` here and below: milliseconds since 1970. */
export async function putOnShelf(
  keys: DraftKeys,
  report: string,
  draft: Draft,
  now: number,
  places: ShelfPlaces = HERE,
): Promise<void> {
  const row = await sealDraft(keys, unb64(reportOf(report), 16), dayOf(now), { ...draft, report });
  const at = b64(random(16));
  await inRows((rows) => {
    for (const old of places.get(report) ?? []) rows.delete(old);
    return rows.put({ at, ...row });
  });
  places.set(report, [at]);
}

export async function takeFromShelf(report: string, places: ShelfPlaces = HERE): Promise<void> {
  for (const at of places.get(report) ?? []) await inRows((rows) => rows.delete(at));
  places.delete(report);
}

/** This member's drafts, one for each report. Another's stay where they are, sealed. */
export async function draftsOnShelf(keys: DraftKeys, now: number, places: ShelfPlaces = HERE): Promise<KeptDraft[]> {
  places.clear();
  const found = new Map<string, KeptDraft>();
  for (const row of await tidiedShelf(now)) {
    const draft = await tryOpen(keys, row);
    if (!draft) continue;
    places.set(draft.report, [...(places.get(draft.report) ?? []), row.at]);
    const before = found.get(draft.report);
    found.set(draft.report, before ? together(before, draft) : draft);
  }
  return [...found.values()];
}

/** What two tabs kept for one report. */
function together(one: KeptDraft, other: KeptDraft): KeptDraft {
  const ids = new Set(one.attempts.map(({ id }) => id));
  const attempts = [...one.attempts, ...other.attempts.filter(({ id }) => !ids.has(id))];
  return { ...one, text: united([one.text, other.text]), locale: one.locale || other.locale, attempts };
}

/** Texts one below the other, without those that stand in another already. */
export function united(texts: readonly string[]): string {
  const different = [...new Set(texts)];
  const isWithin = (text: string): boolean => different.some((other) => other !== text && other.includes(text));
  return different.filter((text) => text && !isWithin(text)).join("\n\n");
}

/** Throw away what is too old, whoever wrote it; the rest is given. */
export async function tidiedShelf(now: number): Promise<ShelfRow[]> {
  const rows = await inRows<ShelfRow[]>((all) => all.getAll());
  const old = rows.filter(({ day }) => day < dayOf(now) - LONGEST_KEPT);
  for (const { at } of old) await inRows((all) => all.delete(at));
  return rows.filter((row) => !old.includes(row));
}

async function tryOpen(keys: DraftKeys, row: SealedDraft): Promise<KeptDraft | null> {
  try {
    const draft: unknown = await openDraft(keys, row);
    return isKeptDraft(draft) ? draft : null;
  } catch (error) {
    if (error instanceof SealError || error instanceof FormatError) return null;
    throw error;
  }
}
