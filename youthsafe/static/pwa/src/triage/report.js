/**
 * One report: what was told, the messages both ways, who holds it, and the answer.
 *
 * @import { Desk, View } from './desk.js'
 * @import { OpenedReport } from './opening.js'
 * @import { Session } from './ring.js'
 */
import { Answering } from './answering.js';
import { badges, facts } from './facts.js';
import { clone, find, part, phrase, show } from './templates.js';
import { told } from './told.js';
import { followUps, thread } from './thread.js';
import { dayAndTime, languageName } from './times.js';

const ACTIONS = /** @type {const} */ (['claim', 'release', 'close', 'reopen', 'hold', 'lift']);
const COORDINATOR = 'coordinator'; // takes a report over from whoever holds it, and keeps one from being erased

/** @implements {View} */
export class OneReport {
  title = 'report';

  /** @type {OpenedReport | null} */
  #report = null;

  /** The newest look at the report wins over an older one that comes back late. */
  #looks = 0;

  /**
   * @param {Desk} desk
   * @param {string} id
   */
  constructor(desk, id) {
    this.desk = desk;
    this.id = id;
    this.element = clone('view-report');
    part(this.element, 'back').setAttribute('href', desk.back);
    this.answering = new Answering(desk, id, this.element, (report) => this.draw(report), (error) => void this.#refused(error));
    for (const action of ACTIONS) this.#button(action).addEventListener('click', () => void this.#act(action));
  }

  /**
   * Look again. The first look gives what is sealed, and with that the server writes down that a person has the report before them: so not for a
   * page that nobody sees.
   */
  async refresh() {
    if (!this.#report && (document.visibilityState !== 'visible' || !this.element.isConnected)) return;
    const look = ++this.#looks;
    try {
      const report = await this.desk.keeper.report(this.id);
      if (look !== this.#looks || !this.desk.session) return;
      this.draw(report);
      show(part(this.element, 'trouble'), null);
    } catch (error) {
      part(this.element, 'wait').hidden = true;
      this.desk.tell(error, part(this.element, 'trouble'));
    }
  }

  /** @param {OpenedReport} report */
  draw(report) {
    const { session } = this.desk;
    if (!session) return;
    const before = this.#report;
    this.#report = report;
    if (!report.wantsReply) this.desk.noReply.add(this.id);
    part(this.element, 'wait').hidden = true;
    part(this.element, 'body').hidden = false;
    this.#head(report);
    if (!before) part(this.element, 'answers').replaceChildren(...told(report));
    part(this.element, 'withdrawn').hidden = !report.stub.withdrawn;
    part(this.element, 'nothing').hidden = report.answers.length > 0;
    this.#alarms(report, before);
    if (!before || changed(before, report)) part(this.element, 'thread').replaceChildren(...thread(report));
    part(this.element, 'silence').hidden = report.thread.length > 0 || !report.wantsReply;
    part(this.element, 'no-reply').hidden = report.wantsReply;
    this.#offer(report);
  }

  /** @param {OpenedReport} report */
  #head({ stub, locale, wantsReply }) {
    const session = /** @type {Session} */ (this.desk.session);
    part(this.element, 'badges').replaceChildren(...badges(stub, session, Date.now(), { wantsReply }));
    part(this.element, 'facts').replaceChildren(
      phrase('received', { time: dayAndTime(Date.parse(stub.received)) }),
      phrase('written-in', { language: languageName(locale) }),
      ...facts(stub, session),
    );
  }

  /**
   * An alert speaks when it changes, so it is only drawn anew when there is something new to say.
   * @param {OpenedReport} report
   * @param {OpenedReport | null} before
   */
  #alarms({ alarms }, before) {
    if (before && before.alarms.join() === alarms.join()) return;
    part(this.element, 'alarms').replaceChildren(...alarms.map((kind) => {
      const alarm = clone('alarm');
      alarm.append(phrase(`alarm-${kind}`));
      return alarm;
    }));
  }

  /** @param {OpenedReport} report */
  #offer(report) {
    const { stub, answerable, locale } = report;
    const { id, role } = /** @type {Session} */ (this.desk.session).member;
    const closed = stub.state === 'closed';
    const mine = stub.claimed_by?.id === id;
    const free = !stub.claimed_by || (role === COORDINATOR && !mine);
    const coordinates = role === COORDINATOR && stub.opened;
    const offered = {
      claim: !closed && free, release: !closed && mine, close: !closed && mine, reopen: closed,
      hold: coordinates && !stub.hold, lift: coordinates && stub.hold,
    };
    for (const action of ACTIONS) this.#button(action).hidden = !offered[action];
    this.#button('claim').classList.toggle('primary', !stub.withdrawn);
    part(this.element, 'claim-first').hidden = !(offered.claim && answerable);
    this.answering.offer(answerable && mine && !closed, locale, followUps(report));
  }

  /** @param {typeof ACTIONS[number]} action */
  async #act(action) {
    const button = this.#button(action);
    if (button.getAttribute('aria-disabled') || (action === 'close' && !(await this.#sure()))) return;
    button.setAttribute('aria-disabled', 'true');
    try {
      await this.desk.post(`/reports/${this.id}/${action}`, action === 'close' && this.#report ? { follow_ups: followUps(this.#report) } : {});
      this.desk.say(phrase(`done-${action}`));
      await this.refresh();
      this.#refocus(button);
    } catch (error) {
      await this.#refused(error);
    }
    button.removeAttribute('aria-disabled');
  }

  /**
   * Say why it was refused, and show how things stand.
   * @param {unknown} error
   */
  async #refused(error) {
    this.desk.tell(error, part(this.element, 'trouble'));
    if (!this.desk.session) return;
    const report = await this.desk.keeper.report(this.id).catch(() => null);
    if (report) this.draw(report);
  }

  /**
   * A button that went away must not take the focus with it.
   * @param {HTMLElement} button
   */
  #refocus(button) {
    if (!button.hidden) return;
    const answer = /** @type {HTMLElement} */ (find(this.element, '#answer'));
    if (answer.offsetParent) answer.focus();
    else find(this.element, 'h1').focus();
  }

  #sure() {
    const dialog = clone('confirm-close');
    part(dialog, 'unsent').hidden = !this.desk.drafts.of(this.id);
    return this.desk.ask(dialog);
  }

  /** @param {string} action */
  #button(action) {
    return find(this.element, `[data-action="${action}"]`);
  }
}

/**
 * @param {OpenedReport} before
 * @param {OpenedReport} after
 */
function changed(before, after) {
  const ids = (/** @type {OpenedReport} */ report) => report.thread.map(({ id, verdict }) => id + verdict).join();
  return ids(before) !== ids(after);
}
