/**
 * Getting what is sealed of a report. Each time the server gives it, the trail says so and its reporter reads that it was opened; so it is asked
 * for when a person has the report before them, and again only when a message was added since.
 */
import type { ReportSummary, SealedReport } from "../wire.ts";

export interface ReportSource {
  summary: (id: string) => Promise<ReportSummary>;
  opened: (id: string) => Promise<SealedReport>;
}

export class Looking {
  readonly #source: ReportSource;
  /** The report that was given last, under the id it was asked by, as long as the keys live. */
  #last: { id: string; sealed: SealedReport } | null = null;
  /** One look after the other: two at once would open a report twice. */
  #before: Promise<unknown> = Promise.resolve();

  constructor(source: ReportSource) {
    this.#source = source;
  }

  /** The report with everything sealed in it, as it stands now. */
  at(id: string): Promise<SealedReport> {
    const found = this.#before.then(() => this.#look(id));
    this.#before = found.catch(() => null);
    return found;
  }

  async #look(id: string): Promise<SealedReport> {
    const last = this.#last?.id === id ? this.#last.sealed : null;
    const summary = last && (await this.#source.summary(id));
    const same = last && summary && last.answers === summary.answers && last.follow_ups === summary.follow_ups;
    const sealed = same ? { ...last, ...summary } : await this.#source.opened(id);
    this.#last = { id, sealed };
    return sealed;
  }
}
