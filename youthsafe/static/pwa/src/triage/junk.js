/**
 * Floods: what nobody took on by hour and step of work, what was closed as junk, and the work that everybody is asked for. Without a flood there is
 * nothing to close.
 *
 * @import { Desk, View } from './desk.js'
 * @typedef {{hour: string, step: number, urgent: boolean, opened: boolean, count: number}} Group
 * @typedef {Group & {id: string, at: string}} Closed
 * @typedef {{groups: Group[], busiest: {hour: string, count: number} | null, flood: {hour: number, day: number, few: number, reading: number}, closed: Closed[], work: {step: number, until: string} | null, highest: number}} Floods
 */
import { badge } from './facts.js';
import { linkLists } from './inbox.js';
import { clone, fill, part, phrase, show } from './templates.js';
import { dayAndTime, number } from './times.js';

/** @implements {View} */
export class Junk {
  title = 'junk';

  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.coordinates = desk.session?.member.role === 'coordinator';
    this.element = clone('view-junk');
    linkLists(this.element, desk, 'junk');
    part(this.element, 'coordinators-only').hidden = this.coordinates;
    part(this.element, 'raise').hidden = !this.coordinates;
    part(this.element, 'raise').addEventListener('submit', (event) => { event.preventDefault(); void this.#raise(); });
    part(this.element, 'end').addEventListener('click', () => void this.#act('/junk/work/end', {}, 'work-changed'));
  }

  async refresh() {
    try {
      this.#draw(await this.desk.get('/junk'));
      show(part(this.element, 'trouble'), null);
    } catch (error) {
      this.desk.tell(error, part(this.element, 'trouble'));
    }
  }

  /** @param {Floods} floods */
  #draw({ groups, busiest, flood, closed, work, highest }) {
    fill(this.element, { 'of-hour': number(flood.hour), 'of-day': number(flood.day), few: number(flood.few), reading: number(flood.reading) });
    const most = busiest && { count: number(busiest.count), time: dayAndTime(Date.parse(busiest.hour)) };
    part(this.element, 'no-groups').replaceChildren(most ? phrase('no-flood-busiest', most) : phrase('no-flood'));
    this.#list('groups', groups.map((group) => this.#group(group)));
    this.#list('closed', closed.map((group) => this.#closed(group)));
    const asked = work && { step: number(work.step), time: dayAndTime(Date.parse(work.until)) };
    show(part(this.element, 'work'), asked ? phrase('work-asked', asked) : phrase('work-none'));
    part(this.element, 'end').hidden = work === null;
    const steps = part(this.element, 'step');
    if (steps.childElementCount === highest) return; // what somebody chose stays chosen
    steps.replaceChildren(...Array.from({ length: highest }, (_, index) => new Option(number(index + 1), String(index + 1))));
  }

  /**
   * @param {'groups' | 'closed'} name
   * @param {HTMLElement[]} rows
   */
  #list(name, rows) {
    const list = part(this.element, name);
    const held = document.activeElement?.closest('[data-group]')?.getAttribute('data-group');
    list.replaceChildren(...rows);
    list.hidden = rows.length === 0;
    part(this.element, `no-${name}`).hidden = rows.length > 0;
    const again = held && rows.find((row) => row.dataset.group === held);
    if (again) part(again, 'act').focus();
  }

  /** @param {Group} group */
  #group(group) {
    const row = this.#row('junk-group', group, () => void this.#close(group));
    const only = { hour: group.hour, step: group.step };
    part(row, 'open-first').hidden = !group.urgent || group.opened;
    if (group.urgent && !group.opened) part(row, 'act').hidden = true; // the server refuses it too
    part(row, 'link').setAttribute('href', this.desk.address({ view: 'inbox', tab: 'open', only }));
    return row;
  }

  /** @param {Closed} group */
  #closed(group) {
    return this.#row('junk-closed', group, () => void this.#act(`/junk/${group.id}/undo`, {}, 'junk-undone'));
  }

  /**
   * @param {string} template
   * @param {Group} group
   * @param {() => void} act
   */
  #row(template, group, act) {
    const row = clone(template);
    row.dataset.group = `${template} ${group.hour} ${group.step} ${group.urgent} ${group.opened}`;
    row.classList.toggle('urgent', group.urgent);
    if (group.urgent) part(row, 'badges').append(badge(phrase('urgent'), 'urgent'));
    if (group.opened) part(row, 'badges').append(badge(phrase('opened-unheld'), ''));
    part(row, 'badges').append(badge(phrase('work-step', { step: number(group.step) }), ''));
    fill(row, { count: number(group.count), hour: dayAndTime(Date.parse(group.hour)) });
    part(row, 'act').hidden = !this.coordinates;
    part(row, 'act').addEventListener('click', act);
    return row;
  }

  /** @param {Group} group  as it was shown when somebody said yes */
  async #close({ hour, step, urgent, opened, count }) {
    const dialog = clone('confirm-junk');
    fill(dialog, { count: number(count), hour: dayAndTime(Date.parse(hour)), step: number(step) });
    for (const [name, said] of Object.entries({ unread: !opened, opened, calm: !urgent, urgent })) part(dialog, name).hidden = !said;
    if (await this.desk.ask(dialog)) await this.#act('/junk', { hour, step, urgent, opened, count }, 'junk-closed');
  }

  async #raise() {
    const [step, hours] = ['step', 'hours'].map((name) => Number(/** @type {HTMLSelectElement} */ (part(this.element, name)).value));
    await this.#act('/junk/work', { step, hours }, 'work-changed');
  }

  /**
   * @param {string} path
   * @param {object} body
   * @param {string} done  what to say then
   */
  async #act(path, body, done) {
    const outcome = part(this.element, 'outcome');
    outcome.replaceChildren();
    try {
      await this.desk.post(path, body);
      await this.refresh();
      outcome.replaceChildren(phrase(done));
      if (document.activeElement === document.body) outcome.focus(); // the button that was pressed is gone
    } catch (error) {
      await this.refresh();
      this.desk.tell(error, part(this.element, 'trouble'));
    }
  }
}
