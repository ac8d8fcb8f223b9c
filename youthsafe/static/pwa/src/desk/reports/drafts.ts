/**
 * Answers typed and not yet sent, one for each report, and what is typed for its card, under `cardDraft`. Each is put on the browser's shelf as it is typed, sealed; what the shelf did not take stays in
 * this page's memory only.
 */
import { type Draft, type KeptDraft, reportOf, united } from "./drafts_shelf.ts";
import type { SealedAnswer } from "./sealing.ts";

export interface Shelf {
  keepDraft: (report: string, draft: Draft) => Promise<unknown>;
  dropDraft: (report: string) => Promise<unknown>;
}

export class Drafts {
  readonly #shelf: Shelf | null;
  readonly #texts = new Map<string, string>();
  readonly #locales = new Map<string, string>();
  /** What was sealed and perhaps sent, the newest first. */
  readonly #attempts = new Map<string, SealedAnswer[]>();
  /** What the server kept since the page was unlocked. */
  readonly #sent = new Map<string, Set<string>>();
  /** What the shelf does not know yet, by how often it changed. */
  readonly #unsaved = new Map<string, number>();
  /** Whose drafts these are, so that they are never shown to the next person on the same machine. */
  #owner = "";
  #changes = 0;
  /** One write after the other. */
  #writing: Promise<void> = Promise.resolve();
  /** How many were on the shelf when the page was locked. */
  #shelved = 0;

  /** Without a shelf they are in memory only. */
  constructor(shelf: Shelf | null = null) {
    this.#shelf = shelf;
  }

  belongTo(member: string): void {
    if (this.#owner && this.#owner !== member) this.wipe();
    this.#owner = member;
  }

  /** What the shelf kept for this member, beside what is still in memory. */
  take(kept: readonly KeptDraft[]): void {
    this.#shelved = 0;
    for (const { report, text, locale, attempts } of kept) {
      const here = this.of(report);
      if (this.#unsaved.has(report) && !here) continue; // sent or thrown away, and the shelf does not know it yet
      const all = united([text, here]);
      if (all) this.#texts.set(report, all);
      this.#locales.set(report, locale);
      const known = this.attempts(report);
      this.#attempts.set(report, [...known, ...attempts.filter(({ id }) => !known.some((each) => each.id === id))]);
    }
    for (const report of this.#unsaved.keys()) void this.save(report);
  }

  /** `locale`: the language that the text is written in, or nothing. */
  keep(report: string, text: string, locale = ""): void {
    if (text.trim()) this.#texts.set(report, text);
    else this.#texts.delete(report);
    this.#locales.set(report, locale);
    void this.save(report);
  }

  of(report: string): string {
    return this.#texts.get(report) ?? "";
  }

  /** The language that somebody said a draft is written in, or nothing. */
  localeOf(report: string): string {
    return this.#locales.get(report) ?? "";
  }

  /** The reports that have a draft of an answer. */
  get reports(): string[] {
    return [...this.#texts.keys()].filter((place) => place === reportOf(place));
  }

  /** The attempts to send an answer to this report; whoever makes one adds it here, and saves, before it is sent. */
  attempts(report: string): SealedAnswer[] {
    const attempts = this.#attempts.get(report) ?? [];
    this.#attempts.set(report, attempts);
    return attempts;
  }

  /** This text was kept, so no other attempt can be any more; its draft goes with it, unless the person went on typing. */
  settle(report: string, text: string): void {
    this.#attempts.delete(report);
    this.#sent.set(report, new Set([...(this.#sent.get(report) ?? []), text]));
    if (this.#texts.get(report) === text) this.#texts.delete(report);
    void this.save(report);
  }

  /** Whether the server is known to have kept this text. */
  wasSent(report: string, text: string): boolean {
    return this.#sent.get(report)?.has(text) ?? false;
  }

  /** Nothing of it is wanted any more. */
  discard(report: string): void {
    this.#texts.delete(report);
    this.#attempts.delete(report);
    void this.save(report);
  }

  get waiting(): boolean {
    return this.#texts.size > 0;
  }

  /** Whether some draft is nowhere but in this page. */
  get unsaved(): boolean {
    return [...this.#unsaved.keys()].some((report) => this.#texts.has(report));
  }

  /** Whether some draft was there when the page was locked. */
  get kept(): boolean {
    return this.waiting || this.#shelved > 0;
  }

  /** Bring the shelf to what is here; answers when it was tried. */
  save(report: string): Promise<void> {
    this.#changes += 1;
    this.#unsaved.set(report, this.#changes);
    this.#writing = this.#writing.then(() => this.#write(report));
    return this.#writing;
  }

  /** When everything so far was tried to be saved. */
  saved(): Promise<void> {
    return this.#writing;
  }

  /** A locked page remembers only what the shelf does not have. */
  forget(): void {
    this.#sent.clear();
    for (const report of new Set([...this.#texts.keys(), ...this.#attempts.keys()])) {
      if (this.#unsaved.has(report)) continue;
      if (this.#texts.delete(report)) this.#shelved += 1;
      this.#attempts.delete(report);
      this.#locales.delete(report);
    }
  }

  /** Forget everything; what is on the shelf stays there. */
  wipe(): void {
    for (const each of [this.#texts, this.#sent, this.#locales, this.#attempts, this.#unsaved]) each.clear();
    this.#shelved = 0;
    this.#owner = "";
  }

  async #write(report: string): Promise<void> {
    const change = this.#unsaved.get(report);
    if (change === undefined || !this.#shelf) return; // a later state was written meanwhile
    const [text, attempts] = [this.of(report), this.#attempts.get(report) ?? []];
    try {
      const draft = { text, locale: this.localeOf(report), attempts: [...attempts] };
      if (text || attempts.length > 0) await this.#shelf.keepDraft(report, draft);
      else await this.#shelf.dropDraft(report);
      if (this.#unsaved.get(report) === change) this.#unsaved.delete(report);
    } catch {
      // it stays in memory, and is tried again with the next change and when the page is unlocked
    }
  }
}
