/**
 * Search over every report of a list, by what its card says: made up in this browser and gone with the lock. The server is asked for lines
 * and cards as ever, and never for what is searched.
 */
import { signal } from "@preact/signals";
import { dayAndTime } from "../../../lib/dates.ts";
import { plain } from "../../../lib/plain.ts";
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
export class Search {
  readonly open = signal(false);
  readonly wanted = signal(NOTHING);
  /** Every report of the list; null before they were asked for. */
  readonly reports = signal<readonly ReportSummary[] | null>(null);
  readonly trouble = signal<TroubleError | null>(null);
  readonly #desk: Desk;
  readonly #pages: ListPages;
  /** What a line says, made once for each state of its card: ten thousand of them are looked through at each letter. */
  readonly #said = new WeakMap<ReportSummary, { card: CardLine | undefined; text: string }>();

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
    const { value: wanted } = this.wanted;
    const words = plain(wanted.words).split(" ");
    return (this.reports.value ?? []).filter((report) => {
      const card = lines.value.get(report.id);
      if (!fits(report, card, wanted)) return false;
      const text = this.#textOf(report, card);
      return words.every((word) => text.includes(word));
    });
  }

  #textOf(report: ReportSummary, card: CardLine | undefined): string {
    const known = this.#said.get(report);
    if (known && known.card === card) return known.text;
    const text = plain(saidOf(report, card?.number ?? "", card?.state ?? {}).join(" "));
    this.#said.set(report, { card, text });
    return text;
  }
}

/** Of what is closed nothing is due. */
export const isDueNow = ({ state }: ReportSummary, card: CardLine | undefined): boolean =>
  state !== "closed" && card !== undefined && isDueBy(card.state);

function fits(report: ReportSummary, card: CardLine | undefined, { level, category, due }: Wanted): boolean {
  const state = card?.state ?? {};
  if (due && !isDueNow(report, card)) return false;
  if (level && state.level !== level) return false;
  return !category || (state.categories ?? "").split(" ").includes(category);
}

function saidOf({ received, claimed_by }: ReportSummary, number: string, state: State): string[] {
  const { level, categories, outcome, summary = "", step = "", named = "" } = state;
  const codes = [level && levelWords(level), categories && categoryWords(categories), outcome && outcomeWords(outcome)];
  const facts = [number, dayAndTime(Date.parse(received)), claimed_by?.name ?? ""];
  return [...facts, summary, step, named, ...codes.map((each) => each ?? "")];
}
