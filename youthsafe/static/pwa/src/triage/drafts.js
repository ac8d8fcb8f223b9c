/**
 * Answers typed and not yet sent, one for each report. Each is put on the browser's shelf as it is typed, sealed; what the shelf did not take stays in
 * this page's memory only.
 *
 * @import { Attempt } from './letter.js'
 * @import { Draft, KeptDraft } from './shelf.js'
 * @typedef {{keepDraft: (report: string, draft: Draft) => Promise<unknown>, dropDraft: (report: string) => Promise<unknown>}} Shelf
 */
import { united } from './shelf.js';

export class Drafts {
  /** @type {Map<string, string>} */
  #texts = new Map();

  /** @type {Map<string, string>} */
  #locales = new Map();

  /** What was sealed and perhaps sent, the newest first. @type {Map<string, Attempt[]>} */
  #attempts = new Map();

  /** What the server kept since the page was unlocked. @type {Map<string, Set<string>>} */
  #sent = new Map();

  /** Whose drafts these are, so that they are never shown to the next person on the same machine. */
  #owner = '';

  /** What the shelf does not know yet, by how often it changed. @type {Map<string, number>} */
  #unsaved = new Map();

  #changes = 0;

  /** One write after the other. @type {Promise<void>} */
  #writing = Promise.resolve();

  /** How many were on the shelf when the page was locked. */
  #shelved = 0;

  /** @param {Shelf | null} [shelf]  null: in memory only */
  constructor(shelf = null) {
    this.shelf = shelf;
  }

  /**
   * @param {string} member
   */
  belongTo(member) {
    if (this.#owner && this.#owner !== member) this.wipe();
    this.#owner = member;
  }

  /**
   * What the shelf kept for this member, beside what is still in memory.
   * @param {KeptDraft[]} kept
   */
  take(kept) {
    this.#shelved = 0;
    for (const { report, text, locale, attempts } of kept) {
      const here = this.of(report);
      if (this.#unsaved.has(report) && !here) continue; // sent or thrown away, and the shelf does not know it yet
      const all = united([text, here]);
      if (all) this.#texts.set(report, all);
      this.#locales.set(report, locale);
      this.#attempts.set(report, [...this.attempts(report), ...attempts.filter(({ id }) => !this.attempts(report).some((each) => each.id === id))]);
    }
    for (const report of this.#unsaved.keys()) void this.save(report);
  }

  /**
   * @param {string} report
   * @param {string} text
   * @param {string} [locale]  it is written in
   */
  keep(report, text, locale = '') {
    if (text.trim()) this.#texts.set(report, text);
    else this.#texts.delete(report);
    this.#locales.set(report, locale);
    void this.save(report);
  }

  /**
   * @param {string} report
   */
  of(report) {
    return this.#texts.get(report) ?? '';
  }

  /**
   * The language that somebody said a draft is written in, or nothing.
   * @param {string} report
   */
  localeOf(report) {
    return this.#locales.get(report) ?? '';
  }

  /** The reports that have a draft. */
  get reports() {
    return [...this.#texts.keys()];
  }

  /**
   * The attempts to send an answer to this report; whoever makes one adds it here, and saves, before it is sent.
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
    this.#sent.set(report, new Set([...(this.#sent.get(report) ?? []), text]));
    if (this.#texts.get(report) === text) this.#texts.delete(report);
    void this.save(report);
  }

  /**
   * Whether the server is known to have kept this text.
   * @param {string} report
   * @param {string} text
   */
  wasSent(report, text) {
    return this.#sent.get(report)?.has(text) ?? false;
  }

  /**
   * Nothing of it is wanted any more.
   * @param {string} report
   */
  discard(report) {
    this.#texts.delete(report);
    this.#attempts.delete(report);
    void this.save(report);
  }

  get waiting() {
    return this.#texts.size > 0;
  }

  /** Whether some draft is nowhere but in this page. */
  get unsaved() {
    return [...this.#unsaved.keys()].some((report) => this.#texts.has(report));
  }

  /** Whether some draft was there when the page was locked. */
  get kept() {
    return this.waiting || this.#shelved > 0;
  }

  /**
   * Bring the shelf to what is here; answers when it was tried.
   * @param {string} report
   */
  save(report) {
    this.#unsaved.set(report, ++this.#changes);
    this.#writing = this.#writing.then(() => this.#write(report));
    return this.#writing;
  }

  /** When everything so far was tried to be saved. */
  saved() {
    return this.#writing;
  }

  /** A locked page remembers only what the shelf does not have. */
  forget() {
    this.#sent.clear();
    for (const report of new Set([...this.#texts.keys(), ...this.#attempts.keys()])) {
      if (this.#unsaved.has(report)) continue;
      if (this.#texts.delete(report)) this.#shelved += 1;
      this.#attempts.delete(report);
      this.#locales.delete(report);
    }
  }

  /** Forget everything; what is on the shelf stays there. */
  wipe() {
    this.#texts.clear();
    this.#sent.clear();
    this.#locales.clear();
    this.#attempts.clear();
    this.#unsaved.clear();
    this.#shelved = 0;
    this.#owner = '';
  }

  /** @param {string} report */
  async #write(report) {
    const change = this.#unsaved.get(report);
    if (change === undefined || !this.shelf) return; // a later state was written meanwhile
    const [text, attempts] = [this.of(report), this.#attempts.get(report) ?? []];
    try {
      if (text || attempts.length > 0) await this.shelf.keepDraft(report, { text, locale: this.localeOf(report), attempts: [...attempts] });
      else await this.shelf.dropDraft(report);
      if (this.#unsaved.get(report) === change) this.#unsaved.delete(report);
    } catch { /* it stays in memory, and is tried again with the next change and when the page is unlocked */ }
  }
}
