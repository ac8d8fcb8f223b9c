/** Whether the form takes reports, and a press that stops it or takes them again. */
import { signal } from "@preact/signals";
import type { Form } from "../../../generated/api.ts";
import { type Guard, orNull, shape } from "../../guards.ts";
import type { Desk, Shown } from "../../session/desk.ts";
import { Newest } from "../../session/newest.ts";
import type { TroubleError } from "../../trouble.ts";
import { isStopped } from "../../wire.ts";

export type FormPress = "stop" | "take-again";

const isForm: Guard<Form> = shape<Form>({ stopped: orNull(isStopped) });

export class FormState implements Shown {
  /** Null before it is known. */
  readonly form = signal<Form | null>(null);
  readonly trouble = signal<TroubleError | null>(null);
  /** The press that was done last, and what came in its way. */
  readonly done = signal<FormPress | null>(null);
  readonly pressTrouble = signal<TroubleError | null>(null);
  readonly #desk: Desk;
  readonly #newest = new Newest();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  async refresh(): Promise<void> {
    try {
      await this.#newest.ask(
        () => this.#desk.get("/form", isForm),
        (form) => {
          this.form.value = form;
        },
      );
      this.trouble.value = null;
    } catch (error) {
      this.trouble.value = this.#desk.troubleOf(error);
    }
  }

  async press(press: FormPress): Promise<void> {
    this.done.value = this.pressTrouble.value = null;
    try {
      await this.#desk.post(`/form/${press}`);
      await this.refresh();
      this.done.value = press;
    } catch (error) {
      await this.refresh();
      this.pressTrouble.value = this.#desk.troubleOf(error);
    }
  }
}
