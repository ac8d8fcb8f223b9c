/**
 * A list of reports. Looking again changes lines where they stand and moves none: what is new waits in a bar until somebody asks for it, and
 * whoever comes back from a report finds the list as they left it.
 */
import { batch, signal } from "@preact/signals";
import { placeOf } from "../../routes.ts";
import type { Desk, KeptList, Place, Visit } from "../../session/desk.ts";
import { _ } from "../../texts.ts";
import type { TroubleError } from "../../trouble.ts";
import { AfterDrawing } from "../../ui/after_drawing.ts";
import { isListed, type ReportSummary, type Stopped, type TakenBack } from "../../wire.ts";
import { type Arrival, inboxAddress, listAt, type Tab } from "./address.ts";
import { hasWrittenAgain, type ListNews, listNews } from "./list_news.ts";
import { ListPages } from "./list_pages.ts";
import { isDueNow, Search } from "./search.ts";
import { type WhoseTurn, whoseTurn } from "./turns.ts";

/**
 * `turn`: the group in which it was put, where it stays, as does one that is `gone`, until the list is put in order anew.
 */
export interface Line {
  report: ReportSummary;
  turn: WhoseTurn;
  gone: boolean;
}

/** How much waits to be shown. */
export interface Waiting {
  arrived: number;
  urgent: number;
  again: number;
}

const NOTHING: Waiting = { arrived: 0, urgent: 0, again: 0 };

const rowOf = (id: string): HTMLElement | null =>
  id ? document.querySelector<HTMLElement>(`[data-report="${CSS.escape(id)}"]`) : null;

const focusedReport = (): string => document.activeElement?.closest("[data-report]")?.getAttribute("data-report") ?? "";

export class InboxList implements KeptList {
  readonly tab: Tab;
  readonly only: Arrival | null;
  readonly at: string;
  readonly address: string;
  readonly lines = signal<readonly Line[]>([]);
  readonly waiting = signal(NOTHING);
  readonly goesOn = signal(false);
  /** Since when the form takes no reports; null while it does. */
  readonly stopped = signal<Stopped | null>(null);
  readonly takenBack = signal<readonly TakenBack[]>([]);
  /** Reports that do not stand here and that an answer was typed for: nobody has to search for what they wrote. */
  readonly unsentElsewhere = signal<readonly string[]>([]);
  /** When somebody looked last, in milliseconds. */
  readonly looked = signal<number | null>(null);
  readonly trouble = signal<TroubleError | null>(null);
  readonly #desk: Desk;
  readonly #pages: ListPages;
  /** As each report was when the list was last put in order. */
  #drawn = new Map<string, ReportSummary>();
  /** Where somebody left it for a report. */
  #left: { id: string; top: number } | null = null;
  /** Where to begin. */
  #begin: Place | null;
  /** Whether more lines followed the last one when the list was put in order. */
  #wentOn = false;
  /** Whether to put the list in order at the next look. */
  #anew = true;
  readonly afterDrawing = new AfterDrawing();
  readonly search: Search;

  /** `place`: to come back to. */
  constructor(desk: Desk, visit: Visit, place: Place | null) {
    const { tab, only } = listAt(visit.query);
    [this.#desk, this.tab, this.only, this.#begin] = [desk, tab, only, place];
    this.at = placeOf(visit);
    this.address = desk.address(inboxAddress(tab, only));
    const query: Record<string, string> = { state: tab, ...(only && { hour: only.hour, step: String(only.step) }) };
    const look = (path: string, tag: string) => desk.getChanged(path, tag, isListed);
    this.#pages = new ListPages(look, query, place?.pages);
    this.search = new Search(desk, new ListPages(look, query));
  }

  async refresh(): Promise<void> {
    await this.#look(() => this.#pages.refresh());
    await this.search.refresh();
  }

  async more(): Promise<void> {
    const before = this.lines.value.length;
    await this.#look(() => this.#pages.more());
    const added = this.lines.value[before];
    if (added) this.afterDrawing.add(() => focusRow(added.report.id, false));
  }

  /** How many of its lines are due, as far as their cards were read. */
  get due(): number {
    const { lines: cards } = this.#desk.cards;
    return this.lines.value.filter(({ report, gone }) => !gone && isDueNow(report, cards.value.get(report.id))).length;
  }

  /** Remember the place. `id`: of the report that somebody goes to. */
  leave(id: string): void {
    this.#left = { id, top: scrollY };
  }

  get wasLeft(): boolean {
    return this.#left !== null;
  }

  /** Come back to it. Nobody points at the list at this moment, so it is put in order, around the line that was left. */
  resume(): void {
    if (!this.#left) return;
    scrollTo(0, this.#left.top);
    focusRow(this.#left.id);
    this.#anew = true;
  }

  get place(): Place {
    const { id, top } = this.#left ?? { id: "", top: scrollY };
    return this.#begin ?? { at: this.at, pages: this.#pages.count, id, top };
  }

  showWaiting(): void {
    const drawn = this.#drawn;
    const fresh = this.#pages.reports;
    const first = fresh.find((report) => !drawn.has(report.id) || hasWrittenAgain(report, drawn.get(report.id)));
    this.#left = null;
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    batch(() => this.#order(fresh));
    this.afterDrawing.add(() => {
      scrollTo(0, 0);
      if (first) focusRow(first.id, false);
    });
  }

  /** An answer that comes when another view is on the screen is put in order when somebody comes back. */
  async #look(ask: () => Promise<boolean>): Promise<void> {
    try {
      const newest = await ask();
      if (!newest || !this.#desk.session || !this.#desk.isShown(this)) return;
      batch(() => this.#take(this.#pages.reports));
      this.trouble.value = null;
    } catch (error) {
      this.trouble.value = this.#desk.troubleOf(error);
    }
  }

  #take(fresh: readonly ReportSummary[]): void {
    const { value: lines } = this.lines;
    const found = listNews(this.#drawn, fresh, this.#wentOn);
    if (this.looked.value !== null && lines.length === 0 && fresh.length > 0) {
      this.#desk.say(_("A new report has come in."));
    }
    if (this.#anew || lines.length === 0 || found.gone.length === lines.length) this.#order(fresh);
    else this.#change(fresh, found);
    this.#anew = false;
    this.goesOn.value = this.#pages.goesOn;
    this.stopped.value = this.#pages.stopped;
    this.takenBack.value = this.only === null ? this.#pages.takenBack : [];
    if (this.tab === "open" && this.only === null) this.#desk.noteUnopened(countUnopened(fresh));
    const here = new Set(this.lines.value.filter(({ gone }) => !gone).map(({ report }) => report.id));
    this.unsentElsewhere.value = this.#desk.drafts.reports.filter((id) => !here.has(id));
    this.looked.value = Date.now();
    void this.#desk.cards.look(fresh);
    this.#comeBack();
  }

  /** A list that is made anew after the page was locked stands where it stood. */
  #comeBack(): void {
    if (!this.#begin) return;
    const { top, id } = this.#begin;
    this.#begin = null;
    this.afterDrawing.add(() => {
      scrollTo(0, top);
      focusRow(id);
    });
  }

  /** Put the list in the server's order. The line that has the focus, or was left, keeps its place on the screen. */
  #order(fresh: readonly ReportSummary[]): void {
    const kept = this.#left?.id ?? focusedReport();
    const before = rowOf(kept)?.getBoundingClientRect().top ?? null;
    const next = this.#neighbour(kept, new Set(fresh.map(({ id }) => id)));
    this.lines.value = fresh.map(lineOf);
    this.#drawn = new Map(fresh.map((report) => [report.id, report]));
    this.#wentOn = this.#pages.goesOn;
    this.waiting.value = NOTHING;
    if (!this.#drawn.has(next)) return;
    this.#left = null;
    this.afterDrawing.add(() => {
      const top = rowOf(next)?.getBoundingClientRect().top;
      if (before !== null && top !== undefined) scrollBy(0, top - before);
      focusRow(next);
    });
  }

  /** The line itself, or where it is gone the one that follows it, or stands before it. `ids`: that are still there. */
  #neighbour(id: string, ids: ReadonlySet<string>): string {
    const order = this.lines.value.map(({ report }) => report.id);
    const place = order.indexOf(id);
    if (place < 0 || ids.has(id)) return id;
    return [...order.slice(place), ...order.slice(0, place).reverse()].find((each) => ids.has(each)) ?? "";
  }

  /** Change lines where they stand; add only below the last one. */
  #change(fresh: readonly ReportSummary[], { arrived, again, below }: ListNews): void {
    const now = new Map(fresh.map((report) => [report.id, report]));
    const changed = this.lines.value.map(({ report, turn }) => {
      const found = now.get(report.id);
      return { report: found ?? report, turn, gone: found === undefined };
    });
    this.lines.value = [...changed, ...below.map(lineOf)];
    for (const report of below) this.#drawn.set(report.id, report);
    if (below.length > 0) this.#wentOn = this.#pages.goesOn;
    const urgent = arrived.filter((report) => report.urgent).length;
    this.waiting.value = { arrived: arrived.length, urgent, again: again.length };
  }
}

const lineOf = (report: ReportSummary): Line => ({ report, turn: whoseTurn(report), gone: false });

function countUnopened(reports: readonly ReportSummary[]): { urgent: number; others: number } {
  const unopened = reports.filter(({ opened, state }) => !opened && state !== "closed");
  const urgent = unopened.filter((report) => report.urgent).length;
  return { urgent, others: unopened.length - urgent };
}

/** `still`: whether the page must not scroll to it. */
function focusRow(id: string, still = true): void {
  rowOf(id)?.querySelector<HTMLElement>('[data-part="link"]')?.focus({ preventScroll: still });
}
