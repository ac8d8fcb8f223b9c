/** What an opened case card says: no keys and nothing sealed, so pages know it too. */
import { type Fields, STANDING, type StandingName } from "../../crypto/card_fields.ts";

export type CardAlarm = "entries" | "order" | "cut" | "hour";
export type State = Fields<StandingName>;

/** `state`: after this entry; `changed`: what it changed of that, where empty is not set any more; `broken`: it is refused, and nothing of it is shown. */
export interface OpenedEntry {
  hash: string;
  broken: boolean;
  gap: boolean;
  number: number;
  received: string;
  written: number | null;
  name: string;
  mine: boolean;
  note: string;
  state: State;
  changed: State;
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

/** `seen`: the newest entry that the person was shown; of `changes`, empty is not set any more. */
export interface TypedEntry {
  id: string;
  seen: number;
  note: string;
  changes: State;
}

/** `unseen`: nothing was saved, because somebody changed the card and the person does not know it. */
export interface CardWritten {
  outcome: "saved" | "unseen";
  card: OpenedCard;
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
export const saysSame = (
  entry: OpenedEntry,
  { note, changes: changed }: Pick<TypedEntry, "note" | "changes">,
): boolean =>
  entry.mine &&
  entry.note === (note.trim() ? note : "") &&
  STANDING.every((name) => changed[name] === undefined || (entry.state[name] ?? "") === changed[name]);
