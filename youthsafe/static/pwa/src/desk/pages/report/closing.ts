/**
 * Closing a report with its four lines: what came of it, what it was about, one sentence, and whether the person is told. What is typed is the card's
 * (`card_box.ts`), so it is kept as it is typed; each step is done once, and a second press goes on where the first one ended.
 */
import { signal } from "@preact/signals";
import { closingNote, isSigned, wantsSecond } from "../../reports/card_state.ts";
import type { OpenedReport } from "../../reports/opening.ts";
import type { AfterDrawing } from "../../ui/after_drawing.ts";
import type { AnswerBox } from "./answer_box.ts";
import type { CardBox } from "./card_box.ts";
import type { Read } from "./one_report.ts";

/** What is missing. */
export type ClosingFault = "outcome" | "reason";

/** Why a reason is asked for. */
export type ReasonAsked = "danger" | "abuse";

/** `shown`: the report that stands on the page; `read`: what was read of it until now; `close`: closes it, where no more came. */
export interface ClosingOptions {
  card: CardBox;
  answer: AnswerBox;
  afterDrawing: AfterDrawing;
  shown: () => OpenedReport | null;
  read: () => Read;
  close: (read: Read) => Promise<void>;
}

export class Closing {
  /** Whether the lines are asked for. */
  readonly asked = signal(false);
  readonly fault = signal<ClosingFault | null>(null);
  /** Whether what stands in the answer box is sent first; else it is thrown away. */
  readonly sends = signal(true);
  /** Whether the outcome is on the card, and a colleague must sign it before the report is closed. */
  readonly waitsForSecond = signal(false);
  readonly busy = signal(false);
  readonly #options: ClosingOptions;

  constructor(options: ClosingOptions) {
    this.#options = options;
  }

  begin(): void {
    this.fault.value = null;
    this.waitsForSecond.value = false;
    this.sends.value = true;
    this.asked.value = true;
    this.#focus("#closing-outcome");
  }

  /** What was typed stays on the card's own form. */
  leave(): void {
    this.asked.value = false;
    this.#focus('[data-action="close"]');
  }

  /** Why somebody must say why; null where nobody must. */
  get reasonAsked(): ReasonAsked | null {
    const { card } = this.#options;
    const notified = card.value("referrals") !== "";
    if (wantsSecond({ categories: card.value("categories") }) && !notified) return "abuse";
    return this.#leavesDanger ? "danger" : null;
  }

  /** Somebody may be in danger, waits for an answer, and gets none. */
  get #leavesDanger(): boolean {
    const { answer, shown } = this.#options;
    const report = shown();
    if (!report?.summary.urgent || !report.answerable) return false;
    return report.summary.answers === 0 && !(answer.waits && this.sends.value);
  }

  async press(): Promise<void> {
    if (this.busy.value) return;
    this.fault.value = this.#wrong();
    if (this.fault.value) return;
    this.busy.value = true;
    await this.#go();
    this.busy.value = false;
  }

  #wrong(): ClosingFault | null {
    const { card } = this.#options;
    if (!card.value("outcome")) return "outcome";
    const reason = card.note.value.trim() || (card.card.value && closingNote(card.card.value));
    return this.reasonAsked && !reason ? "reason" : null;
  }

  async #go(): Promise<void> {
    const { card, answer, close, read } = this.#options;
    const before = read();
    if (answer.waits && this.sends.value && !(await answer.send())) {
      this.asked.value = false; // what is wrong with the answer is said at its box
      return;
    }
    if (!card.isEmpty && !(await card.save("closing"))) return;
    const written = card.card.value;
    this.waitsForSecond.value = written !== null && wantsSecond(written.state) && !isSigned(written);
    if (!this.waitsForSecond.value) await close(before);
  }

  #focus(selector: string): void {
    this.#options.afterDrawing.add(() => document.querySelector<HTMLElement>(selector)?.focus());
  }
}
