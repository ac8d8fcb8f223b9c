/** How long reports are kept: what holds, what somebody would have, and what that would erase before it is saved. */
import { computed, signal } from "@preact/signals";
import type * as api from "../../../generated/api.ts";
import { type Guard, isNumber, isText, listOf, orNull, shape } from "../../guards.ts";
import type { Desk, Shown } from "../../session/desk.ts";
import { Newest } from "../../session/newest.ts";
import { kindOf, type TroubleError } from "../../trouble.ts";
import { confirmShorter } from "./questions.tsx";

export type Days = api.Days;
export type Foreseen = api.Foreseen;
export type Retention = api.Retention;

/** What somebody typed, and which of it cannot be. */
export interface Wanted {
  closed: string;
  unclaimed: string;
}

const isDays: Guard<Days> = shape<Days>({ closed: isNumber, unclaimed: isNumber });
const isRange = shape<api.Range>({ least: isNumber, most: isNumber });
const isForeseen: Guard<Foreseen> = shape<Foreseen>({
  holds_from: isText,
  removes: isNumber,
  removals: listOf(shape<api.Removal>({ day: isText, closed: isNumber, unclaimed: isNumber })),
});
const isRetention: Guard<Retention> = shape<Retention>({
  days: isDays,
  coming: orNull(shape<api.ComingDays>({ days: isDays, holds_from: isText })),
  foreseen: isForeseen,
  closed: isRange,
  unclaimed: isRange,
});

const FIELDS = ["closed", "unclaimed"] as const;

export class RetentionShown implements Shown {
  readonly retention = signal<Retention | null>(null);
  /** Null until somebody changes something. */
  readonly wanted = signal<Wanted | null>(null);
  /** What was wanted when somebody looked what it would erase. */
  readonly looked = signal<{ days: Days; foreseen: Foreseen } | null>(null);
  readonly trouble = signal<TroubleError | null>(null);
  readonly pressTrouble = signal<TroubleError | "changed" | null>(null);
  readonly saved = signal(false);
  /** The fields that hold no number of days that can be set. */
  readonly wrong = signal<readonly (keyof Wanted)[]>([]);
  /** What the fields show. */
  readonly typed = computed<Wanted>(() => {
    const days = this.retention.value?.coming?.days ?? this.retention.value?.days;
    return this.wanted.value ?? { closed: String(days?.closed ?? ""), unclaimed: String(days?.unclaimed ?? "") };
  });
  readonly #desk: Desk;
  readonly #newest = new Newest();
  readonly #looks = new Newest();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  async refresh(): Promise<void> {
    try {
      await this.#newest.ask(
        () => this.#desk.get("/retention", isRetention),
        (found) => {
          this.retention.value = found;
        },
      );
      this.trouble.value = null;
    } catch (error) {
      this.trouble.value = this.#desk.troubleOf(error);
    }
  }

  type(changed: Partial<Wanted>): void {
    this.wanted.value = { ...this.typed.value, ...changed };
    this.looked.value = this.pressTrouble.value = null;
    this.wrong.value = [];
    this.saved.value = false;
  }

  /** Ask what the typed days would erase. */
  async look(): Promise<void> {
    const days = this.#read();
    if (!days) return;
    this.pressTrouble.value = null;
    try {
      await this.#looks.ask(
        () => this.#foresee(days),
        (foreseen) => {
          this.looked.value = { days, foreseen };
        },
      );
    } catch (error) {
      this.pressTrouble.value = this.#desk.troubleOf(error);
    }
  }

  /** Save what was looked at. */
  async save(): Promise<void> {
    const { value: looked } = this.looked;
    const before = this.retention.value?.days;
    if (!looked || !before) return;
    const { days, foreseen } = looked;
    const shorter = FIELDS.some((field) => days[field] < before[field]);
    if (shorter && !(await this.#desk.ask(confirmShorter(days, foreseen)))) return;
    await this.#save(days, foreseen.removes);
  }

  /** Keep reports as long as it holds now: the change that waits never comes to hold. */
  async putBack(): Promise<void> {
    const days = this.retention.value?.days;
    if (!days) return;
    try {
      await this.#save(days, (await this.#foresee(days)).removes);
    } catch (error) {
      this.pressTrouble.value = this.#desk.troubleOf(error);
    }
  }

  /** Whether what holds now is something that can be set here: the environment may say less. */
  get canPutBack(): boolean {
    const { value: retention } = this.retention;
    return retention !== null && FIELDS.every((field) => isWithin(retention[field], retention.days[field]));
  }

  async #foresee({ closed, unclaimed }: Days): Promise<Foreseen> {
    const found = await this.#desk.post("/retention/foresee", { closed, unclaimed });
    if (!isForeseen(found)) throw new TypeError("no answer of the expected kind");
    return found;
  }

  async #save(days: Days, removes: number): Promise<void> {
    this.pressTrouble.value = null;
    try {
      await this.#desk.post("/retention", { ...days, removes });
      this.wanted.value = this.looked.value = null;
      await this.refresh();
      this.saved.value = true;
    } catch (error) {
      if (kindOf(error) === "conflict") await this.look();
      this.pressTrouble.value = kindOf(error) === "conflict" ? "changed" : this.#desk.troubleOf(error);
    }
  }

  #read(): Days | null {
    const { value: retention } = this.retention;
    if (!retention) return null;
    const days = { closed: numberIn(this.typed.value.closed), unclaimed: numberIn(this.typed.value.unclaimed) };
    this.wrong.value = FIELDS.filter((field) => !isWithin(retention[field], days[field]));
    return this.wrong.value.length === 0 ? days : null;
  }
}

const isWithin = ({ least, most }: api.Range, days: number): boolean => days >= least && days <= most;

/** A whole number in digits; else one that is never right. */
const numberIn = (text: string): number => (/^\d{1,5}$/.test(text.trim()) ? Number(text) : -1);
