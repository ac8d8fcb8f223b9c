/** The work that everybody is asked for, and presses that raise or end it. */
import { signal } from "@preact/signals";
import type * as api from "../../../generated/api.ts";
import { type Guard, isNumber, isText, orNull, shape } from "../../guards.ts";
import type { Desk, Shown } from "../../session/desk.ts";
import { Newest } from "../../session/newest.ts";
import type { TroubleError } from "../../trouble.ts";

const isWorkAsked: Guard<api.WorkAsked> = shape<api.WorkAsked>({
  work: orNull(shape<api.MinimumUntil>({ step: isNumber, until: isText })),
  highest: isNumber,
});

export class WorkAskedShown implements Shown {
  readonly asked = signal<api.WorkAsked | null>(null);
  readonly trouble = signal<TroubleError | null>(null);
  readonly saved = signal(false);
  readonly pressTrouble = signal<TroubleError | null>(null);
  readonly #desk: Desk;
  readonly #newest = new Newest();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  async refresh(): Promise<void> {
    try {
      await this.#newest.ask(
        () => this.#desk.get("/junk/work", isWorkAsked),
        (found) => {
          this.asked.value = found;
        },
      );
      this.trouble.value = null;
    } catch (error) {
      this.trouble.value = this.#desk.troubleOf(error);
    }
  }

  async raise(step: number, hours: number): Promise<void> {
    await this.#act("/junk/work", { step, hours });
  }

  async end(): Promise<void> {
    await this.#act("/junk/work/end", {});
  }

  async #act(path: string, body: object): Promise<void> {
    [this.saved.value, this.pressTrouble.value] = [false, null];
    try {
      await this.#desk.post(path, body);
      await this.refresh();
      this.saved.value = true;
    } catch (error) {
      await this.refresh();
      this.pressTrouble.value = this.#desk.troubleOf(error);
    }
  }
}
