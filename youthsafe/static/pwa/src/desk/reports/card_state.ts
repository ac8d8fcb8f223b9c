/** What an opened case card says: no keys and nothing sealed, so pages know it too. */
import { type Fields, STANDING, type StandingName } from "../../crypto/card_fields.ts";

export type CardAlarm = "entries" | "order" | "cut" | "hour";
export type State = Fields<StandingName>;

/** A report by its id, and by what people call it. */
export interface NamedReport {
  id: string;
  number: string;
}

/**
 * `state`: after this entry; `changed`: what it changed of that, where empty is not set any more; `broken`: it is refused, and nothing of it is shown.
 * `by`: the writer's id; `signs`: the number of the entry that it signs, or 0; `to`: the name of whoever the report is handed over to; `linked`: the
 * reports that are the same thing.
 */
export interface OpenedEntry {
  hash: string;
  broken: boolean;
  gap: boolean;
  number: number;
  received: string;
  written: number | null;
  name: string;
  mine: boolean;
  by: string;
  note: string;
  signs: number;
  to: string;
  linked: NamedReport[];
  state: State;
  changed: State;
}

/** A report of a list; `entries`: of its card. */
export interface ListedCard {
  id: string;
  team: string;
  entries: number;
}

/** What a list says of a report: what people call it, and how things stand by its card. */
export interface CardLine extends NamedReport {
  state: State;
}

/** `number`: what people call the report; `count`: how many entries the server has; `seen`: number of the newest that opened. */
export interface OpenedCard {
  number: string;
  entries: OpenedEntry[];
  state: State;
  count: number;
  seen: number;
  alarms: CardAlarm[];
}

/** `seen`: the newest entry that the person was shown; of `changes`, empty is not set any more; `signs`: the entry that this one signs. */
export interface TypedEntry {
  id: string;
  seen: number;
  note: string;
  changes: State;
  signs?: number;
}

/** What an entry says. */
export type Said = Pick<TypedEntry, "note" | "changes" | "signs">;

/**
 * `unseen`: nothing was saved, because somebody changed the card and the person does not know it. `counted`: false where the card has an outcome, and
 * this browser could not keep the slip from which it is counted.
 */
export interface CardWritten {
  outcome: "saved" | "unseen";
  card: OpenedCard;
  counted: boolean;
}

export function changesBetween(before: State, after: State): State {
  const changed: State = {};
  for (const name of STANDING) if (before[name] !== after[name]) changed[name] = after[name] ?? "";
  return changed;
}

/** The state with these changes; what is empty is left out. */
export function withChanges(state: State, changed: State): State {
  const after: State = {};
  for (const name of STANDING) {
    const value = changed[name] ?? state[name];
    if (value) after[name] = value;
  }
  return after;
}

/** Whether an entry is by this member and says just this: what was typed had arrived before. */
export const saysSame = (entry: OpenedEntry, { note, changes: changed, signs = 0 }: Said): boolean =>
  entry.mine &&
  entry.note === (note.trim() ? note : "") &&
  entry.signs === signs &&
  STANDING.every((name) => changed[name] === undefined || (entry.state[name] ?? "") === changed[name]);

/** The entry that a second member signs: the newest that said an outcome, or what the report is about. */
const closingEntry = ({ entries }: OpenedCard): OpenedEntry | undefined =>
  entries
    .filter(({ broken, changed: { outcome, categories } }) => !broken && (outcome ?? categories) !== undefined)
    .at(-1);

/** Number of the entry that waits for this member's signature; 0 for none. */
export function toSign(card: OpenedCard): number {
  const closing = card.state.outcome && wantsSecond(card.state) && !isSigned(card) ? closingEntry(card) : undefined;
  return closing && !closing.mine ? closing.number : 0;
}

/** Whether another member than the one who wrote the outcome signed it. */
export function isSigned(card: OpenedCard): boolean {
  const closing = closingEntry(card);
  return card.entries.some(({ signs, by, broken }) => !broken && signs === closing?.number && by !== closing.by);
}

/** Sexual abuse is closed by two, and with a referral or a reason. */
const OF_TWO: ReadonlySet<string> = new Set(["sexual-exploitation", "harmful-sexual"]);

export const wantsSecond = ({ categories = "" }: State): boolean =>
  categories.split(" ").some((each) => OF_TWO.has(each));

/** What somebody wrote when they said the outcome. */
export const closingNote = (card: OpenedCard): string => (card.state.outcome && closingEntry(card)?.note) || "";

/** The reports that are the same thing, as the card says now. */
export const linkedTo = ({ entries }: OpenedCard): readonly NamedReport[] =>
  entries.filter(({ broken }) => !broken).at(-1)?.linked ?? [];

/** A card's links with another, or without it. */
export function withLink({ links = "" }: State, id: string, linked: boolean): string {
  const others = links.split(" ").filter((each) => each && each !== id);
  return (linked ? [...others, id] : others).sort().join(" ");
}
