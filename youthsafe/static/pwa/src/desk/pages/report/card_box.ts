/** What is typed for a report's card: kept sealed as it is typed, and saved as one entry by one press. */
import { batch, signal } from "@preact/signals";
import { STANDING, type StandingName } from "../../../crypto/card_fields.ts";
import { LONGEST_TEXT } from "../../../crypto/content.ts";
import { parseJson } from "../../../lib/parse/json.ts";
import { isNumber, isText, recordOf, shape } from "../../guards.ts";
import {
  type CardWritten,
  type OpenedCard,
  type Said,
  type State,
  saysSame,
  type TypedEntry,
  withLink,
} from "../../reports/card_state.ts";
import { cardDraft, united } from "../../reports/drafts_shelf.ts";
import { areTooMany } from "../../reports/same_names.ts";
import type { Desk } from "../../session/desk.ts";
import { Newest } from "../../session/newest.ts";
import { isUnsure, kindOf, type TroubleError, type TroubleKind } from "../../trouble.ts";
import type { AfterDrawing } from "../../ui/after_drawing.ts";

export type CardOutcome = CardWritten["outcome"] | "saving";

/** Where something is typed for the card. */
export type CardPlace = "card" | "closing" | "answer" | "handing";

/** Where it is said what is wrong with what was typed there. */
const FIELDS: Record<CardPlace, string> = {
  card: "#card-note",
  closing: "#closing-note",
  answer: "#answer-wait",
  handing: "#handing-note",
};

/** What is wrong with what was typed; a number is how many characters are too many. */
export type CardFault = "empty" | "day" | "named" | number | TroubleKind;

type Typed = Omit<TypedEntry, "id">;

const isTyped = shape<{ seen: number; note: string; changes: Record<string, string> }>({
  seen: isNumber,
  note: isText,
  changes: recordOf(isText),
});

export interface CardBoxOptions {
  desk: Desk;
  id: string;
  afterDrawing: AfterDrawing;
}

export class CardBox {
  readonly card = signal<OpenedCard | null>(null);
  readonly note = signal("");
  /** What was typed and differs from how the card stands. */
  readonly changes = signal<State>({});
  readonly outcome = signal<CardOutcome | null>(null);
  readonly fault = signal<CardFault | null>(null);
  /** Why the card is not shown as it is now. */
  readonly trouble = signal<TroubleError | null>(null);
  readonly busy = signal(false);
  /** Where the hand was at the last press. */
  readonly place = signal<CardPlace>("card");
  /** Whether this browser could not keep what the outcome is counted from. */
  readonly uncounted = signal(false);
  readonly #options: CardBoxOptions;
  readonly #newest = new Newest();
  /** The newest entry that the person was shown when they typed last. */
  #seen: number;

  constructor(options: CardBoxOptions) {
    const { desk, id } = options;
    this.#options = options;
    const { seen, note, changes } = readDraft(desk.drafts.of(cardDraft(id)));
    this.#seen = seen;
    this.note.value = note;
    this.changes.value = changes;
  }

  /** What stands in a field: what was typed, or else how the card stands. */
  value(name: StandingName): string {
    return this.changes.value[name] ?? this.card.value?.state[name] ?? "";
  }

  /** How many characters may still be typed. */
  get left(): number {
    return LONGEST_TEXT - this.note.value.length;
  }

  /** Look again unless all of it is shown. `count`: how many entries the server has. */
  async refresh(count: number): Promise<void> {
    if (this.card.value?.count === count) return;
    const { desk, id } = this.#options;
    try {
      await this.#newest.ask(
        () => desk.keyWorker.card(id),
        (card) => this.#take(card),
      );
    } catch (error) {
      this.trouble.value = desk.troubleOf(error);
    }
  }

  #take(card: OpenedCard): void {
    const { desk } = this.#options;
    if (!desk.session) return;
    batch(() => {
      this.card.value = card;
      this.trouble.value = null;
      if (card.entries.some((entry) => entry.number > this.#seen && saysSame(entry, this.#typed))) this.#clear();
    });
  }

  get #typed(): Typed {
    return { seen: this.#seen, note: this.note.value, changes: this.changes.value };
  }

  /** Whether nothing was typed that is not saved. */
  get isEmpty(): boolean {
    return !this.note.value.trim() && Object.keys(this.changes.value).length === 0;
  }

  write(note: string): void {
    this.note.value = note;
    this.#keep();
  }

  set(name: StandingName, text: string): void {
    const { [name]: _, ...others } = this.changes.value;
    const stands = this.card.value?.state[name] ?? "";
    this.changes.value = text === stands ? others : { ...others, [name]: text };
    this.#keep();
  }

  /** Somebody typed: they know what stands there now. */
  #keep(): void {
    const { desk, id } = this.#options;
    this.#seen = this.card.value?.seen ?? this.#seen;
    desk.drafts.keep(cardDraft(id), this.isEmpty ? "" : JSON.stringify(this.#typed));
    batch(() => {
      this.outcome.value = null;
      this.fault.value = null;
    });
  }

  /** Save what was typed as one entry; whether it is on the card. */
  async save(place: CardPlace = "card"): Promise<boolean> {
    this.place.value = place;
    const fault = this.#wrong();
    if (fault === null) return this.#write(this.#typed);
    if (!this.busy.value) this.#complain(fault);
    return false;
  }

  /** Write that another report is the same thing, or not any more; whether it stands so. */
  async link(id: string, linked: boolean): Promise<boolean> {
    const { state = {} } = this.card.value ?? {};
    const links = withLink(state, id, linked);
    if (links === (state.links ?? "")) return true;
    return this.#writeOnly({ changes: { links } });
  }

  /** Write that what was handed over is taken; what was typed stays. */
  take(): Promise<boolean> {
    return this.#writeOnly({ changes: { handed: "" } });
  }

  /** Write that this member signs an entry as the second person; what was typed stays. */
  sign(number: number): Promise<boolean> {
    return this.#writeOnly({ signs: number });
  }

  /** Write what a press says, after what stands on the page; what was typed stays. */
  #writeOnly(said: Partial<Said>): Promise<boolean> {
    this.place.value = "card";
    return this.#write({ seen: this.card.value?.seen ?? 0, note: "", changes: {}, ...said });
  }

  #wrong(): CardFault | null {
    if (this.isEmpty) return "empty";
    if ((this.value("step") === "") !== (this.value("day") === "")) return "day";
    if (areTooMany(this.value("named"))) return "named";
    return this.left < 0 ? -this.left : null;
  }

  async #write(said: Typed): Promise<boolean> {
    if (this.busy.value || !this.#options.desk.session) return false;
    this.busy.value = true;
    this.outcome.value = "saving";
    const saved = await this.#deliver(said).catch((error: unknown) => this.#failed(error));
    this.busy.value = false;
    return saved;
  }

  async #deliver(said: Typed): Promise<boolean> {
    const { desk, id } = this.#options;
    const { outcome, card, counted } = await desk.keyWorker.writeOnCard({ id, ...said });
    if (!desk.session) return false;
    batch(() => {
      this.card.value = card;
      this.#seen = card.seen;
      if (outcome === "saved") this.#settle(said);
      this.outcome.value = outcome;
      this.uncounted.value = !counted;
    });
    return outcome === "saved";
  }

  /** Take away what was saved, and leave what somebody went on typing. */
  #settle({ note, changes }: Typed): void {
    if (this.note.value === note) this.note.value = "";
    const left: State = {};
    for (const name of STANDING) {
      const text = this.changes.value[name];
      if (text !== undefined && text !== changes[name]) left[name] = text;
    }
    this.changes.value = left;
    if (this.isEmpty) this.#clear();
    else this.#keep();
  }

  #clear(): void {
    const { desk, id } = this.#options;
    this.note.value = "";
    this.changes.value = {};
    desk.drafts.discard(cardDraft(id));
  }

  /** It is not known to be on the card. */
  #failed(error: unknown): false {
    this.outcome.value = null;
    const trouble = this.#options.desk.troubleOf(error);
    if (trouble) this.#complain(isUnsure(trouble.kind) ? "unsure" : kindOf(trouble));
    return false;
  }

  #complain(fault: CardFault): void {
    this.fault.value = fault;
    const field = fault === "day" || fault === "named" ? `#card-${fault}` : FIELDS[this.place.value];
    this.#options.afterDrawing.add(() => document.querySelector<HTMLElement>(field)?.focus());
  }
}

/** Drafts of two tabs stand one below the other. */
function readDraft(text: string): Typed {
  const drafts = text.split("\n\n").flatMap((each) => {
    const found = each ? parseJson(each) : null;
    return isTyped(found) ? [found] : [];
  });
  const changes: State = {};
  for (const said of drafts)
    for (const name of STANDING) if (said.changes[name] !== undefined) changes[name] = said.changes[name];
  const seen = Math.min(...drafts.map((each) => each.seen));
  return { seen: drafts.length > 0 ? seen : 0, note: united(drafts.map(({ note }) => note)), changes };
}
