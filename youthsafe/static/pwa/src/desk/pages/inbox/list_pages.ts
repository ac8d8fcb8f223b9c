/** A list as far as somebody looked: whole pages, each asked for again by its tag, so that nothing comes twice that did not change. */
import { Newest } from "../../session/newest.ts";
import type { Tagged } from "../../session/requests.ts";
import type { Listed, ReportSummary, Stopped, TakenBack } from "../../wire.ts";

/** Asks for one page; null when it is as it was when it had this tag. */
export type LookAtList = (path: string, tag: string) => Promise<Tagged<Listed> | null>;

interface ListPage extends Tagged<Listed> {
  after: string | null;
}

export class ListPages {
  readonly #look: LookAtList;
  readonly #query: Record<string, string>;
  readonly #newest = new Newest();
  #pages: ListPage[] = [];
  /** How many pages somebody wants to see. */
  #wanted: number;

  /** `query`: which list; `least`: how many pages to begin with. */
  constructor(look: LookAtList, query: Record<string, string>, least = 1) {
    this.#look = look;
    this.#query = query;
    this.#wanted = least;
  }

  /** Every report once, in the server's order: one may have moved to a later page while that was fetched. */
  get reports(): ReportSummary[] {
    const all = this.#pages.flatMap(({ body }) => body.reports);
    return [...new Map(all.map((report) => [report.id, report])).values()];
  }

  get goesOn(): boolean {
    return (this.#pages.at(-1)?.body.next ?? null) !== null;
  }

  get takenBack(): TakenBack[] {
    return this.#pages[0]?.body.taken_back ?? [];
  }

  /** Since when the form takes no reports; null while it does. */
  get stopped(): Stopped | null {
    return this.#pages[0]?.body.stopped ?? null;
  }

  /** How many pages somebody looked at. */
  get count(): number {
    return Math.max(this.#wanted, this.#pages.length);
  }

  /** Look again at everything that was fetched, or at what to begin with; whether no newer look came in between. */
  async refresh(): Promise<boolean> {
    return this.#newest.ask(
      () => this.#fetch(this.count),
      (pages) => {
        this.#pages = pages;
      },
    );
  }

  /** Fetch one more page. A look that begins before it has come wants that page too. */
  async more(): Promise<boolean> {
    this.#wanted = this.#pages.length + 1;
    return this.refresh();
  }

  /** Look at every page that there is. */
  async all(): Promise<boolean> {
    this.#wanted = Number.POSITIVE_INFINITY;
    return this.refresh();
  }

  async #fetch(count: number): Promise<ListPage[]> {
    const known = this.#pages;
    const fresh: ListPage[] = [];
    let after: string | null = null;
    do {
      const page: ListPage = await this.#page(after, known[fresh.length]);
      fresh.push(page);
      after = page.body.next;
    } while (after !== null && fresh.length < count);
    return fresh;
  }

  /** `known`: what stood in its place. */
  async #page(after: string | null, known: ListPage | undefined): Promise<ListPage> {
    const query = new URLSearchParams(after === null ? this.#query : { ...this.#query, after });
    const same = known?.after === after ? known : null;
    const found = await this.#look(`/reports?${query}`, same?.tag ?? "");
    if (found) return { after, ...found };
    if (!same) throw new TypeError("not changed since nothing");
    return same;
  }
}
