/**
 * Getting what is sealed of a report. Each time the server gives it, the trail says so and its reporter reads that it was opened; so it is asked
 * for when a person has the report before them, and again only when a message was added since.
 *
 * @import { SealedReport } from './opening.js'
 * @import { Stub } from './queue.js'
 */
export class Looking {
  /** The report that was given last, under the id it was asked by, as long as the keys live. @type {{id: string, sealed: SealedReport} | null} */
  #last = null;

  /** One look after the other: two at once would open a report twice. @type {Promise<unknown>} */
  #before = Promise.resolve();

  /** @param {{get: (path: string) => Promise<any>, post: (path: string) => Promise<any>}} server */
  constructor({ get, post }) {
    this.get = get;
    this.post = post;
  }

  /**
   * The report with everything sealed in it, as it stands now.
   * @param {string} id
   * @returns {Promise<SealedReport>}
   */
  at(id) {
    const found = this.#before.then(() => this.#look(id));
    this.#before = found.catch(() => null);
    return found;
  }

  /**
   * @param {string} id
   * @returns {Promise<SealedReport>}
   */
  async #look(id) {
    const last = this.#last?.id === id ? this.#last.sealed : null;
    /** @type {Stub | null} */
    const stub = last && await this.get(`/reports/${id}`);
    const same = last && stub && last.answers === stub.answers && last.follow_ups === stub.follow_ups;
    const sealed = same ? { ...last, ...stub } : await this.post(`/reports/${id}/opened`);
    this.#last = { id, sealed };
    return sealed;
  }
}
