/** Where the first coordinator is in setting up. Nothing is sent before the last step; the secrets are in the key worker. */
import { signal } from "@preact/signals";
import { KitCheck } from "../../ceremony/kit_check.ts";
import type { SetUpMade } from "../../session/commands/setting_up.ts";
import type { Desk } from "../../session/desk.ts";
import { kindOf, TroubleError } from "../../trouble.ts";

export type SetUpStep = "checking" | "dead" | "names" | "words" | "kit" | "code" | "done";
export type SetUpField = "name" | "team" | "words" | "code";

/** The steps that a person goes through, in their order. */
export const STEPS: readonly SetUpStep[] = ["names", "words", "kit", "code"];
const LONGEST_NAME = 80; // bytes, as the signed lists count
const SIX_DIGITS = /^[0-9]{6}$/;

/** Read the secret in the address and take it out of the address at once. */
export function takeSecret(): string {
  const secret = location.hash.slice(1);
  history.replaceState(history.state, "", location.pathname + location.search);
  return secret;
}

export class SetUp {
  readonly step = signal<SetUpStep>("checking");
  readonly made = signal<SetUpMade | null>(null);
  readonly busy = signal(false);
  readonly trouble = signal<TroubleError | null>(null);
  /** What is wrong with a field; `other-words` are words of the list that are not the ones shown. */
  readonly wrong = signal<{ field: SetUpField; trouble: TroubleError | "long" | "other-words" } | null>(null);
  readonly names = signal({ name: "", team: "" });
  readonly kit = new KitCheck();
  readonly #desk: Desk;
  readonly #link: string;

  constructor(desk: Desk, link: string) {
    this.#desk = desk;
    this.#link = link;
  }

  /** Whether something would be lost by leaving. */
  get unsaved(): boolean {
    return this.made.value !== null && this.step.value !== "done";
  }

  /** Look whether the link is good, before somebody spends time on it. */
  async begin(): Promise<void> {
    await this.#attempt(async () => {
      await this.#desk.keyWorker.checkSetUpLink(this.#link);
      this.step.value = "names";
    });
  }

  async takeNames(name: string, team: string): Promise<void> {
    this.names.value = { name: name.trim(), team: team.trim() };
    for (const field of ["name", "team"] as const) {
      const text = this.names.value[field];
      if (!text) return this.#point(field, new TroubleError("name"));
      if (new TextEncoder().encode(text).length > LONGEST_NAME) return this.#point(field, "long");
    }
    await this.#attempt(async () => {
      this.made.value = await this.#desk.keyWorker.beginSetUp();
      this.step.value = "words";
    });
  }

  async checkWords(words: string): Promise<void> {
    if (!words.trim()) return this.#point("words", new TroubleError("words-count"));
    await this.#attempt(async () => {
      if (await this.#desk.keyWorker.checkSetUpWords(words)) this.step.value = "kit";
      else this.#point("words", "other-words");
    });
  }

  checkKit(): void {
    const { made } = this;
    if (made.value && this.kit.check(made.value.kit.words)) this.#go("code");
  }

  async finish(typed: string): Promise<void> {
    const code = typed.replace(/\s/g, "");
    if (!SIX_DIGITS.test(code)) return this.#point("code", new TroubleError("code"));
    await this.#attempt(async () => {
      await this.#desk.keyWorker.finishSetUp({ link: this.#link, ...this.names.value, code });
      this.made.value = null;
      this.step.value = "done";
    });
  }

  back(): void {
    const before = STEPS[STEPS.indexOf(this.step.value) - 1];
    if (before && !this.busy.value) this.#go(before);
  }

  #go(step: SetUpStep): void {
    this.wrong.value = null;
    this.trouble.value = null;
    this.step.value = step;
  }

  #point(field: SetUpField, trouble: TroubleError | "long" | "other-words"): void {
    this.trouble.value = null;
    this.wrong.value = { field, trouble };
  }

  /** One thing at a time; each thing that is wrong is said at its field. */
  async #attempt(act: () => Promise<void>): Promise<void> {
    if (this.busy.value) return;
    this.busy.value = true;
    this.trouble.value = null;
    this.wrong.value = null;
    try {
      await act();
    } catch (error) {
      this.#tell(error instanceof TroubleError ? error : new TroubleError(kindOf(error)));
    }
    this.busy.value = false;
  }

  #tell(trouble: TroubleError): void {
    if (trouble.kind === "set-up-link") this.step.value = "dead";
    else if (trouble.kind === "used-code") this.#point("code", trouble);
    else if (trouble.kind === "words-count" || trouble.kind === "words-word") this.#point("words", trouble);
    else this.trouble.value = trouble;
  }
}
