/** What happened, said where the hand is: between the answer box and the buttons, and in sight as long as they are. */
import { batch, signal } from "@preact/signals";
import type { Desk } from "../../session/desk.ts";
import type { TroubleError } from "../../trouble.ts";
import type { AfterDrawing } from "../../ui/after_drawing.ts";
import type { Done, News } from "./news.ts";

/** `at`: when it was seen, in milliseconds. */
export interface Note extends News {
  at: number;
}

export class Said {
  readonly refusal = signal<Note | TroubleError | "undone" | null>(null);
  /** What is read out without moving the focus. */
  readonly news = signal<Note | null>(null);
  /** What has the focus, and is read out by that. */
  readonly here = signal<Note | null>(null);
  readonly #desk: Desk;
  readonly #afterDrawing: AfterDrawing;

  constructor(desk: Desk, afterDrawing: AfterDrawing) {
    this.#desk = desk;
    this.#afterDrawing = afterDrawing;
  }

  clear(): void {
    this.#say({});
  }

  /** Something was done. Where the focus has nowhere else to go it comes here, and that speaks; so it is said once. */
  done(action: Done, focus: boolean): void {
    const note = noteOf({ kind: `done-${action}`, name: "" });
    this.#say(focus ? { here: note } : { news: note });
    if (focus) this.#focus("done-here");
  }

  /** Something was asked for and not done. */
  undone(): void {
    this.#say({ refusal: "undone" });
  }

  /** Somebody goes on, so what was done needs no saying any more. */
  goOn(): void {
    if (this.news.value?.kind.startsWith("done-")) this.news.value = null;
    this.here.value = null;
  }

  /** Something that another person did. */
  tell(news: News): void {
    this.#say({ news: noteOf(news) });
  }

  /** Something was refused, because of what another person did. */
  refused(why: News): void {
    this.#say({ refusal: noteOf(why) });
  }

  fail(error: unknown): void {
    this.#say({ refusal: this.#desk.troubleOf(error) });
  }

  /** A button that went away must not take the focus with it. */
  focusRefusal(): void {
    this.#afterDrawing.add(() => {
      if (document.activeElement === document.body) focusPart("refusal");
    });
  }

  #focus(part: string): void {
    this.#afterDrawing.add(() => focusPart(part));
  }

  #say(said: Partial<{ refusal: Said["refusal"]["value"]; news: Note; here: Note }>): void {
    batch(() => {
      this.refusal.value = said.refusal ?? null;
      this.news.value = said.news ?? null;
      this.here.value = said.here ?? null;
    });
  }
}

const noteOf = (news: News): Note => ({ ...news, at: Date.now() });

const focusPart = (part: string): void => document.querySelector<HTMLElement>(`[data-part="${part}"]`)?.focus();
