/** What the page of places shows: one list of them, the place that is open in it, and what came of each press. */
import { batch, signal } from "@preact/signals";
import type { Desk, Shown } from "../../session/desk.ts";
import { Newest } from "../../session/newest.ts";
import { kindOf, type TroubleError } from "../../trouble.ts";
import { AfterDrawing } from "../../ui/after_drawing.ts";
import {
  type Haven,
  type HavenDetail,
  type HavenList,
  isHavenDetail,
  isHavenKept,
  isHavenList,
  type Refusal,
} from "../../wire.ts";
import { confirmPause, confirmWithdraw } from "./questions.tsx";

export type PlaceList = "candidate" | "active" | "due" | "paused" | "withdrawn";
export type Outcome = "approved" | "active" | "taken-back" | "checked" | "paused" | "withdrawn" | "saved" | "as-it-was";
export type Panel = "import" | "new" | null;

/** What came of a press. `changed`: nothing was done, because it is not as it was shown. */
export type Pressed = { done: Outcome } | { trouble: TroubleError | "changed" };

/** A place that is typed: its columns, and what is to mend in them. */
export interface Typed {
  columns: Record<string, string>;
  refusals: readonly Refusal[];
  trouble: TroubleError | "known" | null;
}

const ONE = "/havens";

export class PlacesShown implements Shown {
  readonly list = signal<PlaceList>("candidate");
  readonly havens = signal<readonly Haven[]>([]);
  readonly counts = signal<HavenList["counts"] | null>(null);
  readonly next = signal<string | null>(null);
  readonly trouble = signal<TroubleError | null>(null);
  readonly panel = signal<Panel>(null);
  /** The place that is open, and what is typed where it is being changed. */
  readonly open = signal<HavenDetail | null>(null);
  readonly typed = signal<Typed | null>(null);
  readonly pressed = signal<{ id: string; what: Pressed } | null>(null);
  readonly afterDrawing = new AfterDrawing();
  readonly #desk: Desk;
  readonly #newest = new Newest();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Look again at as much of the list as is on the screen. */
  async refresh(): Promise<void> {
    const wanted = this.havens.peek().length;
    const list = this.list.peek();
    try {
      await this.#newest.ask(
        async () => {
          let page = await this.#page(list, null);
          const havens = [...page.havens];
          while (page.next && havens.length < wanted) {
            page = await this.#page(list, page.next);
            havens.push(...page.havens);
          }
          return { ...page, havens };
        },
        (found) => this.#show(found),
      );
      this.trouble.value = null;
    } catch (error) {
      this.trouble.value = this.#desk.troubleOf(error);
    }
  }

  async choose(list: PlaceList): Promise<void> {
    batch(() => {
      this.list.value = list;
      this.havens.value = [];
      this.next.value = null;
      this.open.value = this.typed.value = this.pressed.value = null;
    });
    await this.refresh();
  }

  async more(): Promise<void> {
    const { list, next } = this;
    const from = next.value;
    if (!from) return;
    try {
      await this.#newest.ask(
        () => this.#page(list.peek(), from),
        (page) => this.#show({ ...page, havens: [...this.havens.peek(), ...page.havens] }),
      );
    } catch (error) {
      this.trouble.value = this.#desk.troubleOf(error);
    }
  }

  show(panel: Panel): void {
    batch(() => {
      this.panel.value = this.panel.value === panel ? null : panel;
      this.open.value = null;
      this.typed.value = this.panel.value === "new" ? { columns: {}, refusals: [], trouble: null } : null;
    });
  }

  async toggle(id: string): Promise<void> {
    const closes = this.open.value?.haven.id === id;
    batch(() => {
      this.open.value = this.typed.value = this.pressed.value = null;
      if (this.panel.value === "new") this.panel.value = null;
    });
    if (closes) return;
    try {
      const found = await this.#desk.get(`${ONE}/${id}`, isHavenDetail);
      this.open.value = found;
    } catch (error) {
      this.#say(id, this.#troubleOf(error));
    }
  }

  async approve(id: string, method: string, on: string): Promise<void> {
    await this.#act(id, "approve", { method, on }, ({ haven }) => (haven.status === "active" ? "active" : "approved"));
  }

  async checked(id: string, method: string, on: string): Promise<void> {
    await this.#act(id, "checked", { method, on }, () => "checked");
  }

  async takeBack(id: string): Promise<void> {
    await this.#act(id, "take-back", {}, () => "taken-back");
  }

  /** An empty doubt is none that somebody names. */
  async pause(haven: Haven, doubt: string): Promise<void> {
    if (!(await this.#desk.ask(confirmPause(haven)))) return;
    await this.#act(haven.id, doubt ? "flag" : "pause", doubt ? { doubt } : {}, () => "paused");
  }

  async withdraw(haven: Haven): Promise<void> {
    if (await this.#desk.ask(confirmWithdraw(haven))) await this.#act(haven.id, "withdraw", {}, () => "withdrawn");
  }

  edit(): void {
    const { value } = this.open;
    if (value) this.typed.value = { columns: { ...value.columns }, refusals: [], trouble: null };
  }

  leave(): void {
    batch(() => {
      this.typed.value = null;
      if (this.panel.value === "new") this.panel.value = null;
    });
  }

  /** Keep what was typed: of the place that is open, or as a new one. */
  async keep(columns: Record<string, string>): Promise<void> {
    const id = this.open.value?.haven.id ?? "";
    try {
      const kept = await this.#desk.postFor(id ? `${ONE}/${id}/edit` : ONE, isHavenKept, { columns });
      if (kept.id === null) {
        this.typed.value = { columns, refusals: kept.refusals, trouble: null };
        this.afterDrawing.add(() => document.querySelector<HTMLElement>('[data-part="to-mend"]')?.focus());
        return;
      }
      const status = id ? this.open.value?.haven.status : undefined;
      const found = await this.#desk.get(`${ONE}/${kept.id}`, isHavenDetail);
      this.leave();
      this.open.value = null;
      await (found.haven.status === "candidate" ? this.choose("candidate") : this.refresh());
      this.open.value = found;
      this.#say(kept.id, { done: status === found.haven.status && status !== "candidate" ? "as-it-was" : "saved" });
      this.#focus(kept.id);
    } catch (error) {
      const trouble = kindOf(error) === "conflict" ? "known" : this.#desk.troubleOf(error);
      this.typed.value = { columns, refusals: [], trouble };
    }
  }

  #page(list: PlaceList, after: string | null): Promise<HavenList> {
    return this.#desk.get(`${ONE}?list=${list}${after ? `&after=${after}` : ""}`, isHavenList);
  }

  #show({ havens, next, counts }: HavenList): void {
    batch(() => {
      this.havens.value = havens;
      this.next.value = next;
      this.counts.value = counts;
    });
  }

  /** What happened stays beside the button, also where the place has left this list. */
  async #act(id: string, step: string, body: object, done: (found: HavenDetail) => Outcome): Promise<void> {
    this.pressed.value = null;
    try {
      const found = await this.#desk.postFor(`${ONE}/${id}/${step}`, isHavenDetail, body);
      this.open.value = found;
      await this.refresh();
      this.#say(id, { done: done(found) });
      this.#focus(id);
    } catch (error) {
      await this.#lookAgain(id);
      this.#say(id, this.#troubleOf(error));
    }
  }

  async #lookAgain(id: string): Promise<void> {
    const found = await this.#desk.get(`${ONE}/${id}`, isHavenDetail).catch(() => null);
    if (found && this.open.value?.haven.id === id) this.open.value = found;
    await this.refresh();
  }

  #focus(id: string): void {
    this.afterDrawing.add(() =>
      document.querySelector<HTMLElement>(`[data-place="${CSS.escape(id)}"] [data-part="outcome"]`)?.focus(),
    );
  }

  #troubleOf(error: unknown): Pressed | null {
    if (kindOf(error) === "conflict" || kindOf(error) === "missing") return { trouble: "changed" };
    const trouble = this.#desk.troubleOf(error);
    return trouble && { trouble };
  }

  #say(id: string, what: Pressed | null): void {
    this.pressed.value = what && { id, what };
  }
}
