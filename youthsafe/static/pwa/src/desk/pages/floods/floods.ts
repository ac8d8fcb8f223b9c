/**
 * What the floods page shows. Looking again changes rows where they stand and moves none: what is new waits in a bar until somebody asks for it, and
 * what is said of a press stands beside the button.
 */
import { batch, signal } from "@preact/signals";
import type { Desk, Shown } from "../../session/desk.ts";
import { Newest } from "../../session/newest.ts";
import { may } from "../../session/session.ts";
import { kindOf, type TroubleError } from "../../trouble.ts";
import { AfterDrawing } from "../../ui/after_drawing.ts";
import { type ClosedFlood, type FloodGroup, type Floods, isFloods, isJunked } from "../../wire.ts";
import { confirmJunk } from "./questions.tsx";

export type FloodList = "groups" | "closed";
export type FloodOutcome = "closed" | "put-back" | "work-changed";

/** `gone`: not in the list any more. */
export interface FloodRow<G extends FloodGroup = FloodGroup> {
  key: string;
  group: G;
  gone: boolean;
}

/** What came of a press: `held` stay open, because they are on hold. `changed`: nothing was done, because it was not as it was shown. */
export type Pressed = { done: FloodOutcome; held: number } | { trouble: TroubleError | "changed" };

export const WORK = "work";

/** What stays the same of a group while more comes. */
const keyOf = ({ id = "", hour, step, urgent, opened }: FloodGroup & { id?: string }): string =>
  `${id} ${hour} ${step} ${urgent} ${opened}`;

const rowsOf = <G extends FloodGroup>(groups: readonly G[]): FloodRow<G>[] =>
  groups.map((group) => ({ key: keyOf(group), group, gone: false }));

/** The same rows as they are now, in their places. */
function renewed<G extends FloodGroup>(rows: readonly FloodRow<G>[], fresh: readonly G[]): FloodRow<G>[] {
  const now = new Map(fresh.map((group) => [keyOf(group), group]));
  return rows.map(({ key, group }) => ({ key, group: now.get(key) ?? group, gone: !now.has(key) }));
}

function countOfOthers(rows: readonly FloodRow[], fresh: readonly FloodGroup[]): number {
  const known = new Set(rows.map(({ key }) => key));
  return fresh.filter((group) => !known.has(keyOf(group))).reduce((sum, { count }) => sum + count, 0);
}

export class FloodsShown implements Shown {
  readonly coordinates: boolean;
  readonly floods = signal<Floods | null>(null);
  readonly groups = signal<readonly FloodRow[]>([]);
  readonly closed = signal<readonly FloodRow<ClosedFlood>[]>([]);
  /** How many reports wait to be shown: new ones, and those closed as junk meanwhile. */
  readonly waiting = signal({ more: 0, junked: 0 });
  readonly trouble = signal<TroubleError | null>(null);
  /** What came of the last press at a row, or at the work that is asked for. */
  readonly pressed = signal<ReadonlyMap<string, Pressed>>(new Map());
  readonly afterDrawing = new AfterDrawing();
  readonly #desk: Desk;
  readonly #newest = new Newest();

  constructor(desk: Desk) {
    this.#desk = desk;
    this.coordinates = desk.session !== null && may(desk.session, "flood:close");
  }

  async refresh(): Promise<void> {
    try {
      await this.#newest.ask(
        () => this.#desk.get("/junk", isFloods),
        (floods) => {
          const first = this.floods.value === null;
          this.#show(floods, first ? ["groups", "closed"] : []);
        },
      );
      this.trouble.value = null;
    } catch (error) {
      this.trouble.value = this.#desk.troubleOf(error);
    }
  }

  showWaiting(): void {
    if (this.floods.value) this.#show(this.floods.value, ["groups", "closed"]);
    this.afterDrawing.add(() => document.querySelector<HTMLElement>("h1")?.focus());
  }

  async close(row: FloodRow): Promise<void> {
    const { hour, step, urgent, opened, count } = row.group; // as it was shown when somebody said yes
    if (await this.#desk.ask(confirmJunk(row.group))) {
      await this.#act(row.key, "/junk", { hour, step, urgent, opened, count }, "closed");
    }
  }

  async putBack({ key, group }: FloodRow<ClosedFlood>): Promise<void> {
    await this.#act(key, `/junk/${group.id}/undo`, {}, "put-back");
  }

  async raiseWork(step: number, hours: number): Promise<void> {
    await this.#act(WORK, "/junk/work", { step, hours }, "work-changed");
  }

  async endWork(): Promise<void> {
    await this.#act(WORK, "/junk/work/end", {}, "work-changed");
  }

  /** `anew`: the lists to put in the server's order; the rows of the others stay where they are. */
  #show(floods: Floods, anew: readonly FloodList[]): void {
    batch(() => {
      this.floods.value = floods;
      const [groups, closed] = [this.groups.value, this.closed.value];
      const isNew = (list: FloodList, rows: readonly FloodRow[]): boolean => anew.includes(list) || rows.length === 0;
      this.groups.value = isNew("groups", groups) ? rowsOf(floods.groups) : renewed(groups, floods.groups);
      this.closed.value = isNew("closed", closed) ? rowsOf(floods.closed) : renewed(closed, floods.closed);
      this.waiting.value = {
        more: countOfOthers(this.groups.value, floods.groups),
        junked: countOfOthers(this.closed.value, floods.closed),
      };
    });
  }

  /** `place`: where the button stands, and what is said of it. */
  async #act(place: string, path: string, body: object, done: FloodOutcome): Promise<void> {
    this.#say(place, null);
    try {
      const answer = await this.#desk.post(path, body);
      await this.refresh();
      if (done === "closed" && this.floods.value) this.#show(this.floods.value, ["closed"]); // below what was pressed
      this.#say(place, { done, held: isJunked(answer) ? answer.held : 0 });
      this.afterDrawing.add(() => focusOutcome(place, this.#isGone(place)));
    } catch (error) {
      await this.refresh();
      const trouble = kindOf(error) === "conflict" ? "changed" : this.#desk.troubleOf(error);
      if (trouble) this.#say(place, { trouble });
      this.afterDrawing.add(() => partOf(place, "trouble")?.scrollIntoView({ block: "nearest" }));
    }
  }

  #isGone(place: string): boolean {
    return [...this.groups.value, ...this.closed.value].some(({ key, gone }) => gone && key === place);
  }

  #say(place: string, pressed: Pressed | null): void {
    const others = [...this.pressed.value].filter(([each]) => each !== place);
    this.pressed.value = new Map(pressed ? [...others, [place, pressed]] : others);
  }
}

const partOf = (place: string, part: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-place="${CSS.escape(place)}"] [data-part="${part}"]`);

/** What was said has the focus where the button that was pressed is gone. */
function focusOutcome(place: string, gone: boolean): void {
  if (gone || document.activeElement === document.body) partOf(place, "outcome")?.focus();
}
