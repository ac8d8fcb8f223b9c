/**
 * Floods: what nobody took on by hour and step of work, what was closed as junk, and the work that everybody is asked for. Without a flood there is
 * nothing to close. Looking again changes rows where they stand and moves none: what is new waits in a bar until somebody asks for it, and what is
 * said of a press stands beside the button.
 *
 * @import { Desk, View } from './desk.js'
 * @typedef {{hour: string, step: number, urgent: boolean, opened: boolean, count: number}} Group
 * @typedef {Group & {id: string, at: string}} Closed
 * @typedef {{groups: Group[], busiest: {hour: string, count: number} | null, flood: {hour: number, day: number, few: number, reading: number}, closed: Closed[], work: {step: number, until: string} | null, highest: number}} Floods
 */
import { badge } from './facts.js';
import { linkLists } from './inbox.js';
import { clone, fill, find, part, phrase, show } from './templates.js';
import { dayAndTime, number } from './times.js';
import { kindOf } from './trouble.js';

/** @typedef {'groups' | 'closed'} List */

/** @implements {View} */
export class Junk {
  title = 'junk';

  /** The rows that stand there, by their list and what they are of. @type {Record<List, Map<string, {row: HTMLElement, group: Group}>>} */
  #rows = { groups: new Map(), closed: new Map() };

  /** What the server gave last. @type {Floods | null} */
  #floods = null;

  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.coordinates = desk.session?.member.role === 'coordinator';
    this.element = clone('view-junk');
    linkLists(this.element, desk, 'junk');
    const work = part(this.element, 'work-panel');
    part(this.element, 'coordinators-only').hidden = this.coordinates;
    part(this.element, 'raise').hidden = !this.coordinates;
    part(this.element, 'raise').addEventListener('submit', (event) => { event.preventDefault(); void this.#raise(work); });
    part(this.element, 'end').addEventListener('click', () => void this.#act(work, '/junk/work/end', {}, 'work-changed'));
    part(this.element, 'show-news').addEventListener('click', () => this.#showNews());
  }

  async refresh() {
    try {
      const first = this.#floods === null;
      this.#floods = await this.desk.get('/junk');
      this.#draw(/** @type {Floods} */ (this.#floods), first ? ['groups', 'closed'] : []);
      show(part(this.element, 'trouble'), null);
    } catch (error) {
      this.desk.tell(error, part(this.element, 'trouble'));
    }
  }

  /**
   * @param {Floods} floods
   * @param {List[]} anew  the lists to put in the server's order
   */
  #draw(floods, anew) {
    const { groups, busiest, flood, closed, work, highest } = floods;
    fill(this.element, { 'of-hour': number(flood.hour), 'of-day': number(flood.day), few: number(flood.few), reading: number(flood.reading) });
    const most = busiest && { count: number(busiest.count), time: dayAndTime(Date.parse(busiest.hour)) };
    part(this.element, 'no-groups').replaceChildren(most ? phrase('no-flood-busiest', most) : phrase('no-flood'));
    const more = this.#list('groups', groups, anew.includes('groups') || this.#rows.groups.size === 0);
    const junked = this.#list('closed', closed, anew.includes('closed') || this.#rows.closed.size === 0);
    this.#tellNews(more, junked);
    const asked = work && { step: number(work.step), time: dayAndTime(Date.parse(work.until)) };
    show(part(this.element, 'work'), asked ? phrase('work-asked', asked) : phrase('work-none'));
    part(this.element, 'end').hidden = work === null;
    const steps = part(this.element, 'step');
    if (steps.childElementCount === highest) return; // what somebody chose stays chosen
    steps.replaceChildren(...Array.from({ length: highest }, (_, index) => new Option(number(index + 1), String(index + 1))));
  }

  /**
   * @param {List} name
   * @param {readonly Group[]} fresh
   * @param {boolean} anew  whether rows may move
   * @returns {number} how many reports wait to be shown
   */
  #list(name, fresh, anew) {
    const list = part(this.element, name);
    const known = this.#rows[name];
    const rows = new Map(fresh.map((group) => [keyOf(group), { row: known.get(keyOf(group))?.row ?? this.#row(name, keyOf(group)), group }]));
    if (anew) {
      this.#rows[name] = rows;
      list.replaceChildren(...[...rows.values()].map(({ row }) => row));
    }
    for (const [key, { row }] of this.#rows[name]) {
      const now = rows.get(key);
      if (now) this.#rows[name].set(key, now);
      this.#fill(name, row, now?.group ?? null);
    }
    list.hidden = this.#rows[name].size === 0;
    part(this.element, `no-${name}`).hidden = this.#rows[name].size > 0;
    return fresh.filter((group) => !this.#rows[name].has(keyOf(group))).reduce((sum, { count }) => sum + count, 0);
  }

  /**
   * @param {number} more
   * @param {number} junked
   */
  #tellNews(more, junked) {
    const words = [...(more ? [phrase('news-new', { count: number(more) })] : []), ...(junked ? [phrase('news-junked', { count: number(junked) })] : [])];
    const told = part(this.element, 'news-words');
    if (told.textContent !== words.map(({ textContent }) => textContent).join('')) told.replaceChildren(...words);
    part(this.element, 'show-news').hidden = words.length === 0;
    part(this.element, 'news').classList.toggle('empty-news', words.length === 0);
  }

  #showNews() {
    if (this.#floods) this.#draw(this.#floods, ['groups', 'closed']);
    find(this.element, 'h1').focus();
  }

  /**
   * @param {List} name
   * @param {string} key
   */
  #row(name, key) {
    const row = clone(name === 'groups' ? 'junk-group' : 'junk-closed');
    part(row, 'act').addEventListener('click', () => {
      const group = this.#rows[name].get(key)?.group;
      if (group) void (name === 'groups' ? this.#close(row, group) : this.#act(row, `/junk/${/** @type {Closed} */ (group).id}/undo`, {}, 'junk-undone'));
    });
    return row;
  }

  /**
   * @param {List} name
   * @param {HTMLElement} row
   * @param {Group | null} group  null: it is not in the list any more
   */
  #fill(name, row, group) {
    row.classList.toggle('gone', group === null);
    part(row, 'act').hidden = !this.coordinates || group === null;
    if (!group) return;
    row.classList.toggle('urgent', group.urgent);
    const marks = [
      ...(group.urgent ? [badge(phrase('urgent'), 'urgent')] : []),
      ...(group.opened ? [badge(phrase('opened-unheld'), '')] : []),
      badge(phrase('work-step', { step: number(group.step) }), ''),
    ];
    part(row, 'badges').replaceChildren(...marks);
    fill(row, { count: number(group.count), hour: dayAndTime(Date.parse(group.hour)) });
    if (name === 'closed') return;
    part(row, 'open-first').hidden = !group.urgent || group.opened;
    if (group.urgent && !group.opened) part(row, 'act').hidden = true; // the server refuses it too
    part(row, 'link').setAttribute('href', this.desk.address({ view: 'inbox', tab: 'open', only: { hour: group.hour, step: group.step } }));
  }

  /**
   * @param {HTMLElement} row
   * @param {Group} group  as it was shown when somebody said yes
   */
  async #close(row, { hour, step, urgent, opened, count }) {
    const dialog = clone('confirm-junk');
    fill(dialog, { count: number(count), hour: dayAndTime(Date.parse(hour)), step: number(step) });
    for (const [name, said] of Object.entries({ unread: !opened, opened, calm: !urgent, urgent })) part(dialog, name).hidden = !said;
    if (await this.desk.ask(dialog)) await this.#act(row, '/junk', { hour, step, urgent, opened, count }, 'junk-closed');
  }

  /** @param {HTMLElement} work */
  async #raise(work) {
    const [step, hours] = ['step', 'hours'].map((name) => Number(/** @type {HTMLSelectElement} */ (part(this.element, name)).value));
    await this.#act(work, '/junk/work', { step, hours }, 'work-changed');
  }

  /**
   * @param {HTMLElement} place  where the button stands, and what is said of it
   * @param {string} path
   * @param {object} body
   * @param {string} done  what to say then
   */
  async #act(place, path, body, done) {
    const [outcome, trouble] = [part(place, 'outcome'), part(place, 'trouble')];
    outcome.replaceChildren();
    show(trouble, null);
    try {
      await this.desk.post(path, body);
      await this.refresh();
      if (done === 'junk-closed' && this.#floods) this.#draw(this.#floods, ['closed']); // below what was pressed
      outcome.replaceChildren(phrase(done));
      if (document.activeElement === document.body || place.classList.contains('gone')) outcome.focus(); // the button that was pressed is gone
    } catch (error) {
      await this.refresh();
      if (kindOf(error) === 'conflict') show(trouble, phrase('junk-changed'));
      else this.desk.tell(error, trouble);
      trouble.scrollIntoView({ block: 'nearest' });
    }
  }
}

/**
 * What stays the same of a group while more comes.
 * @param {Group & {id?: string}} group
 */
const keyOf = ({ id = '', hour, step, urgent, opened }) => `${id} ${hour} ${step} ${urgent} ${opened}`;
