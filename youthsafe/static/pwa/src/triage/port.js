/**
 * The page's end of the worker that keeps the keys. Ending the worker is how keys are wiped: nothing of it remains.
 *
 * @import { Attempt, Sealed, Typed } from './letter.js'
 * @import { OpenedReport } from './opening.js'
 * @import { Session } from './ring.js'
 * @import { Draft, KeptDraft } from './shelf.js'
 */
import { ours } from '../lib/scripts.ts';
import { whose } from './api.js';
import { TroubleError } from './trouble.js';

export class Port {
  /** @type {Worker | null} */
  #worker = null;

  /** @type {Map<number, {resolve: (value: any) => void, reject: (error: Error) => void}>} */
  #waiting = new Map();

  #next = 1;

  /**
   * @param {string | undefined} address of the worker's script, as the page has it
   */
  constructor(address) {
    this.address = address;
  }

  /** @returns {Promise<{id: string, name: string}>} who the session's cookie belongs to; throws `signed-out` without one */
  look() {
    return this.#call('look', {});
  }

  /**
   * @param {{name: string, words: string, code: string}} typed
   * @returns {Promise<Session>}
   */
  signIn(typed) {
    return this.#call('signIn', typed);
  }

  /**
   * @param {{words: string}} typed
   * @returns {Promise<Session>}
   */
  unlock(typed) {
    return this.#call('unlock', typed);
  }

  /**
   * @param {string} id
   * @returns {Promise<OpenedReport>}
   */
  report(id) {
    return this.#call('report', { id });
  }

  /**
   * @param {Typed} typed
   * @returns {Promise<Sealed>}
   */
  seal(typed) {
    return this.#call('seal', typed);
  }

  /**
   * @param {Typed} typed
   * @param {Attempt} attempt
   * @returns {Promise<unknown>}
   */
  deliver(typed, attempt) {
    return this.#call('deliver', { typed, attempt });
  }

  /**
   * @param {string} report
   * @param {Draft} draft
   * @returns {Promise<unknown>}
   */
  keepDraft(report, draft) {
    return this.#call('keepDraft', { report, draft });
  }

  /**
   * @param {string} report
   * @returns {Promise<unknown>}
   */
  dropDraft(report) {
    return this.#call('dropDraft', { report });
  }

  /** @returns {Promise<KeptDraft[]>} of the member whose keys are open */
  drafts() {
    return this.#call('drafts', {});
  }

  /**
   * End the worker, and with it every key and everything opened in it. Calls still waiting fail with this kind.
   * @param {string} [kind]
   */
  wipe(kind = 'locked') {
    this.#worker?.terminate();
    this.#worker = null;
    for (const call of this.#waiting.values()) call.reject(new TroubleError(kind));
    this.#waiting.clear();
  }

  /**
   * @param {string} method
   * @param {object} argument
   * @returns {Promise<any>}
   */
  async #call(method, argument) {
    this.#worker ??= this.#start();
    const id = this.#next++;
    this.#worker.postMessage({ id, method, argument, member: whose() });
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  #script() {
    try {
      return ours('keeper', this.address);
    } catch {
      throw new TroubleError('browser');
    }
  }

  #start() {
    const worker = new Worker(this.#script(), { type: 'module' });
    worker.addEventListener('message', ({ data }) => this.#settle(data));
    worker.addEventListener('error', () => this.wipe('browser'));
    return worker;
  }

  /**
   * @param {{id: number, result?: unknown, trouble?: {kind: string, word: number}}} said
   */
  #settle({ id, result, trouble }) {
    const call = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (trouble) call?.reject(new TroubleError(trouble.kind, trouble.word));
    else call?.resolve(result);
  }
}
