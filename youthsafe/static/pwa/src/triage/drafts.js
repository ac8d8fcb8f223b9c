/** Answers typed and not yet saved: in this page's memory only, one for each report, gone with the page. */
export class Drafts {
  /** @type {Map<string, string>} */
  #texts = new Map();

  /** Whose drafts these are, so that they are never shown to the next person on the same machine. */
  #owner = '';

  /**
   * @param {string} member
   */
  belongTo(member) {
    if (this.#owner && this.#owner !== member) this.#texts.clear();
    this.#owner = member;
  }

  /**
   * @param {string} report
   * @param {string} text
   */
  keep(report, text) {
    if (text.trim()) this.#texts.set(report, text);
    else this.#texts.delete(report);
  }

  /**
   * @param {string} report
   */
  of(report) {
    return this.#texts.get(report) ?? '';
  }

  get waiting() {
    return this.#texts.size > 0;
  }

  wipe() {
    this.#texts.clear();
    this.#owner = '';
  }
}
