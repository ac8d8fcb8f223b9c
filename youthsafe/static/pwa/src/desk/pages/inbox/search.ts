/**
 * Search over every report of a list, by what its card says: made up in this browser and gone with the lock. The server is asked for lines
 * and cards as ever, and never for what is searched.
 */
import { signal } from "@preact/signals";
import { dayAndTime } from "../../../lib/dates.ts";
import { isDueBy } from "../../reports/card_due.tsx";
import type { CardLine, State } from "../../reports/card_state.ts";
import { categoryWords, levelWords, outcomeWords } from "../../reports/card_terms.ts";
import type { Desk } from "../../session/desk.ts";
import type { TroubleError } from "../../trouble.ts";
import type { ReportSummary } from "../../wire.ts";
import type { ListPages } from "./list_pages.ts";

/** Empty asks for nothing. */
export interface Wanted {
  words: string;
  level: string;
  category: string;
  due: boolean;
}

const NOTHING: Wanted = { words: "", level: "", category: "", due: false };
const MARKS = /\p{M}/gu;

/** Words are found whatever their accents and capitals. */
const plain = (text: string): string => text.normalize("NFKD").replace(MARKS, "").toLocaleLowerCase();

export class Search {
  readonly open = signal(false);
  readonly wanted = signal(NOTHING);
  /** Every report of the list; null before they were asked for. */
  readonly reports = signal<readonly ReportSummary[] | null>(null);
  readonly trouble = signal<TroubleError | null>(null);
  readonly #desk: Desk;
  readonly #pages: ListPages;

  constructor(desk: Desk, pages: ListPages) {
    [this.#desk, this.#pages] = [desk, pages];
  }

  get asks(): boolean {
    const { words, level, category, due } = this.wanted.value;
    return this.open.value && (words.trim() !== "" || level !== "" || category !== "" || due);
  }

  begin(wanted: Partial<Wanted> = {}): void {
    [this.open.value, this.wanted.value] = [true, { ...NOTHING, ...wanted }];
    void this.refresh();
  }

  /** Show the list as it stood. */
  end(): void {
    [this.open.value, this.wanted.value] = [false, NOTHING];
  }

  want(changed: Partial<Wanted>): void {
    this.wanted.value = { ...this.wanted.value, ...changed };
  }

  /** Nobody who does not search pays for it. */
  async refresh(): Promise<void> {
    if (!this.open.value) return;
    try {
      if (await this.#pages.all()) this.reports.value = this.#pages.reports;
      this.trouble.value = null;
    } catch (error) {
      this.trouble.value = this.#desk.troubleOf(error);
    }
    await this.#desk.cards.look(this.reports.value ?? []);
  }

  /** In the order of the list. */
  get found(): ReportSummary[] {
    const { lines } = this.#desk.cards;
    const wanted = this.wanted.value;
    return (this.reports.value ?? []).filter((report) => fits(report, lines.value.get(report.id), wanted));
  }
}

/** Of what is closed nothing is due. */
export const isDueNow = ({ state }: ReportSummary, card: CardLine | undefined): boolean =>
  state !== "closed" && card !== undefined && isDueBy(card.state);

function fits(report: ReportSummary, card: CardLine | undefined, { words, level, category, due }: Wanted): boolean {
  const state = card?.state ?? {};
  if (due && !isDueNow(report, card)) return false;
  if (level && state.level !== level) return false;
  if (category && !state.categories?.split(" ").includes(category)) return false;
  const text = plain(saidOf(report, card?.number ?? "", state).join("\n"));
  return plain(words)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function saidOf({ received, claimed_by }: ReportSummary, number: string, state: State): string[] {
  const { level, categories, outcome, summary = "", step = "" } = state;
  const codes = [level && levelWords(level), categories && categoryWords(categories), outcome && outcomeWords(outcome)];
  const facts = [number, dayAndTime(Date.parse(received)), claimed_by?.name ?? ""];
  return [...facts, summary, step, ...codes.map((each) => each ?? "")];
}
