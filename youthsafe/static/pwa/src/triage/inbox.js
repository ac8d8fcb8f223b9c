/**
 * The inbox: one list, refreshed quietly, so that a row under the finger or the focus stays where it is.
 *
 * @import { Desk, View } from './desk.js'
 * @import { Stub } from './queue.js'
 * @import { Arrival, Tab } from './routes.js'
 */
import { badges, facts } from './facts.js';
import { arrivals, sorted } from './queue.js';
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

  /** @type {Stub[] | null} */
  #stubs = null;

  /**
   * @param {Desk} desk
   * @param {Tab} tab
   * @param {Arrival | null} [only]
   */
  constructor(desk, tab, only = null) {
    this.desk = desk;
    this.tab = tab;
    this.only = only;
    this.element = clone('view-inbox');
    linkLists(this.element, desk, tab);
    part(this.element, 'narrowed').hidden = only === null;
    if (only) fill(part(this.element, 'narrowed'), { hour: dayAndTime(Date.parse(only.hour)), step: number(only.step) });
    part(this.element, 'all').setAttribute('href', desk.address({ view: 'inbox', tab }));
  }

  async refresh() {
    try {
      const { reports } = await this.desk.get(`/reports?${this.#query()}`);
      this.#announce(reports);
      this.#stubs = sorted(reports);
      this.#draw(this.#stubs);
      show(part(this.element, 'trouble'), null);
    } catch (error) {
      this.desk.tell(error, part(this.element, 'trouble'));
    }
  }

  #query() {
    const query = new URLSearchParams({ state: this.tab });
    for (const [name, value] of Object.entries(this.only ?? {})) query.set(name, String(value));
    return query;
  }

  /** @param {Stub[]} stubs */
  #announce(stubs) {
    if (this.#stubs && this.tab === 'open' && arrivals(this.#stubs, stubs).length) this.desk.say(phrase('arrived'));
  }

  /** @param {Stub[]} stubs */
  #draw(stubs) {
    const list = part(this.element, 'list');
    const held = document.activeElement?.closest('[data-report]')?.getAttribute('data-report');
    list.replaceChildren(...stubs.map((stub) => this.#row(stub)));
    list.hidden = stubs.length === 0;
    if (held) /** @type {HTMLElement | null} */ (list.querySelector(`[data-report="${held}"] a`))?.focus();
    find(this.element, `[data-empty="${this.tab}"]`).hidden = stubs.length > 0;
    fill(part(this.element, 'fresh'), { time: clock(Date.now()) });
    part(this.element, 'fresh').hidden = false;
  }

  /** @param {Stub} stub */
  #row(stub) {
    const row = clone('inbox-row');
    const { session } = this.desk;
    if (!session) return row;
    row.dataset.report = stub.id;
    row.classList.toggle('urgent', stub.urgent);
    part(row, 'badges').replaceChildren(...badges(stub, session, Date.now(), { listed: this.tab !== 'mine' }));
    part(row, 'facts').replaceChildren(...facts(stub, session));
    part(row, 'link').setAttribute('href', this.desk.address({ view: 'report', id: stub.id }));
    fill(row, { received: dayAndTime(Date.parse(stub.received)) });
    return row;
  }
}
