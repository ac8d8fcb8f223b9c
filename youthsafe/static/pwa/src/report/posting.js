/** What the report page shows of the outbox: its own report on the last screen, and a note about those of earlier visits. */
import { deliver } from './delivery.js';
import { arrange, holdOn, isForgetful } from './later.js';
import { Outbox } from './outbox.js';
import { Outcome } from './outcome.js';
import { choose, onClick } from './page.js';
import { proving } from './proving.js';
import { Waiting } from './waiting.js';

/** @import { Item, Store } from './store.js' */
/** @import { Reason } from './outbox.js' */
/** @typedef {'sending' | 'sent' | 'refused' | 'conflict' | 'later'} Kind */

const TRIED = ['no-signal', 'not-gone']; // beside the buttons, which are gone with what waited

export class Posting {
  /**
   * @param {HTMLElement} root
   * @param {Promise<Store>} store
   * @param {(sent: boolean) => void} told  something came of what waits; `sent`: the report that this page sealed
   */
  constructor(root, store, told) {
    this.root = root;
    this.store = store;
    this.told = told;
    this.outcome = new Outcome(root, () => told(this.own?.sent ?? false));
    this.waiting = new Waiting(root, isForgetful());
    /** @type {{id: string, sent: boolean} | null} the report that this page sealed */
    this.own = null;
    /** Whether closing the page now would lose a sealed report. */
    this.losable = false;
    const prove = proving(root.dataset.solver);
    this.outbox = store.then((opened) => {
      opened.emptied = () => void this.send('due');
      return new Outbox({
        store: opened,
        deliver: (item) => deliver(root.dataset.reportAddress ?? '', item, prove),
        changed: (item, kind) => this.changed(item, kind, opened),
        rested: (items) => this.rested(items, opened),
      });
    });
    onClick(root, '[data-send-now], [data-send-waiting]', () => void this.send('hand'));
    onClick(root, '[data-put-away]', () => void this.putAway());
    addEventListener('online', () => void this.send('online'));
    document.addEventListener('visibilitychange', () => { if (!document.hidden) void this.send('due'); });
  }

  /** Say what waits from earlier visits, and send it. */
  async start() {
    this.rested(await (await this.store).items(), await this.store);
    await this.send('online');
  }

  /**
   * Put a sealed report into the outbox; only then show its code.
   * @param {{id: string, body: string, words: string[] | null}} sealed
   */
  async take(sealed) {
    const kept = await (await this.outbox).add(sealed);
    this.own = { id: sealed.id, sent: false };
    this.losable ||= !kept;
    this.outcome.code.show(sealed.words);
    this.outcome.show('sending', null, kept);
    if (kept) holdOn();
    void arrange(kept);
  }

  /** @param {Reason} reason */
  async send(reason) {
    if (reason === 'hand') choose(this.root, TRIED, null);
    await (await this.outbox).send(reason);
    if (reason === 'hand') choose(this.root, TRIED, navigator.onLine ? 'not-gone' : 'no-signal');
  }

  /**
   * @param {Item} item
   * @param {Kind} kind
   * @param {Store} store
   */
  changed(item, kind, store) {
    if (item.id === this.own?.id) {
      this.own.sent = kind === 'sent';
      this.outcome.show(kind, item, store.keeps(item.id));
      this.told(this.own.sent);
    } else if (kind === 'sending') this.waiting.trying();
    else if (kind === 'sent') this.waiting.sent();
  }

  /**
   * Say of every report where it lies now: what was kept may be gone.
   * @param {readonly Item[]} items
   * @param {Store} store
   */
  rested(items, store) {
    const own = items.find((item) => item.id === this.own?.id && item.state === 'waiting');
    if (own) this.outcome.show('later', own, store.keeps(own.id));
    this.losable = items.some((item) => item.state === 'waiting' && !store.keeps(item.id));
    this.waiting.show(items.filter((item) => item.id !== this.own?.id), this.losable);
    const kept = items.filter((item) => store.keeps(item.id));
    void arrange(kept.some((item) => item.state === 'waiting'), kept.some((item) => item.state !== 'waiting'));
    this.told(false);
  }

  /** A report that was not accepted: nothing of it is kept, and its words can be locked again. */
  async drop() {
    if (this.own) await (await this.store).forget(this.own.id);
    this.letGo();
  }

  /** From now on the report that this page sealed is one like any other. */
  letGo() {
    this.own = null;
    this.outcome.code.wipe();
  }

  async putAway() {
    const store = await this.store;
    const items = await store.items();
    for (const item of items) if (item.state !== 'waiting' && item.id !== this.own?.id) await store.forget(item.id);
    await this.send('due');
  }
}
