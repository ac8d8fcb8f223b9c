/**
 * The report page. It asks, shows and sends; it holds no words of its own and never the keys: `sealer.js` locks what was typed,
 * in a worker.
 */
import { deliver } from './delivery.js';
import { Draft } from './draft.js';
import { controlsOf, watch } from './fields.js';
import { guard, onLeave } from './leaving.js';
import { Line, RefusalError } from './asking.js';
import { Outbox } from './outbox.js';
import { Outcome } from './outcome.js';
import { all, choose, onClick, one, write } from './page.js';
import { emptyPromise, fillPromise } from './promise.js';
import { proving } from './proving.js';
import { fillReview } from './review.js';
import { Steps } from './steps.js';
import { openStore } from './store.js';
import { fetchBundle, findTrust, staffed, takePin, teamFor } from './trust.js';
import { Waiting } from './waiting.js';

/** @import { Item } from './store.js' */
/** @import { Accepted, Trouble } from './trust.js' */

const PATIENCE_MS = 30_000;
const TROUBLES = ['connection', 'closed', 'expired', 'mismatch', 'forged', 'no-crypto', 'no-wasm', 'worker', 'sealing'];
const WITHOUT_NOTICE = ['chooser', 'promise', 'outcome'];

class ReportPage {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.pinned = takePin();
    this.draft = new Draft(controlsOf(root));
    this.steps = new Steps(root, (name) => this.arrived(name));
    this.outcome = new Outcome(root);
    this.waiting = new Waiting(root);
    this.line = new Line(root.dataset.sealer ?? '', PATIENCE_MS);
    this.store = openStore();
    const prove = proving(root.dataset.solver ?? '');
    this.outbox = this.store.then((store) => new Outbox({
      store,
      deliver: (item) => deliver(root.dataset.reportAddress ?? '', item, prove),
      changed: (item, kind) => this.delivered(item, kind),
    }));
    /** @type {Accepted | null} */
    this.accepted = null;
    /** @type {Trouble | 'sealing' | null} */
    this.trouble = null;
    /** @type {{id: string, sent: boolean} | null} the report that this page sealed */
    this.sealed = null;
    this.busy = false;
    this.changing = false;
    this.refresh = watch(root, this.draft, () => this.changed());
    this.ready = Promise.resolve();
  }

  start() {
    this.steps.start();
    this.listen();
    choose(this.root, ['waking', 'awake'], 'awake');
    for (const button of all(this.root, '[data-begin]')) button.removeAttribute('disabled');
    this.prepare();
    void this.showWaiting(true);
    void this.send('online');
  }

  listen() {
    const { root, steps } = this;
    onClick(root, '[data-go]', (button) => steps.go(button.dataset.go ?? ''));
    onClick(root, '[data-next], [data-skip]', () => this.next());
    onClick(root, '[data-back]', () => steps.back());
    onClick(root, '[data-seal]', () => void this.seal());
    onClick(root, '[data-retry]', () => this.prepare());
    onClick(root, '[data-send-now], [data-send-waiting]', () => void this.send('hand'));
    onClick(root, '[data-again-from-answers]', () => void this.reopen());
    onClick(root, '[data-put-away]', () => void this.putAway());
    addEventListener('online', () => this.online());
    addEventListener('pageshow', (event) => { if (event.persisted) this.returned(); });
    onLeave(() => this.wipe());
  }

  /** Find out whether anything can be sealed here, and for whom. */
  prepare() {
    this.line.hangUp();
    this.show(null);
    emptyPromise(this.root, 'hours-loading');
    this.ready = this.look();
  }

  async look() {
    const { accepted, trouble } = await findTrust({
      store: await this.store,
      pinned: this.pinned,
      fetched: () => fetchBundle(this.root.dataset.bundleAddress ?? ''),
      accept: (signed, pin) => this.line.ask('accept', { signed, pin, now: Date.now() }),
    });
    const team = accepted && teamFor(accepted.teams, false);
    this.accepted = team ? accepted : null;
    if (accepted && team) fillPromise(this.root, accepted, team, Date.now());
    else emptyPromise(this.root, 'hours-missing');
    this.show(trouble ?? (team ? null : 'closed'));
    this.changed();
  }

  /** @param {Trouble | 'sealing' | null} trouble */
  show(trouble) {
    this.trouble = trouble;
    choose(this.root, TROUBLES, trouble);
    one(this.root, '[data-closed]').hidden = trouble === null;
    one(this.root, '[data-open-only]').hidden = trouble !== null && trouble !== 'sealing';
    one(this.root, '[data-trouble]').hidden = trouble === null || WITHOUT_NOTICE.includes(this.steps.name);
  }

  /** @param {string} name */
  arrived(name) {
    one(this.root, '[data-trouble]').hidden = this.trouble === null || WITHOUT_NOTICE.includes(name);
    choose(this.root, ['empty'], null);
    if (name !== 'review') return;
    this.changing = false;
    fillReview(this.root, (step) => { this.changing = true; this.steps.go(step); });
  }

  changed() {
    const team = this.accepted && teamFor(this.accepted.teams, this.draft.smallerTeam);
    const offered = this.accepted !== null && this.draft.aboutAnAdult && staffed(this.accepted.teams, 2) !== null;
    one(this.root, '[data-smaller-team]').hidden = !offered;
    one(this.root, '[data-goes-to]').hidden = !team;
    write(this.root, '[data-team]', team?.name ?? '');
    this.protect();
  }

  /** Ask before leaving while words would be lost. */
  protect() {
    const unsealed = this.sealed === null && this.draft.answers().length > 0;
    guard(unsealed || (this.sealed !== null && !this.sealed.sent && !this.outcome.kept));
  }

  next() {
    const long = new Draft(controlsOf(this.steps.section)).tooLong();
    if (long) /** @type {HTMLTextAreaElement} */ (long).focus();
    else if (this.changing) this.steps.go('review');
    else this.steps.next();
  }

  /** Lock the answers and send them. A second tap while the first is at work does nothing. */
  async seal() {
    const long = this.draft.tooLong();
    choose(this.root, ['empty'], this.draft.answers().length === 0 ? 'empty' : null);
    if (long) /** @type {HTMLTextAreaElement} */ (long).focus();
    if (this.busy || this.sealed || long || this.draft.answers().length === 0) return;
    this.busy = true;
    choose(this.root, ['sealing-now'], 'sealing-now');
    try {
      await this.sealAndKeep();
    } catch (error) {
      const { kind = 'sealing' } = /** @type {{kind?: string}} */ (error);
      this.show(TROUBLES.includes(kind) ? /** @type {Trouble} */ (kind) : 'sealing');
      one(this.root, '[data-trouble]').focus();
    }
    this.busy = false;
    choose(this.root, ['sealing-now'], null);
  }

  async sealAndKeep() {
    await this.ready;
    const team = this.accepted && teamFor(this.accepted.teams, this.draft.smallerTeam);
    if (!team) throw new RefusalError(this.trouble ?? 'closed');
    const sealed = await this.line.ask('seal', {
      answers: this.draft.answers(),
      locale: document.documentElement.lang.toLowerCase(),
      now: Date.now(),
      team: team.id,
      wantsReply: this.draft.wantsReply,
    });
    this.show(null);
    this.sealed = { id: sealed.id, sent: false };
    this.outcome.kept = await (await this.outbox).add(sealed);
    this.outcome.code(sealed.words);
    this.outcome.show('sending', null);
    this.steps.hold('outcome');
    this.protect();
    void this.send('due');
  }

  /** @param {import('./outbox.js').Reason} reason */
  async send(reason) {
    await (await this.outbox).send(reason);
  }

  /**
   * @param {Item} item
   * @param {'sending' | 'sent' | 'refused' | 'conflict' | 'later'} kind
   */
  delivered(item, kind) {
    if (item.id === this.sealed?.id) this.deliveredOwn(item, kind, this.sealed);
    else if (kind === 'sent') this.waiting.sent();
    void this.showWaiting(kind === 'sending');
  }

  /**
   * @param {Item} item
   * @param {'sending' | 'sent' | 'refused' | 'conflict' | 'later'} kind
   * @param {{sent: boolean}} sealed
   */
  deliveredOwn(item, kind, sealed) {
    this.outcome.show(kind, item);
    sealed.sent = kind === 'sent';
    if (kind === 'sent') this.wipeDraft();
    this.protect();
  }

  /** @param {boolean} trying */
  async showWaiting(trying) {
    const items = await (await this.store).items();
    this.waiting.show(items.filter((item) => item.id !== this.sealed?.id), trying);
  }

  /** A report that was not accepted: back to the words, which are still there. */
  async reopen() {
    if (this.sealed) await (await this.store).forget(this.sealed.id);
    this.sealed = null;
    this.outcome.wipe();
    this.steps.release('review');
    this.protect();
  }

  async putAway() {
    const store = await this.store;
    const refused = (await store.items()).filter((item) => item.state !== 'waiting' && item.id !== this.sealed?.id);
    for (const item of refused) await store.forget(item.id);
    await this.showWaiting(false);
  }

  online() {
    if (this.trouble === 'connection') this.prepare();
    void this.send('online');
  }

  /** Back from the browser's memory, where nothing typed and no code came along. */
  returned() {
    this.prepare();
    void this.send('online');
  }

  wipeDraft() {
    this.draft.wipe();
    one(this.root, '[data-answers]').replaceChildren();
    this.refresh();
  }

  /** Left: nothing typed and no code stays; what is sealed waits in the outbox. */
  wipe() {
    this.wipeDraft();
    this.outcome.wipe();
    this.line.hangUp();
    guard(false);
  }
}

new ReportPage(one(document, '[data-report]')).start();
