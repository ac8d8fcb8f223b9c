/** What is done with an answer besides sending it: a day to look again is set, or the report is closed. */
import { signal } from "@preact/signals";
import { isoDay } from "../../../lib/dates.ts";
import type { AfterDrawing } from "../../ui/after_drawing.ts";
import type { AnswerBox } from "./answer_box.ts";
import type { CardBox } from "./card_box.ts";

/** `waits`: says that the day is set; `close`: asks what is asked before a report is closed. */
export interface SendingOptions {
  answer: AnswerBox;
  card: CardBox;
  afterDrawing: AfterDrawing;
  waits: () => void;
  close: () => void;
}

export class Sending {
  /** Whether a day is asked for. */
  readonly asksDay = signal(false);
  /** Whether the day is missing, or past. */
  readonly fault = signal(false);
  readonly busy = signal(false);
  readonly #options: SendingOptions;

  constructor(options: SendingOptions) {
    this.#options = options;
  }

  /** Ask for the day, when there is something to send. */
  async askForDay(): Promise<void> {
    const { answer, afterDrawing } = this.#options;
    if (!answer.waits)
      await answer.send(); // which says what is missing
    else this.asksDay.value = true;
    if (this.asksDay.value) afterDrawing.add(() => document.querySelector<HTMLElement>("#answer-wait")?.focus());
  }

  /** Ask what came of the report; what stands in the box is sent with that. */
  async thenClose(): Promise<void> {
    const { answer, close } = this.#options;
    if (answer.waits) close();
    else await answer.send();
  }

  /** Send what is not sent yet, and set the day. */
  async thenWait(): Promise<void> {
    if (this.busy.value) return;
    const day = this.#options.card.value("wait");
    this.fault.value = day < isoDay(Date.now());
    if (this.fault.value) return;
    this.busy.value = true;
    await this.#go();
    this.busy.value = false;
  }

  async #go(): Promise<void> {
    const { answer, card, waits } = this.#options;
    if (answer.waits && !(await answer.send())) return;
    if (!card.isEmpty && !(await card.save("answer"))) return;
    this.asksDay.value = false;
    waits();
  }
}
