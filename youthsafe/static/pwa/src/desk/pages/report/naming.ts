/** What a report's card names, and where the same is named: every card of the last days is read for it, once somebody named something. */
import { computed, signal } from "@preact/signals";
import { pagesOfReports } from "../../reports/every_report.ts";
import { isRecent, PATTERN, type SameName, sameNames } from "../../reports/same_names.ts";
import type { Desk } from "../../session/desk.ts";
import type { TroubleError } from "../../trouble.ts";
import type { ReportSummary } from "../../wire.ts";
import type { CardBox } from "./card_box.ts";

export class Naming {
  /** Why the others could not be looked through. */
  readonly trouble = signal<TroubleError | null>(null);
  readonly #others = signal<readonly ReportSummary[]>([]);
  /** Of what is named here, what other reports name too. */
  readonly found = computed<readonly SameName[]>(() =>
    sameNames(this.named, this.#others.value, this.#desk.cards.lines.value),
  );
  readonly #desk: Desk;
  readonly #id: string;
  readonly #card: CardBox;
  #looking = false;

  constructor(desk: Desk, id: string, card: CardBox) {
    [this.#desk, this.#id, this.#card] = [desk, id, card];
  }

  get named(): string {
    return this.#card.value("named");
  }

  /** In how many reports the name stands that stands in most, this one with them; 0 where that is no pattern. */
  get pattern(): number {
    const most = Math.max(0, ...this.found.value.map(({ others }) => others.length + 1));
    return most >= PATTERN ? most : 0;
  }

  /** Nobody who names nothing pays for it. */
  async look(): Promise<void> {
    if (this.#looking || this.named === "") return;
    this.#looking = true;
    try {
      const others = await this.#recent();
      await this.#desk.cards.look(others);
      this.#others.value = others;
      this.trouble.value = null;
    } catch (error) {
      this.trouble.value = this.#desk.troubleOf(error);
    }
    this.#looking = false;
  }

  async #recent(): Promise<ReportSummary[]> {
    const found = new Map<string, ReportSummary>(); // one that is closed meanwhile stands in both lists
    for await (const reports of pagesOfReports(this.#desk)) {
      const recent = reports.filter((report) => report.id !== this.#id && isRecent(report, Date.now()));
      for (const report of recent) found.set(report.id, report);
    }
    return [...found.values()];
  }
}
