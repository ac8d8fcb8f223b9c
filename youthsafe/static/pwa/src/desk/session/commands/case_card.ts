/** In the key worker: case cards. They come in a file of their own, with the first report that is opened. */
import { b64, FormatError } from "../../../crypto/bytes.ts";
import { isNumber, isText, listOf, shape } from "../../guards.ts";
import {
  type CardTies,
  numberOf,
  openCard,
  type SealedEntry,
  sealTypedEntry,
  stateOf,
} from "../../reports/card_opening.ts";
import {
  type CardLine,
  type CardWritten,
  type ListedCard,
  type OpenedCard,
  saysSame,
  type TypedEntry,
} from "../../reports/card_state.ts";
import { keepSlip, postDueSlips } from "../../reports/slips.ts";
import { kindOf, TroubleError } from "../../trouble.ts";
import type { Keys } from "../key_ring.ts";
import { get, post } from "../requests.ts";

const TRIES = 3;

const isPage = shape<{ count: number; entries: (SealedEntry & { number: number })[] }>({
  count: isNumber,
  entries: listOf(shape<SealedEntry & { number: number }>({ number: isNumber, received: isText, entry: isText })),
});

const isNewest = shape<{ entries: { report: string; entry: string }[] }>({
  entries: listOf(shape<{ report: string; entry: string }>({ report: isText, entry: isText })),
});

/** Hashes of the entries that were read, by report, as long as the keys live. */
const seen = new Map<string, Set<string>>();

async function fetchCard(id: string): Promise<SealedEntry[]> {
  const entries: SealedEntry[] = [];
  let more = true;
  for (let after = 0; more; ) {
    const page = await get(`/reports/${id}/card?after=${after}`, isPage);
    entries.push(...page.entries);
    after = page.entries.at(-1)?.number ?? after;
    more = page.entries.length > 0 && entries.length < page.count;
  }
  return entries;
}

async function look(ties: CardTies): Promise<{ card: OpenedCard; sealed: SealedEntry[] }> {
  const before = seen.get(ties.id) ?? new Set();
  seen.set(ties.id, before);
  const sealed = await fetchCard(ties.id);
  return { sealed, card: await openCard(ties, sealed, before) };
}

/** `tiesNow`: with keys that were got anew, for entries under a key that this desk did not have yet. */
export async function lookAtCard(ties: () => Promise<CardTies>, tiesNow: () => Promise<CardTies>): Promise<OpenedCard> {
  const found = await ties();
  const keysNow = async () => (await tiesNow()).keys;
  void postDueSlips(found.drafts, keysNow, post, Date.now()).catch(() => null); // they wait for the next look
  const { card } = await look(found);
  return card.alarms.includes("entries") ? (await look(await tiesNow())).card : card;
}

export const numbersOf = (ids: readonly string[]): Promise<string[]> => Promise.all(ids.map(numberOf));

/** What a list says of these reports; at most 40. */
export async function cardLines(reports: readonly ListedCard[], keys: Keys): Promise<CardLine[]> {
  const of = reports.filter(({ entries }) => entries > 0).map(({ id }) => id);
  const { entries } = of.length > 0 ? await get(`/cards?of=${of.join(",")}`, isNewest) : { entries: [] };
  const newest = new Map(entries.map(({ report, entry }) => [report, entry]));
  const line = async (listed: ListedCard): Promise<CardLine> => ({
    id: listed.id,
    number: await numberOf(listed.id),
    state: await stateOf(keys, listed, newest.get(listed.id) ?? ""),
  });
  return Promise.all(reports.map(line));
}

/**
 * Write after the newest entry. Where somebody else wrote meanwhile, a note alone is composed anew; what changes the card is the person's to look at
 * again.
 */
export async function writeOnCard(typed: TypedEntry, tiesNow: () => Promise<CardTies>): Promise<CardWritten> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const written = await tryToWrite(typed, await tiesNow());
    if (written) return written;
  }
  throw new TroubleError("conflict");
}

/** Null on a conflict. */
async function tryToWrite(typed: TypedEntry, ties: CardTies): Promise<CardWritten | null> {
  const { card, sealed } = await look(ties);
  const newer = card.entries.filter(({ number }) => number > typed.seen);
  if (newer.some((entry) => saysSame(entry, typed))) return saved(ties, card);
  const changes = Object.keys(typed.changes).length > 0 || typed.signs !== undefined;
  if (newer.length > 0 && changes) return { outcome: "unseen", card, counted: true };
  if (card.alarms.includes("cut")) throw new TroubleError("lost");
  const entry = b64(await seal(ties, typed, card, sealed));
  const kept = await post(`/reports/${ties.id}/card`, { entry }).then(
    () => true,
    (error: unknown) => {
      if (kindOf(error) !== "conflict") throw error;
      return false;
    },
  );
  return kept ? arrived(ties, entry) : null;
}

const seal = (ties: CardTies, typed: TypedEntry, card: OpenedCard, sealed: readonly SealedEntry[]) =>
  sealTypedEntry(ties, typed, card, sealed.at(-1), sealed.length, Date.now()).catch((error: unknown) => {
    throw error instanceof FormatError ? new TroubleError("invalid") : error;
  });

/** The server took it; a look shows whether it has it. */
async function arrived(ties: CardTies, entry: string): Promise<CardWritten> {
  const { card, sealed } = await look(ties);
  if (!sealed.some((each) => each.entry === entry)) throw new TroubleError("lost");
  return saved(ties, card);
}

async function saved(ties: CardTies, card: OpenedCard): Promise<CardWritten> {
  return { outcome: "saved", card, counted: await keepSlip(ties, card, Date.now()) };
}
