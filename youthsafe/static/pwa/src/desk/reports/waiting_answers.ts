/**
 * Sealed answers that wait: sealed in the key worker, sent once, sealed again once when another answer came first.
 *
 * Every attempt is remembered with its bytes beside the draft, before it is sent and until its fate is known: the keys may be wiped in between.
 * The same text goes out as the same bytes, which the server keeps once; of attempts that name the same answer before them it keeps one.
 */
import { TO_REPORTER } from "../../crypto/envelope.ts";
import { kindOf, TroubleError } from "../trouble.ts";
import type { Drafts } from "./drafts.ts";
import type { OpenedReport } from "./opening.ts";
import type { FreshlySealed, SealedAnswer, TypedAnswer } from "./sealing.ts";

export interface AnswerSealer {
  report: (id: string) => Promise<OpenedReport>;
  seal: (typed: TypedAnswer) => Promise<FreshlySealed>;
  deliver: (typed: TypedAnswer, sealed: SealedAnswer) => Promise<unknown>;
}

/**
 * `earlier`: another text that was sent before had arrived; `unseen`: nothing was sent, because there is an answer that the person does not know;
 * `already`: and it is this very text.
 */
export type SendOutcome = "saved" | "resealed" | "earlier" | "unseen" | "already";

export interface Sent {
  outcome: SendOutcome;
  report: OpenedReport | null;
}

export class WaitingAnswers {
  readonly #sealer: AnswerSealer;
  readonly #drafts: Drafts;

  constructor(sealer: AnswerSealer, drafts: Drafts) {
    this.#sealer = sealer;
    this.#drafts = drafts;
  }

  /** Seal and send; throws TroubleError and keeps the attempt when nobody knows whether it arrived. */
  async send(typed: TypedAnswer): Promise<Sent> {
    const tried = this.#drafts.attempts(typed.id);
    const known = tried.find((each) => isSame(each, typed));
    const first = known ?? (await this.#seal(typed, tried));
    if ("outcome" in first) return first;
    if (await this.#deliver(typed, first)) return this.#saved(first, typed, "saved");
    const second = await this.#seal(typed, tried); // something newer was sent, the team's key was renewed, or somebody else claimed the report
    if ("outcome" in second) return second;
    if (isAnotherPlace(first, second) && (await this.#deliver(typed, second))) {
      return this.#saved(second, typed, "resealed");
    }
    throw new TroubleError("conflict");
  }

  /**
   * Seal after the newest answer, unless that look at the report shows that an attempt had arrived, or an answer that the person does not know.
   * `tried`: the newest first.
   */
  async #seal(typed: TypedAnswer, tried: SealedAnswer[]): Promise<SealedAnswer | Sent> {
    const { sealed, report } = await this.#sealer.seal(typed);
    const before = tried.find((each) => hasArrived(report, each));
    if (before) {
      this.#drafts.settle(typed.id, before.text);
      return { outcome: isSame(before, typed) ? "saved" : "earlier", report };
    }
    const unseen = report.thread.filter(
      ({ id, direction, verdict }) => direction === TO_REPORTER && verdict === "checked" && !typed.seen.includes(id),
    );
    const already = unseen.some(({ text }) => text === typed.text);
    if (already) this.#drafts.settle(typed.id, typed.text); // by this member in another tab, most likely
    if (unseen.length > 0) return { outcome: already ? "already" : "unseen", report };
    tried.unshift(sealed);
    await this.#drafts.save(typed.id);
    return sealed;
  }

  /** False on a conflict. */
  async #deliver(typed: TypedAnswer, sealed: SealedAnswer): Promise<boolean> {
    try {
      await this.#sealer.deliver(typed, sealed);
      return true;
    } catch (error) {
      if (kindOf(error) === "conflict") return false;
      throw error;
    }
  }

  /** It is kept, whatever happens to the look that follows; unless that look shows that the server took it and does not have it. */
  async #saved(sealed: SealedAnswer, { id, text }: TypedAnswer, outcome: "saved" | "resealed"): Promise<Sent> {
    const report = await this.#sealer.report(id).catch(() => null);
    if (report && !hasArrived(report, sealed)) throw new TroubleError("lost");
    this.#drafts.settle(id, text);
    return { outcome, report };
  }
}

const isSame = (sealed: SealedAnswer, { text, locale }: TypedAnswer): boolean =>
  sealed.text === text && sealed.locale === locale;

/** Sealed after another answer, or to a newer key: the same place twice would be refused twice. */
const isAnotherPlace = (one: SealedAnswer, other: SealedAnswer): boolean =>
  one.after !== other.after || one.epoch !== other.epoch;

const hasArrived = ({ thread }: OpenedReport, { id }: SealedAnswer): boolean =>
  thread.some((message) => message.id === id && message.verdict === "checked");
