/**
 * What the report page shows of the outbox: its own report on the last screen, and a note about those of earlier
 * visits.
 */

import { all, choose, onClick } from "../lib/dom.ts";
import { deliver } from "../outbox/delivery.ts";
import type { Reason } from "../outbox/outbox.ts";
import { Outbox } from "../outbox/outbox.ts";
import { arrange, holdOn, isForgetful } from "../outbox/persistence.ts";
import { proofClient } from "../outbox/proof_client.ts";
import type { Item, Store } from "../outbox/store.ts";
import { OutcomeScreen } from "./outcome_screen.ts";
import { WaitingNote } from "./waiting_note.ts";

export type Kind = "sending" | "sent" | "refused" | "conflict" | "later";

const TRIED = ["no-signal", "not-gone"]; // beside the buttons, which are gone with what waited

export class ReportSending {
  root: HTMLElement;
  store: Promise<Store>;
  told: (sent: boolean) => void;
  outcome: OutcomeScreen;
  waiting: WaitingNote;
  /** The report that this page sealed. */
  own: { id: string; sent: boolean } | null = null;
  /** Whether closing the page now would lose a sealed report. */
  losable = false;
  outbox: Promise<Outbox>;

  /** `told` hears that something came of what waits; `sent`: of the report that this page sealed. */
  constructor(root: HTMLElement, store: Promise<Store>, told: (sent: boolean) => void) {
    this.root = root;
    this.store = store;
    this.told = told;
    this.outcome = new OutcomeScreen(root, () => told(this.own?.sent ?? false));
    this.waiting = new WaitingNote(root, isForgetful());
    const prove = proofClient(root.dataset.proofWorker);
    this.outbox = store.then((opened) => {
      opened.emptied = () => void this.send("due");
      return new Outbox({
        store: opened,
        deliver: (item) => deliver(root.dataset.reportAddress ?? "", item, prove),
        changed: (item, kind) => this.changed(item, kind, opened),
        rested: (items) => this.rested(items, opened),
      });
    });
    onClick(root, "[data-send-now], [data-send-waiting]", () => void this.send("hand"));
    onClick(root, "[data-put-away]", () => void this.putAway());
    addEventListener("online", () => void this.send("online"));
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) void this.send("due");
    });
  }

  /** Say what waits from earlier visits, and send it. */
  async start() {
    this.rested(await (await this.store).items(), await this.store);
    await this.send("online");
  }

  /** Put a sealed report into the outbox; only then show its code. */
  async take(sealed: { id: string; body: string; words: string[] | null }) {
    const kept = await (await this.outbox).add(sealed);
    this.own = { id: sealed.id, sent: false };
    this.losable ||= !kept;
    this.outcome.code.show(sealed.words);
    this.outcome.show("sending", null, kept);
    if (kept) holdOn();
    void arrange(kept);
  }

  async send(reason: Reason) {
    if (reason === "hand") choose(this.root, TRIED, null);
    await (await this.outbox).send(reason);
    if (reason === "hand") this.answer(navigator.onLine ? "not-gone" : "no-signal");
  }

  /** Say what a press came to, where it is seen; what is hidden scrolls nowhere. */
  answer(name: string) {
    choose(this.root, TRIED, name);
    for (const each of all(this.root, `[data-when="${name}"]`)) each.scrollIntoView({ block: "nearest" });
  }

  changed(item: Item, kind: Kind, store: Store) {
    if (item.id === this.own?.id) {
      this.own.sent = kind === "sent";
      this.outcome.show(kind, item, store.keeps(item.id));
      this.told(this.own.sent);
    } else if (kind === "sending") this.waiting.trying();
    else if (kind === "sent") this.waiting.sent();
  }

  /** Say of every report where it lies now: what was kept may be gone. */
  rested(items: readonly Item[], store: Store) {
    const own = items.find((item) => item.id === this.own?.id && item.state === "waiting");
    if (own) this.outcome.show("later", own, store.keeps(own.id));
    this.losable = items.some((item) => item.state === "waiting" && !store.keeps(item.id));
    this.waiting.show(
      items.filter((item) => item.id !== this.own?.id),
      this.losable,
    );
    const kept = items.filter((item) => store.keeps(item.id));
    void arrange(
      kept.some((item) => item.state === "waiting"),
      kept.some((item) => item.state !== "waiting"),
    );
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
    for (const item of items) if (item.state !== "waiting" && item.id !== this.own?.id) await store.forget(item.id);
    await this.send("due");
  }
}
