/** The note about sealed reports of an earlier visit. It knows that they are there, and nothing else about them. */
import { figure } from './dates.js';
import { choose, one, write } from './page.js';

/** @import { Item } from './store.js' */

export class Waiting {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.seen = 0;
  }

  /**
   * @param {readonly Item[]} items  of earlier visits
   * @param {boolean} trying
   * @returns {void}
   */
  show(items, trying) {
    const unsent = items.filter((item) => item.state === 'waiting');
    one(this.root, '[data-waiting]').hidden = items.length === 0;
    choose(this.root, ['waiting-unsent', 'waiting-refused'],
      unsent.length > 0 ? 'waiting-unsent' : null, unsent.length < items.length ? 'waiting-refused' : null);
    choose(this.root, ['waiting-trying', 'waiting-later'], trying ? 'waiting-trying' : 'waiting-later');
    write(this.root, '[data-waiting-count]', figure(unsent.length));
  }

  /** The server has said that it has one of them. */
  sent() {
    one(this.root, '[data-waiting-sent]').hidden = false;
  }
}
