/** Which slide is shown. The address says it (`#slide-3`), so Back, Forward, a reload and a bookmark all work. */

/**
 * The slide that an address names, counted from 1; null when the lesson is read as one page.
 * @param {string} hash
 * @param {number} last
 * @returns {number | null}
 */
export function slideOf(hash, last) {
  const match = /^#slide-([0-9]{1,3})$/.exec(hash);
  return match ? Math.min(Math.max(1, Number(match[1])), last) : null;
}

export class Slides {
  /**
   * @param {number} last  how many there are
   * @param {(number: number | null) => void} arrived
   */
  constructor(last, arrived) {
    this.last = last;
    this.arrived = arrived;
    /** @type {number | null} */
    this.number = null;
  }

  start() {
    addEventListener('popstate', () => this.follow());
    this.follow();
  }

  /** Go where the address says. */
  follow() {
    const number = slideOf(location.hash, this.last);
    if (number !== this.number) this.#show(number);
  }

  /** @param {number} number  one before the first or after the last stays where it is */
  go(number) {
    if (number === this.number || number < 1 || number > this.last) return;
    history.pushState(null, '', `#slide-${number}`);
    this.#show(number);
  }

  /** Back to the lesson as one page. */
  end() {
    history.pushState(null, '', location.pathname + location.search);
    this.#show(null);
  }

  /** @param {number | null} number */
  #show(number) {
    this.number = number;
    this.arrived(number);
  }
}
