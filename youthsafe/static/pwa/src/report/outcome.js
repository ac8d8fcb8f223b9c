/** The last screen: the code, and whether the report is waiting, sent or not accepted. */
import { clockTime } from './dates.js';
import { choose, one, onClick, write } from './page.js';

/** @import { Item } from './store.js' */

const STATES = ['sending', 'unsent', 'sent', 'refused', 'conflict'];
const COPIES = ['copied', 'not-copied'];

export class Outcome {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.kept = true;
    onClick(root, '[data-copy]', () => void this.copy());
  }

  /**
   * Show the code: the only time that anybody can.
   * @param {readonly string[] | null} words  null when no answer is wanted
   */
  code(words) {
    one(this.root, '[data-code]').hidden = words === null;
    one(this.root, '[data-no-code]').hidden = words !== null;
    choose(this.root, COPIES, null);
    one(this.root, '[data-code-words]').replaceChildren(...(words ?? []).map((word) => {
      const item = document.createElement('li');
      item.textContent = word;
      return item;
    }));
  }

  /**
   * @param {'sending' | 'sent' | 'refused' | 'conflict' | 'later'} kind
   * @param {Item | null} item
   */
  show(kind, item) {
    const busy = kind === 'later' && item !== null && item.not_before > item.due;
    const memory = !this.kept && (kind === 'sending' || kind === 'later');
    choose(this.root, [...STATES, 'busy', 'memory'],
      kind === 'later' ? 'unsent' : kind, busy ? 'busy' : null, memory ? 'memory' : null);
    if (busy) write(this.root, '[data-again]', clockTime(item.not_before));
    one(this.root, '[data-send-now]').hidden = kind !== 'later';
    const failed = kind === 'refused' || kind === 'conflict';
    one(this.root, '[data-again-from-answers]').hidden = !failed;
    if (failed) this.wipe(); // this code opens nothing
  }

  async copy() {
    const words = [...one(this.root, '[data-code-words]').children].map((item) => item.textContent).join(' ');
    const copied = await navigator.clipboard?.writeText(words).then(() => true, () => false);
    choose(this.root, COPIES, copied ? 'copied' : 'not-copied');
  }

  wipe() {
    one(this.root, '[data-code]').hidden = true;
    one(this.root, '[data-no-code]').hidden = true;
    one(this.root, '[data-code-words]').replaceChildren();
  }
}
