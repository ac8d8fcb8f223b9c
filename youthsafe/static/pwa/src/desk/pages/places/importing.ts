/**
 * Importing a file: it is read on this device and sent as text, in pieces; the server says what it would change, and saves exactly that
 * when somebody says so.
 */
import { signal } from "@preact/signals";
import type { Desk } from "../../session/desk.ts";
import { kindOf, type TroubleError } from "../../trouble.ts";
import { type Difference, isDifference, isImported, isKept } from "../../wire.ts";

/** Letters in one request; the server takes no more. */
export const PIECE = 8_000;
const MOST_LETTERS = 500 * PIECE;

/** `done` and `of` count requests. */
export type Stage =
  | { kind: "idle" }
  | { kind: "sending"; done: number; of: number }
  | { kind: "comparing" }
  | { kind: "shown"; difference: Difference }
  | { kind: "saving"; difference: Difference }
  | { kind: "saved"; new: number; changed: number };

export type ImportTrouble = TroubleError | "empty" | "large" | "encoding" | "changed";

/** The text in pieces of which none ends between the two halves of a letter. */
export function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; ) {
    const end = at + PIECE;
    const cut = /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end - 1 : end;
    pieces.push(text.slice(at, cut));
    at = cut;
  }
  return pieces;
}

export class FileImport {
  readonly stage = signal<Stage>({ kind: "idle" });
  readonly trouble = signal<ImportTrouble | null>(null);
  readonly #desk: Desk;
  #id = "";
  #running = 0;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Read a file and show what it would change; another file takes its place at once. */
  async choose(file: File): Promise<void> {
    this.#running += 1;
    const mine = this.#running;
    this.trouble.value = null;
    this.stage.value = { kind: "idle" };
    const text = await textOf(file);
    if (mine !== this.#running) return;
    if (text === null || text.trim() === "" || text.length > MOST_LETTERS) {
      this.trouble.value = text === null ? "encoding" : text.trim() === "" ? "empty" : "large";
      return;
    }
    await this.#attempt(mine, async () => {
      const format = /\.(?:geo)?json$/i.test(file.name) ? "geojson" : "csv";
      const { id } = await this.#desk.postFor("/havens/imports", isKept, { format });
      const pieces = piecesOf(text);
      for (const [number, piece] of pieces.entries()) {
        if (mine !== this.#running) return;
        this.stage.value = { kind: "sending", done: number, of: pieces.length };
        await this.#desk.post(`/havens/imports/${id}/text`, { number, text: piece });
      }
      this.#id = id;
      await this.#compare(mine);
    });
  }

  /** Save what is shown, and nothing else. */
  async save(): Promise<void> {
    const { value } = this.stage;
    if (value.kind !== "shown" || value.difference.digest === null) return;
    const mine = this.#running;
    this.trouble.value = null;
    this.stage.value = { kind: "saving", difference: value.difference };
    try {
      const { digest } = value.difference;
      const saved = await this.#desk.postFor(`/havens/imports/${this.#id}/apply`, isImported, { digest });
      this.stage.value = { kind: "saved", ...saved };
    } catch (error) {
      if (kindOf(error) !== "conflict") {
        this.stage.value = value;
        this.trouble.value = this.#desk.troubleOf(error);
        return;
      }
      await this.#attempt(mine, () => this.#compare(mine));
      this.trouble.value ??= "changed";
    }
  }

  async #compare(mine: number): Promise<void> {
    this.stage.value = { kind: "comparing" };
    const difference = await this.#desk.postFor(`/havens/imports/${this.#id}/difference`, isDifference);
    if (mine === this.#running) this.stage.value = { kind: "shown", difference };
  }

  async #attempt(mine: number, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (mine !== this.#running) return;
      this.stage.value = { kind: "idle" };
      this.trouble.value = this.#desk.troubleOf(error);
    }
  }
}

/** Null for a file that is not UTF-8. */
async function textOf(file: File): Promise<string | null> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
