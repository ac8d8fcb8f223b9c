/**
 * The answer box: a draft that survives every error, and one press that sends once.
 *
 * @import { Desk } from './desk.js'
 * @import { OpenedReport } from './opening.js'
 */
import { find, part, phrase, show } from './templates.js';
import { followUps } from './thread.js';
import { UNSURE, kindOf } from './trouble.js';

export const LONGEST = 1500; // UTF-16 units, docs/envelope.md section 3.2
const ELSEWHERE = new Set(['signed-out', 'locked', 'conflict', 'forbidden', 'missing']); // not about what was typed

export class Answering {
  #busy = false;

  /** The answers that the person knows of: those that stood there when they typed or were told last. @type {string[] | null} */
  #known = null;

  /** Those that stand there now. @type {string[]} */
  #answers = [];

  /** What was thrown away last, for somebody who did not mean to. */
  #thrown = '';

  /**
   * @param {Desk} desk
   * @param {string} id of the report
   * @param {HTMLElement} root
   * @param {(report: OpenedReport) => void} draw
   * @param {(error: unknown) => void} refused another person changed the report, or the session ended
   */
  constructor(desk, id, root, draw, refused) {
    this.desk = desk;
    this.id = id;
    this.root = root;
    this.draw = draw;
    this.refused = refused;
    this.followUps = 0;
    this.box = /** @type {HTMLTextAreaElement} */ (find(root, '#answer'));
    this.language = /** @type {HTMLSelectElement} */ (find(root, '#answer-language'));
    this.language.value = desk.drafts.localeOf(id);
    this.box.value = desk.drafts.of(id);
    this.box.addEventListener('input', () => this.#typed());
    this.language.addEventListener('change', () => this.#typed());
    part(root, 'form').addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#send();
    });
    part(root, 'copy').addEventListener('click', () => void this.#copy());
    part(root, 'discard').addEventListener('click', () => this.#throwAway());
    part(root, 'undo').addEventListener('click', () => this.#takeBack());
    this.#count();
  }

  /**
   * Show the box to the person who holds the report; what was typed stays in sight when somebody else took it over.
   * @param {boolean} offered
   * @param {OpenedReport} report
   */
  offer(offered, report) {
    const { locale, thread } = report;
    this.followUps = followUps(report);
    this.#answers = thread.filter(({ direction }) => direction === 2).map(({ id }) => id);
    this.#known ??= this.#answers;
    this.#open(offered);
    if (this.language.value) return;
    const known = [...this.language.options].some(({ value }) => value === locale);
    this.language.value = known ? locale : document.documentElement.lang;
  }

  /** Nothing can be sent; what was typed stays in sight. */
  withhold() {
    this.#open(false);
  }

  /** @param {boolean} offered */
  #open(offered) {
    part(this.root, 'answering').hidden = !offered && !this.box.value;
    part(this.root, 'send').hidden = !offered;
    part(this.root, 'answer-language').hidden = !offered;
    part(this.root, 'stranded').hidden = offered;
  }

  /**
   * Say why what was typed cannot be sent now.
   * @param {HTMLElement} why
   */
  strand(why) {
    const said = part(this.root, 'stranded-why');
    said.replaceChildren(...(part(this.root, 'send').hidden && this.box.value ? [why] : []));
  }

  /** What was typed is not wanted any more. */
  discard() {
    this.box.value = '';
    this.desk.drafts.discard(this.id);
    this.#count();
  }

  #throwAway() {
    this.#thrown = this.box.value;
    this.discard();
    part(this.root, 'answering').hidden = true;
    part(this.root, 'thrown').hidden = false;
    part(this.root, 'undo').focus();
  }

  #takeBack() {
    part(this.root, 'thrown').hidden = true;
    part(this.root, 'answering').hidden = false;
    this.box.value = this.#thrown;
    this.#typed();
    this.box.focus();
  }

  async #copy() {
    const done = await navigator.clipboard?.writeText(this.box.value).then(() => true, () => false);
    if (!done) this.box.select();
    show(part(this.root, 'outcome'), phrase(done ? 'copied' : 'copy-yourself'));
  }

  #typed() {
    this.#known = this.#answers;
    part(this.root, 'thrown').hidden = true;
    this.desk.drafts.keep(this.id, this.box.value, this.language.value);
    show(part(this.root, 'outcome'), null);
    this.#count();
  }

  #count() {
    const left = LONGEST - this.box.value.length;
    const number = new Intl.NumberFormat(document.documentElement.lang).format(Math.abs(left));
    show(find(this.root, '#answer-left'), phrase(left < 0 ? 'over' : 'left', { number }));
    if (left >= 0) this.#complain(null);
  }

  async #send() {
    if (this.#busy || !this.desk.session) return;
    const text = this.box.value;
    if (!text.trim()) return this.#complain(phrase('answer-empty'), true);
    if (text.length > LONGEST) return this.#complain(phrase('over', { number: String(text.length - LONGEST) }), true);
    const { drafts } = this.desk;
    if (text !== drafts.of(this.id)) {
      if (drafts.wasSent(this.id, text)) return this.#sentBefore(text);
      drafts.keep(this.id, text, this.language.value); // what stands in the box is meant, whatever became of the draft
    }
    this.#wait(true);
    try {
      const { id, followUps: shown, language: { value: locale } } = this;
      const { outcome, report } = await this.desk.outgoing.send({ id, text, locale, followUps: shown, seen: this.#known ?? [] });
      if (outcome !== 'earlier' && outcome !== 'unseen') this.#saved(text);
      if (report) this.draw(report);
      this.#known = this.#answers; // it is said now
      show(part(this.root, 'outcome'), phrase(`outcome-${outcome}`));
    } catch (error) {
      this.#failed(error);
    }
    this.#wait(false);
  }

  /**
   * Empty the box, unless the person went on typing while it was sent.
   * @param {string} text
   */
  #saved(text) {
    if (this.box.value === text) this.box.value = '';
    this.#count();
  }

  /**
   * The report was left and opened again while this text was on its way, and it was saved.
   * @param {string} text
   */
  #sentBefore(text) {
    this.#saved(text);
    show(part(this.root, 'outcome'), phrase('outcome-saved'));
  }

  /** @param {unknown} error */
  #failed(error) {
    show(part(this.root, 'outcome'), null);
    const kind = kindOf(error);
    if (ELSEWHERE.has(kind)) return this.refused(error);
    this.#complain(phrase(UNSURE.has(kind) ? 'trouble-answer-offline' : `trouble-${kind}`), true);
  }

  /** @param {boolean} waiting */
  #wait(waiting) {
    this.#busy = waiting;
    if (waiting) show(part(this.root, 'outcome'), phrase('sending'));
    if (waiting) part(this.root, 'send').setAttribute('aria-disabled', 'true');
    else part(this.root, 'send').removeAttribute('aria-disabled');
  }

  /**
   * @param {HTMLElement | null} words
   * @param {boolean} [focus]
   */
  #complain(words, focus = false) {
    show(find(this.root, '#answer-error'), words);
    if (words) this.box.setAttribute('aria-invalid', 'true');
    else this.box.removeAttribute('aria-invalid');
    if (focus) this.box.focus();
  }
}
