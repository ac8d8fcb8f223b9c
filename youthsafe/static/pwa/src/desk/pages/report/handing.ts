/** Handing a report over to a colleague, with a line why, which the card keeps; and taking what was handed over. */
import { signal } from "@preact/signals";
import type { Desk } from "../../session/desk.ts";
import type { TroubleError } from "../../trouble.ts";
import type { AfterDrawing } from "../../ui/after_drawing.ts";
import type { CardBox } from "./card_box.ts";
import type { Read } from "./one_report.ts";

/** What is missing. */
export type HandingFault = "who" | "why";

/** `team`: whose report it is; `read`: what was read of it until now; `move`: gives the claim to a colleague. */
export interface HandingOptions {
  desk: Desk;
  card: CardBox;
  afterDrawing: AfterDrawing;
  team: () => string;
  read: () => Read;
  move: (read: Read, to: string) => Promise<void>;
}

export class Handing {
  /** Whether it is asked to whom. */
  readonly asked = signal(false);
  /** Ids and names of those who read this team's reports; null until they are known. */
  readonly colleagues = signal<[string, string][] | null>(null);
  readonly fault = signal<HandingFault | null>(null);
  readonly trouble = signal<TroubleError | null>(null);
  readonly busy = signal(false);
  readonly #options: HandingOptions;

  constructor(options: HandingOptions) {
    this.#options = options;
  }

  async begin(): Promise<void> {
    this.fault.value = null;
    this.asked.value = true;
    this.#focus("#handing-who");
    const { desk } = this.#options;
    try {
      const { members } = await desk.keyWorker.staff();
      this.colleagues.value = members.filter((each) => this.#isColleague(each)).map(({ id, name }) => [id, name]);
    } catch (error) {
      this.trouble.value = desk.troubleOf(error);
    }
  }

  #isColleague({ id, teams }: { id: string; teams: readonly string[] }): boolean {
    const { desk, team } = this.#options;
    return id !== desk.session?.member.id && teams.includes(team());
  }

  /** What was typed stays on the card's own form. */
  leave(): void {
    this.asked.value = false;
    this.#focus('[data-action="hand-over"]');
  }

  async press(): Promise<void> {
    if (this.busy.value) return;
    this.fault.value = this.#wrong();
    if (this.fault.value) return;
    this.busy.value = true;
    await this.#go();
    this.busy.value = false;
  }

  #wrong(): HandingFault | null {
    const { card } = this.#options;
    if (!this.#known(card.value("handed"))) return "who";
    return card.isEmpty || card.note.value.trim() ? null : "why"; // with nothing typed the line is on the card already
  }

  #known(id: string): boolean {
    return this.colleagues.value?.some(([each]) => each === id) ?? false;
  }

  /** First the line, and then the claim: whoever finds the report theirs finds out why. */
  async #go(): Promise<void> {
    const { card, move, read } = this.#options;
    const [before, to] = [read(), card.value("handed")];
    if (card.isEmpty || (await card.save("handing"))) await move(before, to);
  }

  #focus(selector: string): void {
    this.#options.afterDrawing.add(() => document.querySelector<HTMLElement>(selector)?.focus());
  }
}
