/**
 * One report: what was told, the messages both ways, who holds it, and the answer.
 *
 * @import { Desk, View } from './desk.js'
 * @import { OpenedReport } from './opening.js'
 * @import { Stub } from './queue.js'
 * @import { Session } from './ring.js'
 */
import { Answering } from './answering.js';
import { badges, facts } from './facts.js';
import { drawAll } from './drawing.js';
import { isDone, newsOf, reasonOf } from './news.js';
import { Said } from './said.js';
import { clone, fill, find, part, phrase, show } from './templates.js';
import { told } from './told.js';
import { followUps, thread } from './thread.js';
import { dayAndTime, languageName } from './times.js';
import { kindOf, TroubleError, UNSURE } from './trouble.js';
import { momentOf } from './written.js';

const ACTIONS = /** @type {const} */ (['claim', 'release', 'close', 'reopen', 'hold', 'lift']);
const COORDINATOR = 'coordinator'; // takes a report over from whoever holds it, and keeps one from being erased

/** What is known of a report that does not open; whether it wants a reply is not. */
const SEALED = { written: null, locale: '', wantsReply: true, answerable: false, answers: [], thread: [], alarms: [] };

/** @implements {View} */
export class OneReport {
  title = 'report';

  /** @type {OpenedReport | null} */
  #report = null;

  /** How many messages of the reporter's the person was shown. */
  #seen = 0;

  /** Whether an act of this page's own is on its way: what it changes is no news. */
  #acting = false;

  /** The act of which nobody knows whether it was done, or nothing. */
  #unsure = '';

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
    this.answering = new Answering(desk, id, this.element, (report) => this.#update(report, true), (error) => void this.#refused('answer', error));
    this.said = new Said(desk, this.element, () => this.#showMessage());
    this.answering.box.addEventListener('input', () => this.said.goOn());
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
      this.#update(report);
    } catch (error) {
      part(this.element, 'wait').hidden = true;
      this.desk.tell(error, part(this.element, 'trouble'));
      if (kindOf(error) === 'sealed') await this.#offerSealed();
      if (kindOf(error) === 'missing') this.#offerText();
    }
  }

  /**
   * Draw it, and say what others did since it was drawn last.
   * @param {OpenedReport} report
   * @param {boolean} [own]  after an answer of this page's own
   */
  #update(report, own = false) {
    const before = this.#report;
    const news = newsOf(before, report, this.desk.session?.member.id ?? '');
    this.draw(report);
    if (before && standing(before) !== standing(report)) this.said.clear(); // what was said of it is no longer true
    if (news && !(own && news.kind === 'news-answered') && !this.#acting) this.said.news(news);
    if (this.#unsure && !this.#acting) this.#nowSure(report.stub);
  }

  /**
   * The server's answer to what somebody did got lost; this look at the report says what came of it.
   * @param {Stub} stub
   */
  #nowSure(stub) {
    const action = this.#unsure;
    this.#unsure = '';
    if (isDone(action, stub, this.desk.session?.member.id ?? '')) this.said.done(`done-${action}`, false);
    else this.said.undone();
  }

  /**
   * Words and buttons first, the head last, and nothing that fails keeps the rest away.
   * @param {OpenedReport} report
   */
  draw(report) {
    const { session } = this.desk;
    if (!session) return;
    const before = this.#report;
    this.#report = report;
    this.#seen = followUps(report);
    if (!report.wantsReply) this.desk.noReply.add(this.id);
    part(this.element, 'wait').hidden = true;
    part(this.element, 'body').hidden = false;
    part(this.element, 'words').hidden = false;
    const whole = drawAll([
      () => this.#offer(report),
      () => before || part(this.element, 'answers').replaceChildren(...told(report)),
      () => (before && !changed(before, report)) || part(this.element, 'thread').replaceChildren(...thread(report)),
      () => this.#notes(report),
      () => this.#alarms(report, before),
      () => this.#head(report),
    ]);
    const trouble = part(this.element, 'trouble');
    if (whole) show(trouble, null);
    else this.desk.tell(new TroubleError('drawing'), trouble);
  }

  /** @param {OpenedReport} report */
  #notes({ stub, answers, thread: messages, wantsReply }) {
    part(this.element, 'withdrawn').hidden = !stub.withdrawn;
    part(this.element, 'nothing').hidden = answers.length > 0;
    part(this.element, 'silence').hidden = messages.length > 0 || !wantsReply;
    part(this.element, 'no-reply').hidden = wantsReply;
  }

  /** A report that does not open has no words to show; it can still be claimed and closed, so that it does not stand in the list for ever. */
  async #offerSealed() {
    const stub = await this.desk.get(`/reports/${this.id}`).catch(() => null);
    if (!stub) return;
    this.#report = null;
    this.#seen = stub.follow_ups;
    part(this.element, 'body').hidden = false;
    part(this.element, 'words').hidden = true;
    drawAll([() => this.#offer({ stub, ...SEALED }), () => this.#head({ stub, ...SEALED })]);
  }

  /** The report is gone; what was typed for it is still its writer's. */
  #offerText() {
    if (!this.answering.box.value) return;
    part(this.element, 'body').hidden = false;
    part(this.element, 'words').hidden = true;
    for (const action of ACTIONS) this.#button(action).hidden = true;
    this.answering.withhold();
    this.answering.strand(phrase('stranded-never'));
  }

  /** @param {OpenedReport} report */
  #head({ stub, written, locale, wantsReply }) {
    const session = /** @type {Session} */ (this.desk.session);
    part(this.element, 'badges').replaceChildren(...badges(stub, session, Date.now(), { wantsReply }));
    part(this.element, 'facts').replaceChildren(
      phrase('received', { time: dayAndTime(Date.parse(stub.received)) }),
      ...(written === null ? [] : [phrase('written', { time: dayAndTime(momentOf(written)) })]),
      ...(locale ? [phrase('written-in', { language: languageName(locale) })] : []),
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
    const { stub, answerable } = report;
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
    this.answering.offer(answerable && mine && !closed, report);
    this.answering.strand(strandedBy(report, id));
  }

  /** @param {typeof ACTIONS[number]} action */
  async #act(action) {
    const button = this.#button(action);
    const [before, seen] = [this.#report, this.#seen]; // a message that comes while the question stands was not read
    if (button.getAttribute('aria-disabled') || !(await this.#sure(action))) return;
    button.setAttribute('aria-disabled', 'true');
    this.said.clear();
    this.#acting = true;
    this.#unsure = '';
    try {
      await this.desk.post(`/reports/${this.id}/${action}`, action === 'close' ? { follow_ups: seen } : {});
      await this.refresh();
      const stub = this.#report?.stub; // another than the server may have answered
      if (stub && !isDone(action, stub, this.desk.session?.member.id ?? '')) throw new TroubleError('server');
      if (action === 'close') this.answering.discard();
      this.#done(action, button);
    } catch (error) {
      if (UNSURE.has(kindOf(error))) await this.#lost(action);
      else await this.#refused(action, error, before);
    }
    this.#acting = false;
    button.removeAttribute('aria-disabled');
  }

  /**
   * Nobody knows whether it was done: look, and say what is true; where the look fails too, the next one says it.
   * @param {typeof ACTIONS[number]} action
   */
  async #lost(action) {
    this.#unsure = action;
    this.said.trouble(new TroubleError('unsure'));
    const report = await this.desk.keeper.report(this.id).catch(() => null);
    const stub = report?.stub ?? await this.desk.get(`/reports/${this.id}`).catch(() => null);
    if (!stub || !this.desk.session) return;
    if (report) this.draw(report);
    this.#nowSure(stub);
  }

  /**
   * Say what was done; a button that went away must not take the focus with it.
   * @param {typeof ACTIONS[number]} action
   * @param {HTMLElement} button
   */
  #done(action, button) {
    if (!this.desk.session) return;
    const answer = /** @type {HTMLElement} */ (find(this.element, '#answer'));
    const writes = action === 'claim' && answer.offsetParent !== null;
    this.said.done(`done-${action}`, button.hidden && !writes);
    if (writes) answer.focus();
  }

  /**
   * Say why it was refused, and show how things stand.
   * @param {string} action
   * @param {unknown} error
   * @param {OpenedReport | null} [before]  as it was when somebody pressed
   */
  async #refused(action, error, before = this.#report) {
    const conflict = kindOf(error) === 'conflict';
    if (!conflict) this.said.trouble(error);
    const { session } = this.desk;
    if (!session) return;
    const report = await this.desk.keeper.report(this.id).catch(() => null);
    if (report) this.draw(report);
    const why = conflict && report && reasonOf(action, before, report, session.member.id);
    if (why) this.said.refused(why);
    else if (conflict) this.said.trouble(error);
    if (document.activeElement === document.body && this.element.isConnected) this.said.refusal.focus();
  }

  /** @param {string} action */
  #sure(action) {
    const holder = this.#report?.stub.claimed_by;
    if (action === 'reopen' && holder && holder.id !== this.desk.session?.member.id) {
      const dialog = clone('confirm-reopen');
      fill(dialog, { name: holder.name });
      return this.desk.ask(dialog);
    }
    if (action !== 'close') return true;
    const dialog = clone('confirm-close');
    part(dialog, 'unsent').hidden = !this.desk.drafts.of(this.id);
    return this.desk.ask(dialog);
  }

  #showMessage() {
    const newest = /** @type {HTMLElement | null} */ (part(this.element, 'thread').lastElementChild);
    if (!newest) return;
    newest.tabIndex = -1;
    newest.scrollIntoView({ block: 'center' });
    newest.focus({ preventScroll: true });
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

/**
 * All that is said of a report beside its buttons depends on.
 * @param {OpenedReport} report
 */
function standing({ stub, thread: messages }) {
  return JSON.stringify([stub.state, stub.claimed_by?.id, stub.withdrawn, stub.hold, messages.length]);
}

/**
 * Why what stands in the answer box cannot be sent, as a phrase of triage/phrases.html.
 * @param {OpenedReport} report
 * @param {string} me
 * @returns {HTMLElement}
 */
function strandedBy({ stub, answerable }, me) {
  if (!answerable) return phrase('stranded-never');
  if (stub.state === 'closed') return phrase('stranded-closed');
  if (stub.claimed_by && stub.claimed_by.id !== me) return phrase('stranded-held', { name: stub.claimed_by.name });
  return phrase('stranded-free');
}
