/**
 * The same thing: two reports that belong together stand in each other's chronology. Neither is merged into the other, so a child's mailbox stays the
 * child's, and a later entry undoes it.
 */
import { signal } from "@preact/signals";
import { type NamedReport, withLink } from "../../reports/card_state.ts";
import { pagesOfReports } from "../../reports/every_report.ts";
import type { Desk } from "../../session/desk.ts";
import type { TroubleError } from "../../trouble.ts";
import type { ReportSummary } from "../../wire.ts";
import type { CardBox } from "./card_box.ts";

/** `none`: no report has that number; `many`: more than one has; `unopened`: nobody has opened it; `unseen`: somebody changed a card meanwhile. */
export type LinkingFault = "none" | "many" | "self" | "unopened" | "unseen" | TroubleError;

const SHORTEST = 3;

const folded = (number: string): string => number.toLowerCase().replaceAll(/\s/g, "");

export class Linking {
  /** What was typed of the other report's number. */
  readonly typed = signal("");
  readonly fault = signal<LinkingFault | null>(null);
  readonly done = signal<"linked" | "parted" | null>(null);
  readonly busy = signal(false);
  readonly #desk: Desk;
  readonly #id: string;
  readonly #card: CardBox;

  constructor(desk: Desk, id: string, card: CardBox) {
    this.#desk = desk;
    this.#id = id;
    this.#card = card;
  }

  type(number: string): void {
    this.typed.value = number;
    this.#say(null, null);
  }

  /** Link the report of the number that was typed. */
  link(): Promise<void> {
    return this.#during(async () => {
      const found = await this.#found();
      if (typeof found === "string") return found;
      if (found.id === this.#id) return "self";
      if (!found.opened) return "unopened";
      if (!(await this.#onBoth(found.id, true))) return "unseen";
      this.typed.value = "";
      this.done.value = "linked";
      return null;
    });
  }

  /** Say that a report is not the same thing after all. */
  part({ id }: NamedReport): Promise<void> {
    return this.#during(async () => {
      if (!(await this.#onBoth(id, false))) return "unseen";
      this.done.value = "parted";
      return null;
    });
  }

  async #during(act: () => Promise<LinkingFault | null>): Promise<void> {
    if (this.busy.value || !this.#desk.session) return;
    this.busy.value = true;
    this.#say(null, null);
    this.fault.value = await act().catch((error: unknown) => this.#desk.troubleOf(error));
    this.busy.value = false;
  }

  #say(fault: LinkingFault | null, done: "linked" | "parted" | null): void {
    this.fault.value = fault;
    this.done.value = done;
  }

  /** The one report whose number begins as typed; what is open is looked through first. */
  async #found(): Promise<ReportSummary | "none" | "many"> {
    const wanted = folded(this.typed.value);
    if (wanted.length < SHORTEST) return "none";
    const found = new Map<string, ReportSummary>();
    for await (const reports of pagesOfReports(this.#desk)) {
      const numbers = await this.#desk.keyWorker.numbers(reports.map(({ id }) => id));
      const fitting = reports.filter((_report, at) => folded(numbers[at] ?? "").startsWith(wanted));
      for (const report of fitting) found.set(report.id, report);
    }
    const [report, ...others] = found.values();
    if (!report) return "none";
    return others.length > 0 ? "many" : report;
  }

  /** On this card first; whatever is there already is not written again. */
  async #onBoth(other: string, linked: boolean): Promise<boolean> {
    return (await this.#card.link(other, linked)) && (await this.#onOther(other, linked));
  }

  async #onOther(other: string, linked: boolean): Promise<boolean> {
    const { keyWorker } = this.#desk;
    const { state, seen } = await keyWorker.card(other);
    const links = withLink(state, this.#id, linked);
    if (links === (state.links ?? "")) return true;
    const written = await keyWorker.writeOnCard({ id: other, seen, note: "", changes: { links } });
    return written.outcome === "saved";
  }
}
