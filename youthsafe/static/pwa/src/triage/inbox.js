/**
 * A list of reports. Looking again changes lines where they stand and moves none: what is new waits in a bar until somebody asks for it, and
 * whoever comes back from a report finds the list as they left it.
 *
 * @import { Desk, View } from './desk.js'
 * @import { Stub } from './queue.js'
 * @import { Arrival, Tab } from './routes.js'
 * @typedef {{address: string, pages: number, id: string, top: number}} Place  where somebody was in a list; `id`: of the report that they went to
 */
import { badge, badges, facts } from './facts.js';
import { londonDay } from './hours.js';
import { Pages } from './pages.js';
import { news, wait } from './queue.js';
import { clone, fill, find, part, phrase, show } from './templates.js';
import { clock, dayAndTime, number } from './times.js';

/**
 * Lead from a view to each list of reports.
 * @param {HTMLElement} element
 * @param {Desk} desk
 * @param {Tab | 'junk'} current
 */
export function linkLists(element, desk, current) {
  for (const link of element.querySelectorAll('a[data-tab]')) {
    const name = /** @type {Tab | 'junk'} */ (link.getAttribute('data-tab'));
    link.setAttribute('href', desk.address(name === 'junk' ? { view: name } : { view: 'inbox', tab: name }));
    if (name === current) link.setAttribute('aria-current', 'page');
  }
}

/** @implements {View} */
export class Inbox {
  title = 'inbox';

  /** The lines that stand there, in their order. @type {Map<string, {row: HTMLElement, stub: Stub, key: string}>} */
  #lines = new Map();

  /** As each report was when the list was last put in order. @type {Map<string, Stub>} */
  #drawn = new Map();

  /** Where somebody left it for a report. @type {{id: string, top: number} | null} */
  #left = null;

  #fetched = false;

  /** Where to begin. @type {Place | null} */
  #begin;

  /** Whether more lines followed the last one when the list was put in order. */
  #wentOn = false;

  /** Whether to put the list in order at the next look. */
  #anew = true;

  /**
   * @param {Desk} desk
   * @param {Tab} tab
   * @param {Arrival | null} [only]
   * @param {Place | null} [place]  to come back to
   */
  constructor(desk, tab, only = null, place = null) {
    this.#begin = place;
    this.desk = desk;
    this.tab = tab;
    this.only = only;
    this.element = clone('view-inbox');
    this.address = desk.address({ view: 'inbox', tab, only });
    const query = Object.fromEntries(Object.entries({ state: tab, ...only }).map(([name, value]) => [name, String(value)]));
    this.pages = new Pages((path, tag) => desk.look(path, tag), query, place?.pages);
    linkLists(this.element, desk, tab);
    part(this.element, 'narrowed').hidden = only === null;
    if (only) fill(part(this.element, 'narrowed'), { hour: dayAndTime(Date.parse(only.hour)), step: number(only.step) });
    part(this.element, 'all').setAttribute('href', desk.address({ view: 'inbox', tab }));
    part(this.element, 'show-news').addEventListener('click', () => this.#showNews());
    part(this.element, 'more').addEventListener('click', () => void this.#more());
  }

  async refresh() {
    await this.#fetch(() => this.pages.refresh());
  }

  /**
   * Remember the place.
   * @param {string} id  of the report that somebody goes to
   */
  leave(id) {
    this.#left = { id, top: scrollY };
  }

  /** Come back to it. Nobody points at the list at this moment, so it is put in order, around the line that was left. */
  resume() {
    if (!this.#left) return false;
    scrollTo(0, this.#left.top);
    this.#focus(this.#left.id);
    this.#anew = true;
    return true;
  }

  /** @returns {Place} */
  get place() {
    const { id, top } = this.#left ?? { id: '', top: scrollY };
    return this.#begin ?? { address: this.address, pages: this.pages.count, id, top };
  }

  /** @param {() => Promise<void>} fetch */
  async #fetch(fetch) {
    try {
      await fetch();
      if (!this.desk.session || !this.element.isConnected) return; // it is put in order when somebody comes back
      this.#take(this.pages.stubs);
      show(part(this.element, 'trouble'), null);
    } catch (error) {
      this.desk.tell(error, part(this.element, 'trouble'));
    }
  }

  /** @param {Stub[]} fresh */
  #take(fresh) {
    const found = news(this.#drawn, fresh, this.#wentOn);
    if (this.#fetched && !this.#lines.size && fresh.length) this.desk.say(phrase('arrived'));
    if (this.#anew || !this.#lines.size || found.gone.length === this.#lines.size) this.#order(fresh);
    else this.#change(fresh, found);
    this.#fetched = true;
    this.#anew = false;
    part(this.element, 'list').hidden = this.#lines.size === 0;
    part(this.element, 'more').hidden = !this.pages.goesOn;
    find(this.element, `[data-empty="${this.tab}"]`).hidden = this.#lines.size > 0;
    if (this.only === null) this.#takenBack();
    this.#unsent();
    fill(part(this.element, 'fresh'), { time: clock(Date.now()) });
    part(this.element, 'fresh').hidden = false;
    this.#comeBack();
  }

  /** A list that is made anew after the page was locked stands where it stood. */
  #comeBack() {
    if (!this.#begin) return;
    scrollTo(0, this.#begin.top);
    this.#focus(this.#begin.id);
    this.#begin = null;
  }

  /**
   * Put the list in the server's order. The line that has the focus, or was left, keeps its place on the screen.
   * @param {Stub[]} fresh
   */
  #order(fresh) {
    const list = part(this.element, 'list');
    const held = this.#left?.id ?? document.activeElement?.closest('[data-report]')?.getAttribute('data-report') ?? '';
    const before = this.#lines.get(held)?.row.getBoundingClientRect().top ?? null;
    const next = this.#neighbour(held, new Set(fresh.map(({ id }) => id)));
    this.#lines = new Map(fresh.map((stub) => [stub.id, this.#line(stub)]));
    this.#drawn = new Map(fresh.map((stub) => [stub.id, stub]));
    this.#wentOn = this.pages.goesOn;
    list.replaceChildren(...[...this.#lines.values()].map(({ row }) => row));
    this.#tellNews([], []);
    const row = this.#lines.get(next)?.row;
    if (!row) return;
    list.hidden = false;
    if (before !== null) scrollBy(0, row.getBoundingClientRect().top - before);
    this.#focus(next);
    this.#left = null;
  }

  /**
   * The line itself, or where it is gone the one that follows it, or stands before it.
   * @param {string} id
   * @param {ReadonlySet<string>} ids  that are still there
   */
  #neighbour(id, ids) {
    const order = [...this.#lines.keys()];
    const place = order.indexOf(id);
    if (place < 0 || ids.has(id)) return id;
    return [...order.slice(place), ...order.slice(0, place).reverse()].find((each) => ids.has(each)) ?? '';
  }

  /**
   * Change lines where they stand; add only below the last one.
   * @param {Stub[]} fresh
   * @param {ReturnType<typeof news>} found
   */
  #change(fresh, { arrived, again, below, gone }) {
    for (const stub of fresh) if (this.#lines.has(stub.id)) this.#lines.set(stub.id, this.#line(stub));
    for (const id of gone) this.#strike(id);
    for (const stub of below) {
      this.#lines.set(stub.id, this.#line(stub));
      this.#drawn.set(stub.id, stub);
      part(this.element, 'list').append(/** @type {{row: HTMLElement}} */ (this.#lines.get(stub.id)).row);
    }
    if (below.length) this.#wentOn = this.pages.goesOn;
    this.#tellNews(arrived, again);
  }

  /**
   * What came since waits above the list, and is told once.
   * @param {Stub[]} arrived
   * @param {Stub[]} again
   */
  #tellNews(arrived, again) {
    const words = [];
    const urgent = arrived.filter((stub) => stub.urgent).length;
    if (arrived.length) words.push(phrase('news-new', { count: number(arrived.length) }));
    if (urgent) words.push(phrase('news-urgent', { count: number(urgent) }));
    if (again.length) words.push(phrase('news-again', { count: number(again.length) }));
    const told = part(this.element, 'news-words');
    const text = words.map(({ textContent }) => textContent).join();
    if (told.dataset.told !== text) told.replaceChildren(...words);
    told.dataset.told = text;
    part(this.element, 'news').classList.toggle('urgent', urgent > 0);
    part(this.element, 'show-news').hidden = words.length === 0;
    part(this.element, 'news').classList.toggle('empty-news', words.length === 0);
  }

  #showNews() {
    const drawn = this.#drawn;
    const fresh = this.pages.stubs;
    const first = fresh.find((stub) => !drawn.has(stub.id) || stub.follow_ups > (drawn.get(stub.id)?.follow_ups ?? 0));
    this.#left = null;
    /** @type {HTMLElement | null} */ (document.activeElement)?.blur();
    this.#order(fresh);
    scrollTo(0, 0);
    if (first) this.#focus(first.id, false);
  }

  async #more() {
    const before = this.#lines.size;
    await this.#fetch(() => this.pages.more());
    const added = [...this.#lines.keys()][before];
    if (added) this.#focus(added, false);
  }

  /** Answers that are not sent, of reports that do not stand here: nobody has to search for what they wrote. */
  #unsent() {
    const elsewhere = this.desk.drafts.reports.filter((id) => !this.#lines.get(id)?.key);
    part(this.element, 'unsent').replaceChildren(...elsewhere.map((id) => {
      const notice = clone('unsent-elsewhere');
      part(notice, 'link').setAttribute('href', this.desk.address({ view: 'report', id }));
      return notice;
    }));
  }

  #takenBack() {
    const box = part(this.element, 'taken-back');
    const words = this.pages.takenBack.map(({ hour, count }) => phrase('taken-back', { count: number(count), time: dayAndTime(Date.parse(hour)) }));
    const text = words.map(({ textContent }) => textContent).join();
    if (box.dataset.told === text) return;
    box.dataset.told = text;
    box.replaceChildren(...words.map((each) => {
      const notice = clone('alarm');
      notice.append(each);
      return notice;
    }));
  }

  /**
   * The line of a report: the same row, changed only where something that it shows has changed.
   * @param {Stub} stub
   */
  #line(stub) {
    const now = Date.now();
    const known = this.#lines.get(stub.id);
    const { session } = this.desk;
    const due = session && !stub.damaged && wait(stub, session.teams[stub.team], session.closedDays, now);
    const unsent = this.desk.drafts.of(stub.id) !== '';
    const wantsReply = !this.desk.noReply.has(stub.id);
    const key = JSON.stringify([stub, due ? due.late : null, londonDay(now), unsent, wantsReply]);
    if (known && known.key === key) return known;
    const row = known?.row ?? clone('inbox-row');
    if (!session) return { row, stub, key: '' };
    row.dataset.report = stub.id;
    row.classList.remove('gone');
    if (stub.damaged) {
      for (const name of ['badges', 'facts']) part(row, name).replaceChildren();
      part(row, 'link').removeAttribute('href');
      part(row, 'link').replaceChildren(phrase('damaged'));
      return { row, stub, key };
    }
    row.classList.toggle('urgent', stub.urgent && stub.state !== 'closed');
    part(row, 'badges').replaceChildren(...badges(stub, session, now, { listed: this.tab !== 'mine', wantsReply }));
    if (unsent) part(row, 'badges').append(badge(phrase('unsent'), 'mine'));
    part(row, 'facts').replaceChildren(...facts(stub, session));
    part(row, 'link').setAttribute('href', this.desk.address({ view: 'report', id: stub.id }));
    fill(row, { received: dayAndTime(Date.parse(stub.received)) });
    return { row, stub, key };
  }

  /**
   * What is no longer in the list stays where it stands until the list is put in order.
   * @param {string} id
   */
  #strike(id) {
    const line = this.#lines.get(id);
    if (!line || !line.key) return;
    line.row.classList.add('gone');
    part(line.row, 'link').removeAttribute('href');
    part(line.row, 'facts').replaceChildren(phrase('gone'));
    this.#lines.set(id, { ...line, key: '' });
  }

  /**
   * @param {string} id
   * @param {boolean} [still]  whether the page must not scroll to it
   */
  #focus(id, still = true) {
    const row = this.#lines.get(id)?.row;
    if (row) part(row, 'link').focus({ preventScroll: still });
  }
}
