/**
 * A page to refer a case on: made, printed and copied in this browser alone. What is typed into it is kept like every draft, sealed to the member,
 * until somebody puts the page away.
 */
import { signal } from "@preact/signals";
import { parseJson } from "../../../lib/parse/json.ts";
import { isText, recordOf, shape } from "../../guards.ts";
import { referralDraft, united } from "../../reports/drafts_shelf.ts";
import type { Desk } from "../../session/desk.ts";
import type { TroubleError } from "../../trouble.ts";
import { isReferralForms, type ReferralForm } from "./referral_forms.ts";

/** By label of a row. */
export type Typed = Record<string, string>;

const isKept = shape<{ to: string; typed: Typed }>({ to: isText, typed: recordOf(isText) });

/** What two tabs typed under one label stands there below each other. */
function readDraft(text: string): { to: string; typed: Typed } {
  const drafts = text.split("\n\n").flatMap((each) => {
    const found = each ? parseJson(each) : null;
    return isKept(found) ? [found] : [];
  });
  const labels = new Set(drafts.flatMap(({ typed }) => Object.keys(typed)));
  const typed = [...labels].map((label) => [label, united(drafts.map((each) => each.typed[label] ?? ""))] as const);
  return { to: drafts.at(-1)?.to ?? "", typed: Object.fromEntries(typed) };
}

export class Referring {
  /** Null before they were asked for. */
  readonly forms = signal<readonly ReferralForm[] | null>(null);
  /** The language in which the pages are written. */
  readonly language = signal("en");
  readonly form = signal<ReferralForm | null>(null);
  readonly typed = signal<Typed>({});
  readonly trouble = signal<TroubleError | null>(null);
  /** Whether the text was put where it can be pasted; null before somebody asked. */
  readonly copied = signal<boolean | null>(null);
  /** What was put away last, as it was kept; empty for nothing. */
  readonly away = signal("");
  readonly #desk: Desk;
  readonly #id: string;

  constructor(desk: Desk, id: string) {
    [this.#desk, this.#id] = [desk, id];
  }

  /** A page that was begun stands there again. */
  resume(): void {
    if (this.#draft && this.forms.value === null) void this.begin();
  }

  get #draft(): string {
    return this.#desk.drafts.of(referralDraft(this.#id));
  }

  async begin(): Promise<void> {
    try {
      const { forms, language } = await this.#desk.get("/referral-forms", isReferralForms);
      [this.forms.value, this.language.value, this.trouble.value] = [forms, language, null];
      const { to, typed } = readDraft(this.#draft);
      this.typed.value = typed;
      this.form.value = forms.find((form) => form.to === to) ?? null;
    } catch (error) {
      this.trouble.value = this.#desk.troubleOf(error);
    }
  }

  /** What was typed under a label goes with it to another page. */
  choose(to: string): void {
    this.form.value = this.forms.value?.find((form) => form.to === to) ?? null;
    this.#keep();
  }

  type(label: string, text: string): void {
    this.typed.value = { ...this.typed.value, [label]: text };
    this.#keep();
  }

  #keep(): void {
    this.copied.value = null;
    const [to, typed] = [this.form.value?.to ?? "", this.typed.value];
    this.#desk.drafts.keep(referralDraft(this.#id), to ? JSON.stringify({ to, typed }) : "");
  }

  async copy(text: string): Promise<void> {
    this.copied.value = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }

  putAway(): void {
    this.away.value = this.#draft;
    this.#desk.drafts.discard(referralDraft(this.#id));
    [this.form.value, this.forms.value, this.copied.value] = [null, null, null];
    this.typed.value = {};
  }

  /** The same page with what was typed into it; as long as the report stands on the screen. */
  bringBack(): void {
    this.#desk.drafts.keep(referralDraft(this.#id), this.away.value);
    this.away.value = "";
    void this.begin();
  }
}
