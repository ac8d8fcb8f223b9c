/**
 * A lesson, one slide at a time. It holds no words of its own, asks for nothing, and reads nothing that this device keeps:
 * a draft, a code or a waiting report can never come up on a projector.
 */
import { all, one, onClick, write } from '../report/page.js';
import { actionOf } from './keys.js';
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
    /** @type {HTMLElement | null} the part whose time the clock shows */
    this.part = null;
  }

  start() {
    onClick(this.root, '[data-do]', (button) => this.act(/** @type {Action} */ (button.dataset.do)));
    addEventListener('keydown', (event) => this.pressed(event));
    one(this.bar, '[data-do="fullscreen"]').hidden = !document.fullscreenEnabled;
    setInterval(() => this.tick(), TICK_MS);
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

  /** @param {Action} action */
  act(action) {
    const number = this.slides.number ?? 1;
    if (action === 'next') this.next(number);
    else if (action === 'previous') this.slides.go(number - 1);
    else if (action === 'first') this.slides.go(1);
    else if (action === 'last') this.slides.go(this.pages.length);
    else if (action === 'timer') this.startOrStop();
    else if (action === 'notes') this.press('notes');
    else if (action === 'blank') this.press('blank');
    else if (action === 'fullscreen') void this.fillScreen();
    else this.end();
  }

  /** On a question the answer comes first, so that a clicker with two buttons is enough. @param {number} number */
  next(number) {
    const answer = this.answerOf(number);
    if (this.root.classList.contains('blank')) this.press('blank');
    else if (answer && !answer.open) answer.open = true;
    else this.slides.go(number + 1);
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
    document.documentElement.classList.toggle('presenting', number !== null);
    this.bar.hidden = number === null;
    this.set('blank', false);
    if (number === null) this.showAll();
    else this.showOne(number);
  }

  showAll() {
    for (const element of [...this.pages, ...this.parts]) element.hidden = false;
    this.set('notes', false);
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
    if (answer) answer.open = false;
    if (part !== this.part) this.timer.reset(Number(part.dataset.minutes));
    this.part = part;
    write(this.bar, '[data-number]', String(number));
    write(this.bar, '[data-total]', String(this.pages.length));
    this.tick();
    scrollTo(0, 0);
    one(page, 'h3').focus({ preventScroll: true });
  }

  startOrStop() {
    this.timer.toggle();
    one(this.bar, '[data-do="timer"]').setAttribute('aria-pressed', String(this.timer.running));
    this.tick();
  }

  tick() {
    const { minutes, seconds, over } = onTheClock(this.timer.left);
    const time = `${minutes}:${String(seconds).padStart(2, '0')}`;
    const shown = one(this.bar, '[data-time]');
    if (shown.textContent !== time) shown.textContent = time;
    one(this.bar, '[data-over]').hidden = !over;
  }

  /** Turn a switch of the bar over. @param {'notes' | 'blank'} name */
  press(name) {
    this.set(name, !this.root.classList.contains(name));
  }

  /**
   * @param {'notes' | 'blank'} name
   * @param {boolean} on
   */
  set(name, on) {
    this.root.classList.toggle(name, on);
    one(this.bar, `[data-do="${name}"]`).setAttribute('aria-pressed', String(on));
  }

  async fillScreen() {
    const change = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
    await change.catch(() => undefined); // a browser may refuse; the slides are shown all the same
  }
}

onClick(document, '[data-print]', () => print());
for (const lesson of all(document, '[data-lesson]')) new Presenter(lesson).start();
