/**
 * Answers typed and not yet saved: in this page's memory only, one for each report, gone with the page.
 *
 * @import { Attempt } from './letter.js'
 */
export class Drafts {
  /** @type {Map<string, string>} */
  #texts = new Map();

  /** What was sealed and perhaps sent, the newest first. @type {Map<string, Attempt[]>} */
  #attempts = new Map();

  /** Whose drafts these are, so that they are never shown to the next person on the same machine. */
  #owner = '';

  /**
   * @param {string} member
   */
  belongTo(member) {
    if (this.#owner && this.#owner !== member) this.wipe();
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

  /**
   * The attempts to send an answer to this report; whoever makes one adds it here before it is sent.
   * @param {string} report
   * @returns {Attempt[]}
   */
  attempts(report) {
    const attempts = this.#attempts.get(report) ?? [];
    this.#attempts.set(report, attempts);
    return attempts;
  }

  /**
   * One attempt was kept, so no other can be any more; its draft goes with it, unless the person went on typing.
   * @param {string} report
   * @param {string} text  that was kept
   */
  settle(report, text) {
    this.#attempts.delete(report);
    if (this.#texts.get(report) === text) this.#texts.delete(report);
  }

  get waiting() {
    return this.#texts.size > 0;
  }

  wipe() {
    this.#texts.clear();
    this.#attempts.clear();
    this.#owner = '';
  }
}
