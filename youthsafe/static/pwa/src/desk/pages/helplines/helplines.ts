/** What the page of helplines shows: all of them, the one that is open, and what came of each press. */
import { batch, signal } from "@preact/signals";
import type { Desk, Shown } from "../../session/desk.ts";
import { Newest } from "../../session/newest.ts";
import { kindOf, type TroubleError } from "../../trouble.ts";
import { AfterDrawing } from "../../ui/after_drawing.ts";
import { type Differing, type Helpline, type HelplineFault, isHelplineChanged, isHelplineList } from "../../wire.ts";
import { confirmAlert } from "./questions.tsx";

export type Outcome = "checked" | "alerted" | "alert-ended" | "changed" | "restored";
export type Pressed = { done: Outcome } | { trouble: TroubleError | "changed" } | { faults: readonly HelplineFault[] };

export class HelplinesShown implements Shown {
  readonly helplines = signal<readonly Helpline[] | null>(null);
  readonly onlyDue = signal(false);
  readonly open = signal("");
  readonly trouble = signal<TroubleError | null>(null);
  readonly pressed = signal<{ id: string; what: Pressed } | null>(null);
  readonly afterDrawing = new AfterDrawing();
  readonly #desk: Desk;
  readonly #newest = new Newest();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  async refresh(): Promise<void> {
    try {
      await this.#newest.ask(
        () => this.#desk.get("/helplines", isHelplineList),
        ({ helplines }) => {
          this.helplines.value = helplines;
        },
      );
      this.trouble.value = null;
    } catch (error) {
      this.trouble.value = this.#desk.troubleOf(error);
    }
  }

  show(onlyDue: boolean): void {
    batch(() => {
      this.onlyDue.value = onlyDue;
      this.open.value = "";
      this.pressed.value = null;
    });
  }

  toggle(id: string): void {
    batch(() => {
      this.open.value = this.open.value === id ? "" : id;
      this.pressed.value = null;
    });
  }

  async checked(id: string, way: string, on: string): Promise<void> {
    await this.#act(id, "checked", { way, on }, "checked");
  }

  async alert(helpline: Helpline): Promise<void> {
    if (await this.#desk.ask(confirmAlert(helpline))) await this.#act(helpline.id, "alert", {}, "alerted");
  }

  async endAlert(id: string): Promise<void> {
    await this.#act(id, "alert/end", {}, "alert-ended");
  }

  async change(id: string, differing: Differing): Promise<void> {
    await this.#act(id, "change", differing, "changed");
  }

  async restore(id: string): Promise<void> {
    await this.#act(id, "change/end", {}, "restored");
  }

  async #act(id: string, step: string, body: object, done: Outcome): Promise<void> {
    this.pressed.value = null;
    try {
      const { helpline, faults } = await this.#desk.postFor(`/helplines/${id}/${step}`, isHelplineChanged, body);
      batch(() => {
        const shown = this.helplines.value ?? [];
        this.helplines.value = shown.map((each) => (each.id === id ? helpline : each));
        this.pressed.value = { id, what: faults.length > 0 ? { faults } : { done } };
      });
      this.afterDrawing.add(() =>
        document.querySelector<HTMLElement>(`[data-place="${CSS.escape(id)}"] [data-part="outcome"]`)?.focus(),
      );
    } catch (error) {
      const changed = kindOf(error) === "conflict" || kindOf(error) === "missing";
      const trouble = changed ? "changed" : this.#desk.troubleOf(error);
      if (trouble) this.pressed.value = { id, what: { trouble } };
      await this.refresh();
    }
  }
}
