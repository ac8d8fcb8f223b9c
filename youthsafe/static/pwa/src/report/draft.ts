/**
 * What has been chosen and typed: it lives in the page's own controls until it is sealed or wiped; `kept.ts` keeps a
 * locked copy.
 */
export type Control = {
  dataset: { field?: string; limit?: string };
  type: string;
  value: string;
  checked?: boolean;
  focus?(): void;
};
/** Field and text of docs/envelope.md 3.1. */
export type Answer = { field: number; text: string };

const isChoice = (control: Control) => control.type === "checkbox" || control.type === "radio";

const isEmpty = (control: Control) => (isChoice(control) ? !control.checked : control.value.trim() === "");

export class Draft {
  controls: Control[];

  /** In the order of the questions and, within one, of its codes. */
  constructor(controls: Iterable<Control>) {
    this.controls = [...controls];
  }

  of(field: string) {
    return this.controls.filter((control) => control.dataset.field === field);
  }

  /** A field's answer: its codes with a space between, or its words exactly as typed; empty when it was skipped. */
  answer(field: string) {
    return this.of(field)
      .filter((control) => !isEmpty(control))
      .map((control) => control.value)
      .join(" ");
  }

  /** Everything that was answered, by field number. `team` and `reply` are about the sending and are not part of it. */
  answers(): Answer[] {
    const fields = new Set(this.controls.map((control) => Number(control.dataset.field)).filter(Number.isInteger));
    return [...fields]
      .sort((a, b) => a - b)
      .map((field) => ({ field, text: this.answer(String(field)) }))
      .filter(({ text }) => text !== "");
  }

  get empty() {
    return this.controls.every(isEmpty);
  }

  /** Without an answer to the last question there is a code: nobody has to use it. */
  get wantsReply() {
    return this.answer("reply") !== "no";
  }

  /** An adult who works with children: a smaller team may read it. */
  get aboutAnAdult() {
    return this.answer("11").split(" ").includes("trust");
  }

  get smallerTeam() {
    return this.aboutAnAdult && this.answer("team") === "smaller";
  }

  /**
   * All of it, for this page in any language: codes are the same in each, words stay as they were typed. Each is
   * field and value.
   */
  entries(): string[][] {
    return this.controls
      .filter((control) => !isEmpty(control))
      .map(({ dataset, value }) => [dataset.field ?? "", value]);
  }

  /** Put back what `entries` gave. */
  take(entries: readonly string[][]) {
    for (const control of this.controls) {
      const values = entries.filter(([field]) => field === control.dataset.field).map(([, value]) => value);
      if (isChoice(control)) control.checked = values.includes(control.value);
      else control.value = values[0] ?? "";
    }
  }

  /** The first text that is longer than it may be. */
  tooLong(): Control | undefined {
    return this.controls.find((control) => excess(control) > 0);
  }

  wipe() {
    clear(this.controls);
  }
}

/** By how many UTF-16 code units a text is too long. */
export function excess(control: Control) {
  return control.dataset.limit ? Math.max(0, control.value.length - Number(control.dataset.limit)) : 0;
}

export function clear(controls: Iterable<Control>) {
  for (const control of controls) {
    if (isChoice(control)) control.checked = false;
    else control.value = "";
  }
}

export function answered(controls: Iterable<Control>) {
  return [...controls].some((control) => !isEmpty(control));
}

export function chosen(controls: Iterable<Control>) {
  return [...controls].some((control) => isChoice(control) && control.checked);
}
