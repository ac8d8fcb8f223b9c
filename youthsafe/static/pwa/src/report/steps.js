/**
 * One question a screen, and one history entry a screen: all of one address and one title, so that a list of visited pages tells
 * nothing about how far somebody came. An entry knows its step and how many of this page lie below it.
 */
import { all, one } from './page.js';

/**
 * The step that a history entry stands for: never one that has not been reached.
 * @param {{step?: number} | null} state
 * @param {number} furthest
 */
export function stepOf(state, furthest) {
  return Math.min(state?.step ?? 0, furthest);
}

export class Steps {
  /**
   * @param {HTMLElement} root
   * @param {(name: string) => void} arrived
   */
  constructor(root, arrived) {
    this.sections = all(root, '[data-step]');
    this.names = this.sections.map((section) => section.dataset.step ?? '');
    this.arrived = arrived;
    this.index = 0;
    this.furthest = 0;
    /** @type {string | null} */
    this.held = null;
  }

  get name() {
    return this.names[this.index];
  }

  get section() {
    return this.sections[this.index];
  }

  /** How many entries of this page lie below this one. */
  get depth() {
    return history.state?.depth ?? 0;
  }

  /**
   * Begin at the first step; with a form that goes on, where this entry of the history stands or where its reader was.
   * @param {string} [last]
   */
  start(last) {
    const { state } = history;
    const review = this.names.indexOf('review');
    const index = last ? stepOf(state, review) || this.names.indexOf(last) : 0;
    history.scrollRestoration = 'manual'; // each step begins at its heading
    addEventListener('popstate', () => this.follow());
    document.querySelector('.skip')?.addEventListener('click', (event) => { // its address would be an entry without a step
      event.preventDefault();
      one(document, 'main').focus();
    });
    history.replaceState({ step: state ? index : 0, depth: this.depth }, '');
    if (index < 1) return;
    this.furthest = review;
    if (!state) this.climb(index);
    this.show(index);
  }

  /** Back or Forward was pressed. */
  follow() {
    const index = this.held === null ? stepOf(history.state, this.furthest) : this.names.indexOf(this.held);
    if (index !== this.index) this.show(index);
  }

  /**
   * Put every question up to one into the history, so that Back leads through them.
   * @param {number} index
   */
  climb(index) {
    for (let each = this.depth + 1; each <= index; each += 1) this.push(each);
  }

  /** @param {number} index */
  push(index) {
    history.pushState({ step: index, depth: this.depth + 1 }, '');
  }

  /** @param {string} name */
  go(name) {
    const index = this.names.indexOf(name);
    if (index === this.index) return;
    this.push(index);
    this.show(index);
  }

  next() {
    this.go(this.names[this.index + 1]);
  }

  back() {
    history.back();
  }

  /**
   * Stay on one step, wherever Back and Forward lead.
   * @param {string} name
   */
  hold(name) {
    this.go(name);
    this.held = name;
  }

  /**
   * The last step: it takes the place of all others, so that Back leaves this page.
   * @param {string} name
   */
  end(name) {
    this.held = name;
    this.show(this.names.indexOf(name));
    if (this.depth) history.go(-this.depth);
  }

  /** Back to the first step, as if nothing had been answered. */
  home() {
    this.furthest = 0;
    if (this.depth) history.go(-this.depth);
    else this.show(0);
  }

  /** @param {string} name */
  release(name) {
    const index = this.names.indexOf(name);
    this.held = null;
    if (index === this.index) return;
    this.climb(index);
    this.show(index);
  }

  /**
   * Another page in the place of this one and all its steps.
   * @param {string} address
   */
  replace(address) {
    this.held = this.name;
    const follow = () => location.replace(address);
    if (!this.depth) return follow();
    addEventListener('popstate', follow, { once: true });
    history.go(-this.depth);
  }

  /** @param {number} index */
  show(index) {
    this.index = index;
    this.furthest = Math.max(this.furthest, index);
    this.sections.forEach((section, i) => { section.hidden = i !== index; });
    this.arrived(this.name);
    scrollTo(0, 0);
    one(this.section, 'h1').focus({ preventScroll: true });
  }
}
