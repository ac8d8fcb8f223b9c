/**
 * A list as far as somebody looked: whole pages, each asked for again by its tag, so that nothing comes twice that did not change.
 *
 * @import { Stub } from './queue.js'
 * @typedef {{team: string, hour: string, count: number}} TakenBack
 * @typedef {{reports: Stub[], next: string | null, taken_back: TakenBack[]}} Listed
 * @typedef {{after: string | null, tag: string, body: Listed}} Page
 */
export class Pages {
  /** @type {Page[]} */
  #pages = [];

  /**
   * @param {(path: string, tag: string) => Promise<{tag: string, body: Listed} | null>} look
   * @param {Record<string, string>} query  which list
   * @param {number} [least]  how many pages to begin with
   */
  constructor(look, query, least = 1) {
    this.least = least;
    this.look = look;
    this.query = query;
  }

  /** Every report once, in the server's order: one may have moved to a later page while that was fetched. */
  get stubs() {
    return [...new Map(this.#pages.flatMap(({ body }) => body.reports).map((stub) => [stub.id, stub])).values()];
  }

  get goesOn() {
    return (this.#pages.at(-1)?.body.next ?? null) !== null;
  }

  get takenBack() {
    return this.#pages[0]?.body.taken_back ?? [];
  }

  /** How many pages somebody looked at. */
  get count() {
    return Math.max(this.least, this.#pages.length);
  }

  /** Look again at everything that was fetched, or at what to begin with. */
  async refresh() {
    await this.#fetch(this.count);
  }

  /** Fetch one more page. */
  async more() {
    await this.#fetch(this.#pages.length + 1);
  }

  /** @param {number} count */
  async #fetch(count) {
    /** @type {Page[]} */
    const fresh = [];
    /** @type {string | null} */
    let after = null;
    do {
      const page = await this.#page(after, this.#pages[fresh.length]);
      fresh.push(page);
      after = page.body.next;
    } while (after !== null && fresh.length < count);
    this.#pages = fresh;
  }

  /**
   * @param {string | null} after
   * @param {Page | undefined} known  what stood in its place
   * @returns {Promise<Page>}
   */
  async #page(after, known) {
    const query = new URLSearchParams({ ...this.query, ...(after === null ? null : { after }) });
    const same = known?.after === after ? known : null;
    const found = await this.look(`/reports?${query}`, same?.tag ?? '');
    return found ? { after, ...found } : /** @type {Page} */ (same);
  }
}
