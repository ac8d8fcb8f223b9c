/**
 * Answers on their way: sealed in the worker, sent once, sealed again once when another answer came first.
 *
 * Every attempt is remembered with its bytes beside the draft, before it is sent and until its fate is known: the keys may be wiped in between.
 * The same text goes out as the same bytes, which the server keeps once; of attempts that name the same answer before them it keeps one.
 *
 * @import { Drafts } from './drafts.js'
 * @import { Attempt, Sealed, Typed } from './letter.js'
 * @import { OpenedReport } from './opening.js'
 * @typedef {{report: (id: string) => Promise<OpenedReport>, seal: (typed: Typed) => Promise<Sealed>,
 *   deliver: (typed: Typed, attempt: Attempt) => Promise<unknown>}} Keeper
 * @typedef {{outcome: 'saved' | 'resealed' | 'earlier' | 'unseen' | 'already', report: OpenedReport | null}} Sent  `earlier`: another text that was sent before had
 *   arrived; `unseen`: nothing was sent, because there is an answer that the person does not know; `already`: and it is this very text
 */
import { TroubleError, kindOf } from './trouble.js';

const TO_REPORTER = 2;

export class Outgoing {
  /**
   * @param {Keeper} keeper
   * @param {Drafts} drafts
   */
  constructor(keeper, drafts) {
    this.keeper = keeper;
    this.drafts = drafts;
  }

  /**
   * Seal and send; throws TroubleError and keeps the attempt when nobody knows whether it arrived.
   * @param {Typed} typed
   * @returns {Promise<Sent>}
   */
  async send(typed) {
    const tried = this.drafts.attempts(typed.id);
    const known = tried.find((each) => isSame(each, typed));
    const first = known ?? await this.#seal(typed, tried);
    if ('outcome' in first) return first;
    if (await this.#deliver(typed, first)) return this.#saved(first, typed, 'saved');
    const second = await this.#seal(typed, tried); // something newer was sent, or somebody else holds the report
    if ('outcome' in second) return second;
    if (second.after !== first.after && await this.#deliver(typed, second)) return this.#saved(second, typed, 'resealed');
    throw new TroubleError('conflict');
  }

  /**
   * Seal after the newest answer, unless that look at the report shows that an attempt had arrived, or an answer that the person does not know.
   * @param {Typed} typed
   * @param {Attempt[]} tried  the newest first
   * @returns {Promise<Attempt | Sent>}
   */
  async #seal(typed, tried) {
    const { attempt, report } = await this.keeper.seal(typed);
    const before = tried.find((each) => arrived(report, each));
    if (before) {
      this.drafts.settle(typed.id, before.text);
      return { outcome: isSame(before, typed) ? 'saved' : 'earlier', report };
    }
    const unseen = report.thread.filter(({ id, direction, verdict }) => direction === TO_REPORTER && verdict === 'checked' && !typed.seen.includes(id));
    const already = unseen.some(({ text }) => text === typed.text);
    if (already) this.drafts.settle(typed.id, typed.text); // by this member in another tab, most likely
    if (unseen.length > 0) return { outcome: already ? 'already' : 'unseen', report };
    tried.unshift(attempt);
    await this.drafts.save(typed.id);
    return attempt;
  }

  /**
   * @param {Typed} typed
   * @param {Attempt} attempt
   * @returns {Promise<boolean>} false on a conflict
   */
  async #deliver(typed, attempt) {
    try {
      await this.keeper.deliver(typed, attempt);
      return true;
    } catch (error) {
      if (kindOf(error) === 'conflict') return false;
      throw error;
    }
  }

  /**
   * It is kept, whatever happens to the look that follows; unless that look shows that the server took it and does not have it.
   * @param {Attempt} attempt
   * @param {Typed} typed
   * @param {'saved' | 'resealed'} outcome
   * @returns {Promise<Sent>}
   */
  async #saved(attempt, { id, text }, outcome) {
    const report = await this.keeper.report(id).catch(() => null);
    if (report && !arrived(report, attempt)) throw new TroubleError('lost');
    this.drafts.settle(id, text);
    return { outcome, report };
  }
}

/**
 * @param {Attempt} attempt
 * @param {Typed} typed
 */
const isSame = (attempt, { text, locale }) => attempt.text === text && attempt.locale === locale;

/**
 * @param {OpenedReport} report
 * @param {Attempt} attempt
 */
const arrived = ({ thread }, { id }) => thread.some((message) => message.id === id && message.verdict === 'checked');
