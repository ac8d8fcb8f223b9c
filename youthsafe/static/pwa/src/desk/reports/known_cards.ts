/** What lists say of reports by their cards: read once for each state of a card, kept as long as the keys are open, in memory alone. */
import { signal } from "@preact/signals";
import type { KeyWorkerClient } from "../session/key_worker_client.ts";
import type { ReportSummary } from "../wire.ts";
import type { CardLine } from "./card_state.ts";

const AT_ONCE = 40;

export class KnownCards {
  readonly lines = signal<ReadonlyMap<string, CardLine>>(new Map());
  /** How many are still to be read. */
  readonly waiting = signal(0);
  readonly #keyWorker: Pick<KeyWorkerClient, "cardLines">;
  /** How many entries each card had that was read. */
  #read = new Map<string, number>();
  #wanted = new Map<string, ReportSummary>();
  #reading: Promise<void> | null = null;

  constructor(keyWorker: Pick<KeyWorkerClient, "cardLines">) {
    this.#keyWorker = keyWorker;
  }

  /** Read those that are not known as they stand now. One that fails is read at a later look. */
  async look(reports: readonly ReportSummary[]): Promise<void> {
    for (const report of reports) {
      if (!report.damaged && this.#read.get(report.id) !== report.entries) this.#wanted.set(report.id, report);
    }
    if (this.#wanted.size === 0) return;
    this.waiting.value = this.#wanted.size;
    this.#reading ??= this.#readAll();
    await this.#reading;
  }

  async #readAll(): Promise<void> {
    try {
      while (this.#wanted.size > 0) {
        const some = [...this.#wanted.values()].slice(0, AT_ONCE);
        const found = await this.#keyWorker.cardLines(some.map(({ id, team, entries }) => ({ id, team, entries })));
        this.#take(some, found);
      }
    } catch {
      this.#wanted.clear(); // what cannot be reached, the list says by itself
    } finally {
      this.waiting.value = 0;
      this.#reading = null;
    }
  }

  #take(read: readonly ReportSummary[], found: readonly CardLine[]): void {
    for (const report of read) {
      this.#read.set(report.id, report.entries);
      if (this.#wanted.get(report.id) === report) this.#wanted.delete(report.id);
    }
    this.lines.value = new Map([...this.lines.value, ...found.map((line) => [line.id, line] as const)]);
    this.waiting.value = this.#wanted.size;
  }
}
