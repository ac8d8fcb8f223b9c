/** What the page of an invitation shows: one step after another. Keys and words are made in the key worker. */
import { signal } from "@preact/signals";
import type { ShownWords } from "../../session/commands/fresh_words.ts";
import type { ChosenFactor, JoiningOffer } from "../../session/commands/joining.ts";
import type { Desk } from "../../session/desk.ts";
import { makePasskey } from "../../session/passkeys.ts";
import { _ } from "../../texts.ts";
import { kindOf, TroubleError } from "../../trouble.ts";

/** `secret`: it is asked for, or the one that was pasted is not good. */
export type JoiningStep = "secret" | "offer" | "words" | "factor" | "codes" | "say";

export class Joining {
  readonly step = signal<JoiningStep>("secret");
  readonly offer = signal<JoiningOffer | null>(null);
  readonly words = signal<ShownWords | null>(null);
  readonly codes = signal<readonly string[]>([]);
  /** The three words to say. */
  readonly said = signal<readonly string[]>([]);
  readonly busy = signal(false);
  readonly trouble = signal<TroubleError | null>(null);
  readonly #desk: Desk;
  #line = "";

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** `line`: the secret of a link. */
  look(line: string): Promise<void> {
    this.#line = line;
    return this.#during(async () => {
      this.offer.value = await this.#desk.keyWorker.lookAtInvitation(line);
      this.step.value = "offer";
    });
  }

  begin(): Promise<void> {
    return this.#during(async () => {
      this.words.value = await this.#desk.keyWorker.joiningWords();
      this.step.value = "words";
    });
  }

  /** `typed`: the words that were asked for. */
  check(typed: readonly string[]): Promise<void> {
    return this.#during(async () => {
      await this.#desk.keyWorker.checkJoiningWords(typed);
      this.words.value = null;
      this.step.value = "factor";
    });
  }

  byApp(code: string): Promise<void> {
    return this.#during(() => this.#answer({ code }));
  }

  byPasskey(): Promise<void> {
    return this.#during(async () => {
      const { member, name } = this.offer.value ?? { member: "", name: "" };
      const { question } = await this.#desk.keyWorker.lookAtInvitation(this.#line); // the first one may be over
      await this.#answer(await makePasskey(question, { memberId: member, name, label: _("Passkey") }));
    });
  }

  haveCodes(): void {
    this.codes.value = [];
    this.step.value = "say";
  }

  async #answer(chosen: ChosenFactor): Promise<void> {
    const { codes, said } = await this.#desk.keyWorker.answerInvitation(chosen);
    this.said.value = said;
    this.codes.value = codes;
    this.step.value = "codes";
  }

  async #during(act: () => Promise<void>): Promise<void> {
    if (this.busy.value) return;
    this.busy.value = true;
    this.trouble.value = null;
    await act().catch((error: unknown) => {
      this.trouble.value = error instanceof TroubleError ? error : new TroubleError(kindOf(error));
    });
    this.busy.value = false;
  }
}
