/**
 * A lesson, one slide at a time. It holds no words of its own, asks for nothing, and reads nothing that this device keeps:
 * a draft, a code or a waiting report can never come up on a projector.
 */
import { all, one, onClick, write } from '../report/page.js';
import { actionOf } from './keys.js';
import { Pair } from './pair.js';
import { Slides } from './slides.js';
import { onTheClock, Timer } from './timer.js';

/** @import { Action } from './keys.js' */

const TICK_MS = 250;

class Presenter {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.bar = one(root, '[data-bar]');
    this.pages = all(root, '[data-slide]');
    this.parts = all(root, '[data-part]');
    this.timer = new Timer(() => performance.now());
    this.slides = new Slides(this.pages.length, (number) => this.show(number));
    this.pair = new Pair(location.pathname, (said) => this.heard(said));
    /** @type {HTMLElement | null} the part whose time the clock shows */
    this.part = null;
  }

  start() {
    onClick(this.root, '[data-do]', (button) => this.act(/** @type {Action} */ (button.dataset.do)));
    addEventListener('keydown', (event) => this.pressed(event));
    one(this.bar, '[data-do="fullscreen"]').hidden = !document.fullscreenEnabled;
    setInterval(() => this.tick(), TICK_MS);
    addEventListener('beforeprint', () => this.openForPrinter());
    this.slides.start();
  }

  get presenting() {
    return this.slides.number !== null;
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (!this.presenting || event.defaultPrevented) return;
    const action = actionOf(event, {
      rightToLeft: document.documentElement.dir === 'rtl',
      letters: /** @type {HTMLInputElement} */ (one(this.bar, '[data-letters]')).checked,
      onControl: event.target instanceof Element && event.target.closest('a, button, summary, input') !== null,
    });
    if (!action) return;
    event.preventDefault();
    if (!event.repeat) this.act(action);
  }

  /** Whether this window shows the notes, on the teacher's own screen. */
  get noting() {
    return this.presenting && this.slides.mode === 'notes';
  }

  /** @param {Action} action  what the notes' window cannot do itself, the window before the class does */
  act(action) {
    if (this.noting && action !== 'end') this.pair.ask(action, () => this.perform(action));
    else this.perform(action);
  }

  /** @param {Action} action */
  perform(action) {
    const number = this.slides.number ?? 1;
    if (action === 'next') this.next(number);
    else if (action === 'previous') this.slides.go(number - 1);
    else if (action === 'first') this.slides.go(1);
    else if (action === 'last') this.slides.go(this.pages.length);
    else if (action === 'timer') this.startOrStop();
    else if (action === 'notes') this.openNotes();
    else if (action === 'blank') this.press('blank');
    else if (action === 'fullscreen') void this.fillScreen();
    else this.end();
  }

  /** On a question the answer comes first, so that a clicker with two buttons is enough. @param {number} number */
  next(number) {
    const answer = this.answerOf(number);
    if (this.root.classList.contains('blank')) this.press('blank');
    else if (answer && !answer.open) this.reveal(number);
    else this.slides.go(number + 1);
  }

  /** Notes never stand before the class: they open in a window of their own, which the teacher keeps on another screen. */
  openNotes() {
    if (this.noting) return;
    const opened = open(`${location.pathname}#notes-${this.slides.number ?? 1}`, 'youthsafe-notes', 'popup,width=560,height=720');
    one(this.bar, '[data-no-window]').hidden = opened !== null;
  }

  /** @param {import('./pair.js').Said} said  by the other window */
  heard(said) {
    if (!this.presenting) return;
    if (this.noting) {
      if (said.at) this.slides.go(said.at);
      if (said.time) this.tell(said);
      if (said.answer && this.slides.number) this.reveal(this.slides.number);
      if (said.blank !== undefined) this.mark('blank', said.blank);
    } else {
      if (said.do) this.perform(said.do);
      if (said.do || said.hello) this.report();
    }
  }

  /** Tell the notes' window how things stand before the class. */
  report() {
    const number = this.slides.number;
    if (number === null || this.noting) return;
    this.pair.say({ at: number, answer: this.answerOf(number)?.open ?? false, blank: this.root.classList.contains('blank'), ...this.clock() });
  }

  /** On paper every answer stands below its question; afterwards the page is as it was. */
  openForPrinter() {
    const shut = /** @type {HTMLDetailsElement[]} */ (all(this.root, '[data-answer]:not([open])'));
    for (const answer of shut) answer.open = true;
    addEventListener('afterprint', () => { for (const answer of shut) answer.open = false; }, { once: true });
  }

  /** @param {number} number */
  reveal(number) {
    const answer = this.answerOf(number);
    if (answer) answer.open = true;
    this.report();
  }

  /**
   * @param {number} number
   * @returns {HTMLDetailsElement | null}
   */
  answerOf(number) {
    return this.pages[number - 1].querySelector('[data-answer]');
  }

  end() {
    const help = /** @type {HTMLDetailsElement} */ (one(this.bar, '[data-key-help]'));
    if (help.open) help.open = false;
    else this.slides.end();
  }

  /** @param {number | null} number  null shows the whole lesson again */
  show(number) {
    document.documentElement.classList.toggle('presenting', number !== null && !this.noting);
    document.documentElement.classList.toggle('noting', this.noting);
    this.bar.hidden = number === null;
    this.mark('blank', false);
    if (number === null) this.showAll();
    else this.showOne(number);
  }

  showAll() {
    for (const element of [...this.pages, ...this.parts]) element.hidden = false;
    if (document.fullscreenElement) void document.exitFullscreen();
    scrollTo(0, 0);
    one(this.root, 'h1').scrollIntoView();
  }

  /** @param {number} number */
  showOne(number) {
    const page = this.pages[number - 1];
    const part = /** @type {HTMLElement} */ (page.closest('[data-part]'));
    this.pages.forEach((each) => { each.hidden = each !== page; });
    this.parts.forEach((each) => { each.hidden = each !== part; });
    const answer = this.answerOf(number);
    if (answer) answer.open = this.noting; // a teacher reads the answer before the class does
    if (part !== this.part) this.timer.reset(Number(part.dataset.minutes));
    this.part = part;
    write(this.bar, '[data-number]', String(number));
    write(this.bar, '[data-total]', String(this.pages.length));
    this.tick();
    scrollTo(0, 0);
    one(page, 'h3').focus({ preventScroll: true });
    if (this.noting) this.pair.say({ hello: true });
    else this.report();
  }

  startOrStop() {
    this.timer.toggle();
    this.tick();
  }

  /** What the clock shows. */
  clock() {
    const { minutes, seconds, over } = onTheClock(this.timer.left);
    return { time: `${minutes}:${String(seconds).padStart(2, '0')}`, over, running: this.timer.running };
  }

  tick() {
    if (this.noting && this.pair.linked) return; // the clock before the class is the one that counts
    const clock = this.clock();
    if (this.tell(clock) && !this.noting) this.pair.say(clock);
  }

  /**
   * @param {import('./pair.js').Said} clock
   * @returns {boolean} whether that is new
   */
  tell({ time = '', over = false, running = false }) {
    const shown = one(this.bar, '[data-time]');
    one(this.bar, '[data-over]').hidden = !over;
    one(this.bar, '[data-do="timer"]').setAttribute('aria-pressed', String(running));
    if (shown.textContent === time) return false;
    shown.textContent = time;
    return true;
  }

  /** Turn a switch of the bar over. @param {'blank'} name */
  press(name) {
    this.mark(name, !this.root.classList.contains(name));
    this.report();
  }

  /**
   * @param {'blank'} name
   * @param {boolean} on
   */
  mark(name, on) {
    this.root.classList.toggle(name, on && !this.noting);
    one(this.bar, `[data-do="${name}"]`).setAttribute('aria-pressed', String(on));
  }

  async fillScreen() {
    const change = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
    await change.catch(() => undefined); // a browser may refuse; the slides are shown all the same
  }
}

onClick(document, '[data-print]', () => print());
for (const lesson of all(document, '[data-lesson]')) new Presenter(lesson).start();
