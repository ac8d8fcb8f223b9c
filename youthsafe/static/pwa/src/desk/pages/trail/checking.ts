/**
 * Whether what the server gave of the trail leads up to the heads that it gave with it: every entry is hashed here again, together with the hash
 * of the one before it. What this cannot see is a tail that was cut off together with its head; a head that somebody noted shows that.
 */
import { type Bytes, equal, unb64 } from "../../../crypto/bytes.ts";
import { entryHash, startHash } from "../../../crypto/trail.ts";
import type { ChainHead, Trail, TrailEntry } from "./given.ts";

/**
 * `entry`: it does not lead to what follows it; `end`: the newest entry is not the one that the head names, which is `head`; `beginning`: the
 * oldest one, `number`, goes on from something that is gone; `empty`: a head without entries; `headless`: no head that can be read.
 */
export interface Fault {
  kind: "entry" | "end" | "beginning" | "empty" | "headless";
  chain: string | null;
  number: number;
  head: number;
}

/** `hash`: as it was computed here, in hexadecimal; empty where it cannot be. */
export interface CheckedEntry extends TrailEntry {
  hash: string;
  fits: boolean;
}

export const hexOf = (bytes: Bytes): string => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

const bytesOf = (text: string | null): Bytes | null => (text === null ? null : unb64(text));

/** Follows one chain from its head back. `expected`: the hash that the next entry must have; null where nothing says. */
class Chain {
  readonly id: string;
  readonly head: ChainHead | null;
  #oldest = 0;
  #expected: Bytes | null;

  constructor(id: string, head: ChainHead | null) {
    this.id = id;
    this.head = head;
    this.#expected = bytesOf(head?.head ?? null);
  }

  get isEmpty(): boolean {
    return this.#oldest === 0;
  }

  async take(entry: TrailEntry): Promise<{ checked: CheckedEntry; faults: Fault[] }> {
    const faults: Fault[] = [];
    const { head } = this;
    if (this.isEmpty && head?.head && head.number !== entry.number) {
      faults.push(this.#fault("end", entry.number));
      this.#expected = null;
    }
    const hash = await hashOf(entry);
    const fits = hash !== null && (this.#expected === null || equal(hash, this.#expected));
    if (!fits) faults.push(this.#fault("entry", entry.number));
    this.#oldest = entry.number;
    this.#expected = bytesOf(entry.previous);
    return { checked: { ...entry, fits, hash: hash ? hexOf(hash) : "" }, faults };
  }

  /** What is wrong with its beginning, when the oldest entry was taken. */
  async end(instance: Bytes): Promise<Fault[]> {
    if (this.isEmpty) return [this.#fault("empty", 0)];
    const start = await startHash(instance, unb64(this.id));
    return this.#expected && equal(this.#expected, start) ? [] : [this.#fault("beginning", this.#oldest)];
  }

  #fault(kind: Fault["kind"], number: number): Fault {
    return { kind, chain: this.id, number, head: this.head?.number ?? 0 };
  }
}

async function hashOf({ previous, damaged, at, action, actor, subject, number }: TrailEntry): Promise<Bytes | null> {
  if (damaged || previous === null || at === null || action === null) return null;
  const ids = { actor: bytesOf(actor), subject: bytesOf(subject) };
  return entryHash(unb64(previous), { number, at, action, ...ids });
}

export class Checking {
  readonly faults: Fault[] = [];
  readonly #instance: Bytes;
  readonly #chains = new Map<string, Chain>();

  /** `only`: the one chain that was asked for. */
  constructor({ instance, heads }: Pick<Trail, "instance" | "heads">, only: string) {
    this.#instance = unb64(instance);
    for (const head of heads.filter(({ chain }) => !only || chain === only)) {
      this.#chains.set(head.chain, new Chain(head.chain, head));
      if (head.head === null) this.#blame("headless", head.chain);
    }
  }

  /** Take a page, the newest entry first; `last`: whether nothing is older. */
  async take(entries: readonly TrailEntry[], last: boolean): Promise<CheckedEntry[]> {
    const checked: CheckedEntry[] = [];
    for (const entry of entries) checked.push(await this.#take(entry));
    if (last) for (const chain of this.#chains.values()) this.faults.push(...(await chain.end(this.#instance)));
    return checked;
  }

  async #take(entry: TrailEntry): Promise<CheckedEntry> {
    if (entry.chain === null) {
      this.#blame("entry", null, entry.number);
      return { ...entry, fits: false, hash: "" };
    }
    const { checked, faults } = await this.#chain(entry.chain).take(entry);
    this.faults.push(...faults);
    return checked;
  }

  #chain(id: string): Chain {
    const found = this.#chains.get(id) ?? new Chain(id, null);
    if (!this.#chains.has(id)) this.#blame("headless", id);
    this.#chains.set(id, found);
    return found;
  }

  #blame(kind: Fault["kind"], chain: string | null, number = 0): void {
    this.faults.push({ kind, chain, number, head: 0 });
  }
}

/** A head, given in Base64url, as people read it out: four lines of four groups. */
export function linesOf(head: string): string[] {
  const groups = hexOf(unb64(head)).match(/.{4}/g) ?? [];
  return [0, 4, 8, 12].map((at) => groups.slice(at, at + 4).join(" "));
}

/** What was typed of a head, without blanks; null for what is none. */
export function typedHead(typed: string): string | null {
  const head = typed.replaceAll(/\s/g, "").toLowerCase();
  return /^[0-9a-f]{64}$/.test(head) ? head : null;
}
