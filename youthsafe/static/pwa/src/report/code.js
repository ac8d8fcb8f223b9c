/**
 * The receipt code on the screen: shown once, copied, made large, and checked by tapping two of its words. It is kept nowhere, so
 * until it was checked, or its reader said twice that it is written down, no link and no Back takes it away without a question.
 */
import { figure } from './dates.js';
import { all, choose, one, onClick, write } from './page.js';

const COPIES = ['copied', 'not-copied'];
const CHECKS = ['check-ask', 'check-wrong', 'check-right', 'check-not'];
const ASKED = 2;

const NEVER_ASKS = '[data-leave], .skip, [href^="tel:"], [href^="sms:"]';

export class CodeCard {
  /**
   * @param {HTMLElement} root
   * @param {() => void} confirmed  the code may go now
   */
  constructor(root, confirmed) {
    this.root = root;
    this.confirmed = confirmed;
    this.open = false; // shown, and not known to be written down
    this.asleep = false; // in the browser's memory, from which Back may bring it
    this.stands = false; // an entry of the history holds Back off
    this.go = () => {};
    /** @type {readonly string[]} */
    this.words = [];
    /** @type {number[]} places in the code that are still asked for */
    this.asked = [];
    onClick(root, '[data-copy]', () => void this.copy());
    onClick(root, '[data-large]', (button) => this.enlarge(button));
    onClick(root, '[data-check]', () => this.check());
    onClick(root, '[data-show-again], [data-stay]', () => {
      this.hide(false);
      one(root, '[data-check]').focus();
    });
    onClick(root, '[data-sure]', () => this.close('check-not'));
    onClick(root, '[data-go-away]', () => {
      this.close();
      this.go();
    });
    document.addEventListener('click', (event) => this.clicked(event));
    addEventListener('popstate', () => this.back());
    addEventListener('pagehide', ({ persisted }) => { this.asleep = persisted && this.open; }, true);
  }

  /**
   * Show the code: the only time that anybody can.
   * @param {readonly string[] | null} words  null when no answer is wanted
   */
  show(words) {
    this.wipe();
    this.words = words ?? [];
    this.open = words !== null;
    one(this.root, '[data-code]').hidden = words === null;
    one(this.root, '[data-no-code]').hidden = words !== null;
    choose(this.root, COPIES, null);
    one(this.root, '[data-code-words]').replaceChildren(...this.words.map((word) => item(word)));
    this.hide(false);
  }

  /** The page is left: only a code that nobody has written down waits for Back. */
  leave() {
    if (!this.asleep) this.wipe();
    this.asleep = false;
  }

  wipe() {
    this.words = [];
    this.open = false;
    one(this.root, '[data-code]').hidden = true;
    one(this.root, '[data-no-code]').hidden = true;
    for (const list of all(this.root, '[data-code-words], [data-check-words]')) list.replaceChildren();
  }

  async copy() {
    const copied = await navigator.clipboard?.writeText(this.words.join(' ')).then(() => true, () => false);
    choose(this.root, COPIES, copied ? 'copied' : 'not-copied');
  }

  /** @param {HTMLElement} button */
  enlarge(button) {
    const large = one(this.root, '[data-code-words]').classList.toggle('large');
    button.setAttribute('aria-pressed', String(large));
  }

  /** Ask for two of the words, with the code out of sight. */
  check() {
    this.asked = places(this.words.length).slice(0, ASKED).sort((a, b) => a - b);
    const buttons = [...this.words].sort().map((word) => item(word, () => this.tapped(word)));
    one(this.root, '[data-check-words]').replaceChildren(...buttons);
    this.hide(true);
    this.ask('check-ask');
    one(this.root, '[data-check-words] button').focus({ preventScroll: true });
  }

  /** @param {string} word */
  tapped(word) {
    if (this.words[this.asked[0]] !== word) this.ask('check-ask', 'check-wrong');
    else if (this.asked.splice(0, 1) && this.asked.length > 0) this.ask('check-ask');
    else {
      this.close('check-right');
    }
  }

  /**
   * The code may go now.
   * @param {string} [state]
   */
  close(state) {
    this.open = false;
    this.confirmed();
    if (!state) return;
    this.ask(state);
    one(this.root, '[data-show-again]').focus(); // the words that were tapped are gone
    if (this.stands) history.back();
  }

  /** @param {MouseEvent} event */
  clicked(event) {
    const link = /** @type {Element} */ (event.target).closest('a');
    if (!this.open || event.defaultPrevented || !link || link.target || link.matches(NEVER_ASKS)) return;
    event.preventDefault();
    this.question(() => { location.href = link.href; });
  }

  /** Back was pressed, or the form has put its own history away: Back shall meet an entry of this page once more. */
  back() {
    if (!this.open) return;
    if (this.stands) this.question(() => history.go(-2));
    history.pushState(history.state, '');
    this.stands = true;
  }

  /** @param {() => void} go  where the reader wants to */
  question(go) {
    this.go = go;
    const panel = one(this.root, '[data-code-leaving]');
    panel.hidden = false;
    panel.scrollIntoView();
    panel.focus({ preventScroll: true });
  }

  /** @param {...string} states */
  ask(...states) {
    write(this.root, '[data-check-number]', figure((this.asked[0] ?? 0) + 1));
    choose(this.root, CHECKS, ...states);
    const done = (one(this.root, '[data-check-words]').hidden = !states.includes('check-ask'));
    if (!done) one(this.root, '[data-code-asked]').scrollIntoView(); // the question with its words, under the head of the page
  }

  /** @param {boolean} hidden  whether the code is out of sight while it is asked for */
  hide(hidden) {
    one(this.root, '[data-code-leaving]').hidden = true;
    one(this.root, '[data-code-shown]').hidden = hidden;
    one(this.root, '[data-code-asked]').hidden = !hidden;
    if (!hidden) choose(this.root, CHECKS, null);
  }
}

/**
 * Numbers from 0, in an order of chance.
 * @param {number} count
 */
function places(count) {
  return [...Array(count).keys()].map((place) => ({ place, chance: Math.random() }))
    .sort((a, b) => a.chance - b.chance).map(({ place }) => place);
}

/**
 * @param {string} word
 * @param {() => void} [tapped]
 */
function item(word, tapped) {
  const line = document.createElement('li');
  if (!tapped) line.textContent = word;
  else line.append(Object.assign(document.createElement('button'), { type: 'button', className: 'button', textContent: word, onclick: tapped }));
  return line;
}
