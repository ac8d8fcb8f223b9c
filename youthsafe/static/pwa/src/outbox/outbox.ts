/**
 * Sealed reports on their way: each is kept first, and goes out until the server says that it has it. It knows no page,
 * so that a service worker can use it too.
 */

import { abortAfter } from "../lib/time_limit.ts";
import type { Outcome } from "./delivery.ts";
import { LONGEST_WAIT_MS } from "./delivery.ts";
import type { Item, Store } from "./store.ts";

/** Why we send: its time has come, the network is back, somebody pressed a button. */
export type Reason = "due" | "online" | "hand";
/** `rested` hears after each round what is still there. */
export type Parts = {
  store: Pick<Store, "items" | "add" | "update" | "forget">;
  deliver: (item: Item) => Promise<Outcome>;
  changed: (item: Item, kind: Outcome["kind"] | "sending") => void;
  rested?: (items: Item[]) => void;
  now?: () => number;
  alone?: <T>(action: () => Promise<T>) => Promise<T>;
  wake?: (action: () => void, milliseconds: number) => number | undefined;
};

const FIRST_WAIT_MS = 5_000;
const HOUR_MS = 3_600_000;
const LOCK = "youthsafe-outbox";
/** Longer than one request may take: whoever holds the lock until then is a page that its phone has put to sleep. */
const LOCK_PATIENCE_MS = 45_000;
const STRENGTH: readonly Reason[] = ["hand", "online", "due"];

/** The wait before the next try, in milliseconds: doubled each time, at most a quarter of an hour. */
export function backoff(tries: number) {
  return Math.min(FIRST_WAIT_MS * 2 ** Math.max(0, tries - 1), LONGEST_WAIT_MS);
}

/**
 * Whether a moment that an item waits for has come. One that is further off than any wait was written down by a clock
 * that has been set back since.
 */
const hasCome = (moment: number, now: number) => now >= moment || moment - now > LONGEST_WAIT_MS;

/** Whether an item may go now. What the server asked us to wait holds for everything but somebody's own hand. */
export function mayGo(item: Item, reason: Reason, now: number) {
  if (item.state !== "waiting") return false;
  if (reason === "hand") return true;
  return hasCome(item.not_before, now) && (reason === "online" || hasCome(item.due, now));
}

/**
 * One page or worker at a time, where the browser can do that; the server takes the same report twice for one anyway,
 * so nobody waits for ever.
 */
export async function alone<T>(action: () => Promise<T>): Promise<T> {
  const { locks } = globalThis.navigator ?? {};
  if (!locks) return action();
  let begun = false;
  try {
    return await abortAfter(LOCK_PATIENCE_MS, (signal) =>
      locks.request(LOCK, { signal }, () => {
        begun = true;
        return action();
      }),
    );
  } catch (error) {
    if (begun) throw error;
    return action();
  }
}

const later: NonNullable<Parts["wake"]> = (action, milliseconds) => setTimeout(action, milliseconds);

export class Outbox {
  store: Pick<Store, "items" | "add" | "update" | "forget">;
  deliver: (item: Item) => Promise<Outcome>;
  changed: (item: Item, kind: "sent" | "refused" | "conflict" | "later" | "sending") => void;
  rested: (items: Item[]) => void;
  now: () => number;
  alone: <T>(action: () => Promise<T>) => Promise<T>;
  wake: (action: () => void, milliseconds: number) => number | undefined;

  #rounds: Promise<void> | null = null;

  /** Asked for since the round that runs began. */
  #wanted: Reason[] = [];

  #timer: number | undefined;

  constructor({
    store,
    deliver,
    changed,
    rested = () => {},
    now = Date.now,
    alone: lock = alone,
    wake = later,
  }: Parts) {
    this.store = store;
    this.deliver = deliver;
    this.changed = changed;
    this.rested = rested;
    this.now = now;
    this.alone = lock;
    this.wake = wake;
  }

  /** Keep a sealed report; call `send` afterwards. Returns false when it is in this page's memory only. */
  add({ id, body }: { id: string; body: string }): Promise<boolean> {
    const hour = Math.floor(this.now() / HOUR_MS) * HOUR_MS;
    return this.store.add({ id, body, sealed_at: hour, state: "waiting", tries: 0, due: 0, not_before: 0 });
  }

  /** Send what may go. A call while a round runs has one more round follow it, so that nothing goes twice at a time. */
  send(reason: Reason): Promise<void> {
    this.#wanted.push(reason);
    this.#rounds ??= this.#run();
    return this.#rounds;
  }

  /** What is asked for until the very end is still heard: between the last look and the end nobody else has a turn. */
  async #run() {
    try {
      let items: Item[] = [];
      while (this.#wanted.length > 0) {
        const strongest = STRENGTH.find((reason) => this.#wanted.includes(reason)) ?? "due";
        this.#wanted = [];
        await this.alone(() => this.#sendAll(strongest));
        items = await this.store.items();
      }
      this.#plan(items.filter((item) => item.state === "waiting"));
      this.rested(items);
    } finally {
      this.#rounds = null;
    }
  }

  async #sendAll(reason: Reason) {
    for (const item of await this.store.items()) {
      if (mayGo(item, reason, this.now())) await this.#sendOne(item);
    }
  }

  async #sendOne(item: Item) {
    this.changed(item, "sending");
    const outcome = await this.deliver(item);
    const after = settled(item, outcome, this.now());
    if (after) await this.store.update(after);
    else await this.store.forget(item.id);
    this.changed(after ?? item, outcome.kind);
  }

  /** Wake up for the next item whose time comes. */
  #plan(waiting: readonly Item[]) {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (waiting.length === 0) return;
    const now = this.now();
    const next = Math.min(
      ...waiting.map((item) => (mayGo(item, "due", now) ? now : Math.max(item.due, item.not_before))),
    );
    this.#timer = this.wake(() => void this.send("due"), Math.max(FIRST_WAIT_MS, next - now));
  }
}

/** What is kept of an item after an answer; nothing once it was sent. */
export function settled(item: Item, outcome: Outcome, now: number): Item | null {
  if (outcome.kind === "sent") return null;
  if (outcome.kind !== "later") return { ...item, state: outcome.kind };
  const tries = item.tries + 1;
  return { ...item, tries, due: now + backoff(tries), not_before: outcome.wait > 0 ? now + outcome.wait : 0 };
}
