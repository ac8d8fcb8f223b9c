/** A report's case card, opened: what each entry says and changed, and how things stand after the newest. */
import { type Bytes, b64, equal, unb64 } from "../../crypto/bytes.ts";
import { type Card, type Entry, openEntry, type ReadEntry, readCard, sealEntry } from "../../crypto/card.ts";
import { type CardName, type Fields, STANDING } from "../../crypto/card_fields.ts";
import { cardNumber } from "../../crypto/card_number.ts";
import { CARD_WORDS } from "../../crypto/card_words.ts";
import { hourOf } from "../../crypto/content.ts";
import type { DraftKeys } from "../../crypto/draft.ts";
import { sha256 } from "../../crypto/primitives.ts";
import { type Keys, teamKey } from "../session/key_ring.ts";
import { TroubleError } from "../trouble.ts";
import {
  type CardAlarm,
  changesBetween,
  type ListedCard,
  type NamedReport,
  type OpenedCard,
  type OpenedEntry,
  type Said,
  type State,
  withChanges,
} from "./card_state.ts";
import { isTimely } from "./written.ts";

/** `first`: the hash of the report's envelope; `received`: when the report came; `drafts`: keys of what waits in the member's browser. */
export interface CardTies {
  id: string;
  first: Bytes;
  received: string;
  teamId: Bytes;
  keys: Keys;
  drafts: DraftKeys;
}

/** An entry as the server gives it. */
export interface SealedEntry {
  received: string;
  entry: string;
}

/** `seen`: hashes of what was read at earlier looks, to which this look adds. */
export async function openCard(ties: CardTies, sealed: readonly SealedEntry[], seen: Set<string>): Promise<OpenedCard> {
  const { id, first, teamId, keys } = ties;
  const secret = keys.secrets[b64(teamId)];
  if (!secret) throw new TroubleError("sealed");
  const bytes = sealed.map(({ entry }) => unb64(entry));
  const card = await readCard({ secret, reportId: unb64(id, 16), first, entries: bytes, seen });
  const received = new Map(await Promise.all(sealed.map(async (each, at) => [await hashOf(bytes[at]), each.received] as const))); // biome-ignore format: one rule a line
  const entries = await Promise.all(shown(card.entries, received, keys).map(named));
  for (const { hash, broken } of entries) if (!broken) seen.add(hash);
  const newest = entries.filter(({ broken }) => !broken).at(-1);
  return {
    number: await numberOf(id),
    entries,
    state: newest?.state ?? {},
    count: sealed.length,
    seen: newest?.number ?? 0,
    alarms: alarmsOf(card, entries),
  };
}

export const numberOf = (id: string): Promise<string> => cardNumber(unb64(id, 16), CARD_WORDS);

const hashOf = async (bytes: Bytes | undefined): Promise<string> => b64(await sha256(bytes ?? new Uint8Array(0)));

function alarmsOf({ moved, cut }: Card, entries: readonly OpenedEntry[]): CardAlarm[] {
  const raised: Record<CardAlarm, boolean> = {
    entries: entries.some(({ broken, gap }) => broken || gap),
    order: moved,
    cut,
    hour: entries.some(({ written, received }) => written !== null && !isTimely(written, received)),
  };
  const all: readonly CardAlarm[] = ["entries", "order", "cut", "hour"];
  return all.filter((alarm) => raised[alarm]);
}

type Unnamed = Omit<OpenedEntry, "linked">;

function shown(entries: readonly ReadEntry[], received: Map<string, string>, keys: Keys): Unnamed[] {
  let before: State = {};
  return entries.map(({ hash, entry, gap }) => {
    const state = entry ? standing(entry.fields) : before;
    const changed = changesBetween(before, state);
    before = state;
    return { hash, gap, received: received.get(hash) ?? "", state, changed, ...inside(entry, keys) };
  });
}

/** With the numbers of the reports that it names. */
async function named(entry: Unnamed): Promise<OpenedEntry> {
  const ids = entry.state.links?.split(" ") ?? [];
  const linked = await Promise.all(ids.map(async (id): Promise<NamedReport> => ({ id, number: await numberOf(id) })));
  return { ...entry, linked };
}

type Inside = Omit<Unnamed, "hash" | "gap" | "received" | "state" | "changed">;

const NOTHING: Inside = { broken: true, number: 0, written: null, name: "", mine: false, by: "", note: "", signs: 0, to: "" }; // biome-ignore format: one rule a line

function inside(entry: Entry | null, { member, roster }: Keys): Inside {
  if (!entry) return NOTHING;
  const { number, hour, name, memberId, fields } = entry;
  const to = roster.members.find(({ id }) => b64(id) === fields.handed)?.name ?? "";
  const [mine, signs] = [equal(memberId, member.id), Number(fields.signs ?? 0)];
  return { broken: false, number, written: hour, name, mine, by: b64(memberId), note: fields.note ?? "", signs, to };
}

/** How things stand after an entry. */
function standing(fields: Fields<CardName>): State {
  const state: State = {};
  for (const name of STANDING) if (fields[name] !== undefined) state[name] = fields[name];
  return state;
}

/**
 * How things stand by a card's newest entry, for a line of a list: that somebody of the team wrote it of this report is checked, and that
 * the server gave the newest is not; whoever opens the report has the whole chain checked. Nothing where it does not open.
 */
export function stateOf({ secrets }: Keys, { id, team }: ListedCard, entry: string): Promise<State> {
  const secret = secrets[team];
  if (!secret) return Promise.resolve({});
  return openEntry(secret, unb64(id, 16), unb64(entry)).then(
    ({ fields }) => standing(fields),
    () => ({}),
  );
}

/** What the server is sent. `now`: milliseconds since 1970. */
export async function sealTypedEntry(
  { keys, teamId, id, first }: CardTies,
  { note, changes: changed, signs }: Said,
  { state }: OpenedCard,
  newest: SealedEntry | undefined,
  count: number,
  now: number,
): Promise<Bytes> {
  const { epoch } = teamKey(keys, teamId);
  const seed = keys.secrets[b64(teamId)]?.seeds.find((each) => each.epoch === epoch)?.seed;
  if (!seed) throw new TroubleError("sealed");
  return sealEntry(seed, {
    teamId,
    epoch,
    reportId: unb64(id, 16),
    memberId: keys.member.id,
    number: count + 1,
    previous: newest ? await sha256(unb64(newest.entry)) : first,
    hour: hourOf(now),
    name: keys.member.name,
    fields: { ...withChanges(state, changed), ...(note.trim() && { note }), ...(signs && { signs: String(signs) }) },
  });
}
