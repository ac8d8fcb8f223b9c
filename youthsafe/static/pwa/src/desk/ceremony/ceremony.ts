/**
 * What making a coordinator's keys has in common, at set-up and when one comes back by the kit: words, a kit on paper, a second factor.
 * Nothing is sent before the last step; the secrets are in the key worker.
 */
import { signal } from "@preact/signals";
import { type NameFault, nameFault } from "../names.ts";
import type { SetUpMade } from "../session/commands/fresh_secrets.ts";
import type { Desk } from "../session/desk.ts";
import { kindOf, TroubleError, type TroubleKind } from "../trouble.ts";
import { KitCheck } from "./kit_check.ts";

export type CeremonyField = "name" | "team" | "kit" | "words" | "code";
/** `other-words`: words of the list that are not the ones shown. */
export type FieldTrouble = TroubleError | Exclude<NameFault, "missing"> | "taken" | "other-words";

const FIELD_OF = new Map<TroubleKind, CeremonyField>([
  ["used-code", "code"],
  ["code", "code"],
  ["words-count", "words"],
  ["words-word", "words"],
  ["kit-count", "kit"],
  ["kit-word", "kit"],
  ["kit-check", "kit"],
  ["kit-dead", "kit"],
]);
const SIX_DIGITS = /^[0-9]{6}$/;

export abstract class Ceremony<Step extends string> {
  readonly step;
  readonly made = signal<SetUpMade | null>(null);
  readonly busy = signal(false);
  readonly trouble = signal<TroubleError | null>(null);
  readonly wrong = signal<{ field: CeremonyField; trouble: FieldTrouble } | null>(null);
  readonly kit = new KitCheck();
  /** The steps that a person goes through, in their order. */
  abstract readonly steps: readonly Step[];
  protected readonly desk: Desk;

  constructor(desk: Desk, step: Step) {
    this.desk = desk;
    this.step = signal<Step>(step);
  }

  /** What stands after the words, the kit and the last step. */
  protected abstract readonly after: { words: Step; kit: Step; code: Step };

  /** Whose app and account it is. */
  abstract get name(): string;

  /** Send everything. */
  protected abstract send(code: string): Promise<void>;

  /** Whether something would be lost by leaving. */
  get unsaved(): boolean {
    return this.made.value !== null;
  }

  async checkWords(words: string): Promise<void> {
    if (!words.trim()) return this.point("words", new TroubleError("words-count"));
    await this.attempt(async () => {
      if (await this.desk.keyWorker.checkSetUpWords(words)) this.step.value = this.after.words;
      else this.point("words", "other-words");
    });
  }

  checkKit(): void {
    const { made } = this;
    if (made.value && this.kit.check(made.value.kit.words)) this.go(this.after.kit);
  }

  async finish(typed: string): Promise<void> {
    const code = typed.replace(/\s/g, "");
    if (!SIX_DIGITS.test(code)) return this.point("code", new TroubleError("code"));
    await this.attempt(async () => {
      await this.send(code);
      this.made.value = null;
      this.step.value = this.after.code;
    });
  }

  back(): void {
    const before = this.steps[this.steps.indexOf(this.step.value) - 1];
    if (before && !this.busy.value) this.go(before);
  }

  protected go(step: Step): void {
    this.wrong.value = null;
    this.trouble.value = null;
    this.step.value = step;
  }

  /** Whether a name can stand in the signed lists; what is wrong is said at its field. */
  protected isName(field: "name" | "team", text: string): boolean {
    const fault = nameFault(text);
    if (fault) this.point(field, fault === "missing" ? new TroubleError("name") : fault);
    return !fault;
  }

  protected point(field: CeremonyField, trouble: FieldTrouble): void {
    this.trouble.value = null;
    this.wrong.value = { field, trouble };
  }

  /** One thing at a time; each thing that is wrong is said at its field. */
  protected async attempt(act: () => Promise<void>): Promise<void> {
    if (this.busy.value) return;
    this.busy.value = true;
    this.trouble.value = null;
    this.wrong.value = null;
    try {
      await act();
    } catch (error) {
      this.tell(error instanceof TroubleError ? error : new TroubleError(kindOf(error)));
    }
    this.busy.value = false;
  }

  protected tell(trouble: TroubleError): void {
    const field = FIELD_OF.get(trouble.kind);
    if (field) this.point(field, trouble);
    else this.trouble.value = trouble;
  }
}
