/** The answer box: a draft that survives every error, and one press that sends once. */
import { batch, signal } from "@preact/signals";
import { LONGEST_TEXT } from "../../../crypto/content.ts";
import { TO_REPORTER } from "../../../crypto/envelope.ts";
import type { OpenedReport } from "../../reports/opening.ts";
import type { SendOutcome } from "../../reports/waiting_answers.ts";
import type { Desk } from "../../session/desk.ts";
import { isUnsure, kindOf, type TroubleKind } from "../../trouble.ts";
import type { AfterDrawing } from "../../ui/after_drawing.ts";
import { followUpsOf } from "./news.ts";

/** What came of a press, by a name that `answer_view.tsx` has words for. */
export type BoxOutcome = SendOutcome | "sending" | "copied" | "copy-yourself";

/** What is wrong with what was typed; a number is how many characters are too many. */
export type BoxFault = "empty" | number | TroubleKind;

/** Why what stands in the box cannot be sent. */
export type Stranded = { why: "never" | "closed" | "free" } | { why: "claimed"; name: string };

/** `taken`: a newer report came with the answer; `refused`: another person changed the report, or the session ended. */
export interface AnswerBoxOptions {
  desk: Desk;
  id: string;
  afterDrawing: AfterDrawing;
  taken: (report: OpenedReport) => void;
  refused: (error: unknown) => void;
}

const ELSEWHERE: ReadonlySet<TroubleKind> = new Set(["signed-out", "locked", "conflict", "forbidden", "missing"]); // not about what was typed

export class AnswerBox {
  readonly text = signal("");
  /** The language that it is written in. */
  readonly locale = signal("");
  /** Whether the box stands on the page, and whether what is in it can be sent. */
  readonly visible = signal(false);
  readonly offered = signal(false);
  readonly stranded = signal<Stranded | null>(null);
  readonly outcome = signal<BoxOutcome | null>(null);
  readonly fault = signal<BoxFault | null>(null);
  readonly busy = signal(false);
  /** Whether a text was just thrown away, for somebody who did not mean to. */
  readonly thrown = signal(false);
  readonly #options: AnswerBoxOptions;
  /** The answers that the person knows of: those that stood there when they typed or were told last. */
  #known: string[] | null = null;
  /** Those that stand there now. */
  #answers: string[] = [];
  #followUps = 0;
  #thrown = "";

  constructor(options: AnswerBoxOptions) {
    const { desk, id } = options;
    this.#options = options;
    this.text.value = desk.drafts.of(id);
    this.locale.value = desk.drafts.localeOf(id);
  }

  /** How many characters may still be typed. */
  get left(): number {
    return LONGEST_TEXT - this.text.value.length;
  }

  /** Show the box to whoever claimed the report; what was typed stays in sight when somebody else claimed it. */
  offer(offered: boolean, report: OpenedReport, stranded: Stranded): void {
    const { locale, thread } = report;
    this.#followUps = followUpsOf(report);
    this.#answers = thread.filter(({ direction }) => direction === TO_REPORTER).map(({ id }) => id);
    this.#known ??= this.#answers;
    this.#open(offered, stranded);
    if (this.locale.value) return;
    const isKnown = this.#options.desk.languages.some(({ code }) => code === locale);
    this.locale.value = isKnown ? locale : document.documentElement.lang;
  }

  /** Nothing can be sent; what was typed stays in sight. */
  withhold(stranded: Stranded): void {
    this.#open(false, stranded);
  }

  #open(offered: boolean, stranded: Stranded): void {
    const typed = this.text.value !== "";
    batch(() => {
      this.offered.value = offered;
      this.visible.value = offered || typed;
      this.stranded.value = !offered && typed ? stranded : null;
    });
  }

  type(text: string): void {
    this.text.value = text;
    this.#typed();
  }

  choose(locale: string): void {
    this.locale.value = locale;
    this.#typed();
  }

  /** What was typed is not wanted any more. */
  discard(): void {
    this.text.value = "";
    this.#options.desk.drafts.discard(this.#options.id);
    this.fault.value = null;
  }

  throwAway(): void {
    this.#thrown = this.text.value;
    batch(() => {
      this.discard();
      this.visible.value = false;
      this.thrown.value = true;
    });
    this.#focus('[data-part="undo"]');
  }

  takeBack(): void {
    batch(() => {
      this.visible.value = true;
      this.type(this.#thrown);
    });
    this.focus();
  }

  focus(): void {
    this.#focus("#answer");
  }

  async copy(): Promise<void> {
    const copied = await navigator.clipboard?.writeText(this.text.value).then(
      () => true,
      () => false,
    );
    if (!copied) document.querySelector<HTMLTextAreaElement>("#answer")?.select();
    this.outcome.value = copied ? "copied" : "copy-yourself";
  }

  /** Whether something stands here that can be sent. */
  get waits(): boolean {
    return this.offered.value && this.text.value.trim() !== "";
  }

  /** Whether this very text is with the server now. */
  async send(): Promise<boolean> {
    const { desk, id } = this.#options;
    if (this.busy.value || !desk.session) return false;
    const text = this.text.value;
    const fault = this.#wrong();
    if (fault !== null) return this.#complain(fault);
    const { drafts } = desk;
    if (text !== drafts.of(id)) {
      if (drafts.wasSent(id, text)) return this.#sentBefore(text);
      drafts.keep(id, text, this.locale.value); // what stands in the box is meant, whatever became of the draft
    }
    this.busy.value = true;
    this.outcome.value = "sending";
    const sent = await this.#deliver(text).catch((error: unknown) => this.#failed(error));
    this.busy.value = false;
    return sent;
  }

  #wrong(): BoxFault | null {
    if (!this.text.value.trim()) return "empty";
    return this.left < 0 ? -this.left : null;
  }

  async #deliver(text: string): Promise<boolean> {
    const { desk, id, taken } = this.#options;
    const typed = { id, text, locale: this.locale.value, followUps: this.#followUps, seen: this.#known ?? [] };
    const { outcome, report } = await desk.answers.send(typed);
    if (outcome !== "earlier" && outcome !== "unseen") this.#saved(text);
    if (report) taken(report);
    this.#known = this.#answers; // it is said now
    this.outcome.value = outcome;
    return outcome !== "earlier" && outcome !== "unseen";
  }

  /** Empty the box, unless the person went on typing while it was sent. */
  #saved(text: string): void {
    if (this.text.value === text) this.text.value = "";
    this.#forgive();
  }

  /** The report was left and opened again while this text was on its way, and it was saved. */
  #sentBefore(text: string): true {
    this.#saved(text);
    this.outcome.value = "saved";
    return true;
  }

  #failed(error: unknown): false {
    this.outcome.value = null;
    const kind = kindOf(error);
    if (!ELSEWHERE.has(kind)) return this.#complain(isUnsure(kind) ? "answer-offline" : kind);
    this.#options.refused(error);
    return false;
  }

  #typed(): void {
    const { desk, id } = this.#options;
    this.#known = this.#answers;
    this.thrown.value = false;
    this.outcome.value = null;
    desk.drafts.keep(id, this.text.value, this.locale.value);
    this.#forgive();
  }

  #forgive(): void {
    if (this.left >= 0) this.fault.value = null;
  }

  #complain(fault: BoxFault): false {
    this.fault.value = fault;
    this.focus();
    return false;
  }

  #focus(selector: string): void {
    this.#options.afterDrawing.add(() => document.querySelector<HTMLElement>(selector)?.focus());
  }
}
