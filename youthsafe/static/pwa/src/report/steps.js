/**
 * One question a screen, and one history entry a screen. The address only ever says `#step-n`; the title never changes.
 */
import { all, one } from './page.js';

/**
 * The step that an address names: never one that has not been reached, because a reload starts with an empty form.
 * @param {string} hash
 * @param {number} furthest
 * @returns {number | null}  null when the hash is not ours to follow
 */
export function stepOf(hash, furthest) {
  if (hash === '') return 0;
  const match = /^#step-([0-9]{1,2})$/.exec(hash);
  return match ? Math.min(Number(match[1]), furthest) : null;
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

  /** Begin at the first step, whatever the address says. */
  start() {
    history.replaceState(null, '', location.pathname + location.search);
    addEventListener('popstate', () => this.follow());
  }

  /** Back or Forward was pressed. */
  follow() {
    const index = this.held === null ? stepOf(location.hash, this.furthest) : this.names.indexOf(this.held);
    if (index !== null && index !== this.index) this.show(index);
  }

  /** @param {string} name */
  go(name) {
    const index = this.names.indexOf(name);
    if (index === this.index) return;
    history.pushState(null, '', `#step-${index}`);
    this.show(index);
  }

  next() {
    this.go(this.names[this.index + 1]);
  }

  back() {
    history.back();
  }

  /**
   * Stay on one step, wherever Back and Forward lead: a report that is sealed cannot be typed in again.
   * @param {string} name
   */
  hold(name) {
    this.go(name);
    this.held = name;
  }

  /** @param {string} name */
  release(name) {
    this.held = null;
    this.go(name);
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
