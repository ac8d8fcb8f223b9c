/** Which reports name the same person, place or account: by what stands on opened cards, compared in this browser alone. */
import { LONGEST_NAME, MOST_NAMES } from "../../crypto/card_fields.ts";
import type { ReportSummary } from "../wire.ts";
import type { CardLine, NamedReport } from "./card_state.ts";

export const DAYS = 60;
/** How many reports of that time make a pattern. */
export const PATTERN = 3;
const DAY_MS = 86_400_000;

/** A name as it stands on this card, and the other reports that have it. */
export interface SameName {
  name: string;
  others: readonly NamedReport[];
}

export const namesOf = (named: string): string[] => named.split("\n").filter((name) => name !== "");

/** What was typed, a name on each line, as a card keeps it: none empty, none twice. */
export function namedIn(typed: string): string {
  const names = typed.split("\n").map((line) => line.replace(/\s+/gu, " ").trim());
  return [...new Set(names)].filter((name) => name !== "").join("\n");
}

/** Whether there is more than a card takes. */
export const areTooMany = (named: string): boolean =>
  namesOf(named).length > MOST_NAMES || namesOf(named).some((name) => name.length > LONGEST_NAME);

/** A name without what people write in more than one way: capitals, accents, spaces, the @ of an account. */
export function alike(name: string): string {
  const letters = name
    .normalize("NFKD")
    .replace(/[\p{Script=Inherited}\u0640]/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "");
  return letters || name;
}

/** Whether a report came in the days that are looked through, and somebody wrote on its card. */
export const isRecent = ({ received, entries, damaged }: ReportSummary, now: number): boolean =>
  !damaged && entries > 0 && now - Date.parse(received) <= DAYS * DAY_MS;

/** Of the names on a card those that other reports have too. `others`: the reports that are looked through. */
export function sameNames(
  named: string,
  others: readonly Pick<ReportSummary, "id">[],
  lines: ReadonlyMap<string, CardLine>,
): SameName[] {
  const naming = others.flatMap(({ id }) => {
    const { number = "", state } = lines.get(id) ?? {};
    return state?.named ? [{ report: { id, number }, names: new Set(namesOf(state.named).map(alike)) }] : [];
  });
  const withOthers = namesOf(named).map((name) => {
    const same = naming.filter(({ names }) => names.has(alike(name)));
    return { name, others: same.map(({ report }) => report) };
  });
  return withOthers.filter((each) => each.others.length > 0);
}
