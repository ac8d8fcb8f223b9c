/**
 * What happened, said where the hand is: between the answer box and the buttons, and in sight as long as they are.
 *
 * @import { Desk } from './desk.js'
 * @import { News } from './news.js'
 */
import { clone, part, phrase, show } from './templates.js';
import { clock } from './times.js';

const WROTE = new Set(['news-wrote', 'refused-wrote']);

export class Said {
  /**
   * @param {Desk} desk
   * @param {HTMLElement} root
   * @param {() => void} showMessage  goes to the newest message
   */
  constructor(desk, root, showMessage) {
    this.desk = desk;
    this.refusal = part(root, 'refusal');
    this.live = part(root, 'news');
    this.here = part(root, 'done-here');
    this.outcome = part(root, 'outcome');
    this.showMessage = showMessage;
  }

  clear() {
    show(this.refusal, null);
    show(this.outcome, null);
    this.live.replaceChildren();
    this.here.replaceChildren();
  }

  /**
   * Something was done. Where the focus has nowhere else to go it comes here, and that speaks; so it is said once.
   * @param {string} name  of the phrase
   * @param {boolean} focus
   */
  done(name, focus) {
    this.clear();
    (focus ? this.here : this.live).replaceChildren(note(phrase(name), 'ok'));
    if (focus) this.here.focus();
  }

  /** Something was asked for and not done. */
  undone() {
    this.clear();
    show(this.refusal, phrase('undone'));
  }

  /** Somebody goes on, so what was done needs no saying any more. */
  goOn() {
    if (this.live.querySelector('.ok')) this.live.replaceChildren();
    this.here.replaceChildren();
  }

  /**
   * Something that another person did.
   * @param {News} news
   */
  news(news) {
    this.clear();
    this.live.replaceChildren(this.#note(news));
  }

  /**
   * Something was refused, because of what another person did.
   * @param {News} why
   */
  refused(why) {
    this.clear();
    this.refusal.replaceChildren(...this.#note(why).childNodes);
    this.refusal.hidden = false;
  }

  /** @param {unknown} error */
  trouble(error) {
    this.clear();
    this.desk.tell(error, this.refusal);
  }

  /** @param {News} news */
  #note({ kind, name }) {
    const slots = { ...(name ? { name } : {}), ...(kind.startsWith('news-') ? { time: clock(Date.now()) } : {}) };
    const made = note(phrase(kind, slots), '');
    part(made, 'show').hidden = !WROTE.has(kind);
    part(made, 'show').addEventListener('click', this.showMessage);
    return made;
  }
}

/**
 * @param {HTMLElement} words
 * @param {string} kind
 */
function note(words, kind) {
  const made = clone('note');
  if (kind) made.classList.add(kind);
  part(made, 'words').append(words);
  return made;
}
