/**
 * Answers on their way: sealed in the worker, sent once, sealed again once when another answer came first.
 *
 * An attempt whose fate is not known is remembered with its bytes; the same text goes out as the same bytes, which the server keeps once.
 *
 * @import { Bond, OpenedReport } from './opening.js'
 * @import { Keys } from './ring.js'
 * @typedef {{report: OpenedReport, bond: Bond}} Look
 * @typedef {{id: string, text: string, locale: string, followUps: number}} Typed  `followUps`: how many the person was shown
 * @typedef {{text: string, locale: string, id: string, after: string, envelope: string}} Attempt
 * @typedef {{outcome: 'saved' | 'resealed' | 'earlier', report: OpenedReport | null}} Sent  `earlier`: another text that was sent before had arrived
 */
import { b64 } from '../crypto/bytes.js';
import { hourOf } from '../crypto/content.js';
import { sealAnswer } from '../crypto/messages.js';
import { SealError } from '../crypto/primitives.js';
import { teamKey } from './ring.js';
import { TroubleError, kindOf } from './trouble.js';

export class Outgoing {
  /** @type {Map<string, Attempt>} */
  #attempts = new Map();

  /**
   * @param {{look: (id: string) => Promise<Look>, post: (path: string, body: object) => Promise<unknown>, now?: () => number}} doors
   */
  constructor({ look, post, now = Date.now }) {
    this.look = look;
    this.post = post;
    this.now = now;
  }

  /**
   * Seal and send; throws TroubleError and keeps the attempt when nobody knows whether it arrived.
   * @param {Typed} typed
   * @param {Keys} keys
   * @returns {Promise<Sent>}
   */
  async send({ id, text, locale, followUps }, keys) {
    let attempt = this.#attempts.get(id);
    if (attempt && (attempt.text !== text || attempt.locale !== locale)) {
      const { report } = await this.look(id);
      this.#attempts.delete(id);
      if (arrived(report, attempt)) return { outcome: 'earlier', report };
      attempt = undefined;
    }
    attempt ??= await this.#seal({ id, text, locale }, keys, (await this.look(id)).bond);
    if (await this.#post(id, attempt, followUps)) return this.#saved(id, 'saved');
    return this.#again({ id, followUps }, attempt, keys);
  }

  /**
   * The server says that `after` is not the newest answer, or that somebody else holds the report: look which.
   * @param {Pick<Typed, 'id' | 'followUps'>} typed
   * @param {Attempt} attempt
   * @param {Keys} keys
   */
  async #again({ id, followUps }, attempt, keys) {
    const { report, bond } = await this.look(id);
    this.#attempts.delete(id);
    if (arrived(report, attempt)) return this.#saved(id, 'saved');
    if (report.stub.claimed_by?.id !== b64(keys.member.id) || attempt.after === b64(bond.previous)) throw new TroubleError('conflict');
    const sealed = await this.#seal({ id, text: attempt.text, locale: attempt.locale }, keys, bond);
    if (await this.#post(id, sealed, followUps)) return this.#saved(id, 'resealed');
    this.#attempts.delete(id);
    throw new TroubleError('conflict');
  }

  /**
   * @param {Omit<Typed, 'followUps'>} typed
   * @param {Keys} keys
   * @param {Bond} bond
   * @returns {Promise<Attempt>}
   */
  async #seal({ id, text, locale }, keys, bond) {
    const { epoch, publicKey } = teamKey(keys, bond.teamId);
    const letter = { ...bond, epoch, teamKey: publicKey, hour: hourOf(this.now()), locale, text };
    const { messageId, envelope } = await sealAnswer(letter).catch((error) => {
      throw error instanceof SealError ? new TroubleError('mailbox') : error;
    });
    const attempt = { text, locale, id: b64(messageId), after: b64(bond.previous), envelope: b64(envelope) };
    this.#attempts.set(id, attempt);
    return attempt;
  }

  /**
   * @param {string} id
   * @param {Attempt} attempt
   * @param {number} followUps
   * @returns {Promise<boolean>} false on a conflict
   */
  async #post(id, { after, envelope }, followUps) {
    try {
      await this.post(`/reports/${id}/messages`, { after, envelope, follow_ups: followUps });
      return true;
    } catch (error) {
      if (kindOf(error) === 'conflict') return false;
      throw error;
    }
  }

  /**
   * It is kept, whatever happens to the look that follows.
   * @param {string} id
   * @param {'saved' | 'resealed'} outcome
   * @returns {Promise<Sent>}
   */
  async #saved(id, outcome) {
    this.#attempts.delete(id);
    const look = await this.look(id).catch(() => null);
    return { outcome, report: look && look.report };
  }
}

/**
 * @param {OpenedReport} report
 * @param {Attempt} attempt
 */
const arrived = ({ thread }, { id }) => thread.some((message) => message.id === id && message.verdict === 'checked');
