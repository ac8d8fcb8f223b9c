/**
 * What has been chosen and typed: it lives in the page's own controls until it is sealed or wiped; `kept.js` keeps a locked copy.
 *
 * @typedef {{dataset: {field?: string, limit?: string}, type: string, value: string, checked?: boolean}} Control
 * @typedef {{field: number, text: string}} Answer  field and text of docs/envelope.md 3.1
 */

/** @param {Control} control */
const isChoice = (control) => control.type === 'checkbox' || control.type === 'radio';

/** @param {Control} control */
const isEmpty = (control) => (isChoice(control) ? !control.checked : control.value.trim() === '');

export class Draft {
  /** @param {Iterable<Control>} controls  in the order of the questions and, within one, of its codes */
  constructor(controls) {
    this.controls = [...controls];
  }

  /** @param {string} field */
  of(field) {
    return this.controls.filter((control) => control.dataset.field === field);
  }

  /**
   * A field's answer: its codes with a space between, or its words exactly as typed; empty when it was skipped.
   * @param {string} field
   */
  answer(field) {
    return this.of(field).filter((control) => !isEmpty(control)).map((control) => control.value).join(' ');
  }

  /**
   * Everything that was answered, by field number. `team` and `reply` are about the sending and are not part of it.
   * @returns {Answer[]}
   */
  answers() {
    const fields = new Set(this.controls.map((control) => Number(control.dataset.field)).filter(Number.isInteger));
    return [...fields].sort((a, b) => a - b)
      .map((field) => ({ field, text: this.answer(String(field)) }))
      .filter(({ text }) => text !== '');
  }

  get empty() {
    return this.controls.every(isEmpty);
  }

  /** Without an answer to the last question there is a code: nobody has to use it. */
  get wantsReply() {
    return this.answer('reply') !== 'no';
  }

  get aboutAnAdult() {
    return this.answer('2').split(' ').includes('adult');
  }

  get smallerTeam() {
    return this.aboutAnAdult && this.answer('team') === 'smaller';
  }

  /**
   * All of it, for this page in any language: codes are the same in each, words stay as they were typed.
   * @returns {string[][]} field and value
   */
  entries() {
    return this.controls.filter((control) => !isEmpty(control)).map(({ dataset, value }) => [dataset.field ?? '', value]);
  }

  /** @param {readonly string[][]} entries  put back what `entries` gave */
  take(entries) {
    for (const control of this.controls) {
      const values = entries.filter(([field]) => field === control.dataset.field).map(([, value]) => value);
      if (isChoice(control)) control.checked = values.includes(control.value);
      else control.value = values[0] ?? '';
    }
  }

  /** @returns {Control | undefined} the first text that is longer than it may be */
  tooLong() {
    return this.controls.find((control) => excess(control) > 0);
  }

  wipe() {
    clear(this.controls);
  }
}

/**
 * By how many UTF-16 code units a text is too long.
 * @param {Control} control
 */
export function excess(control) {
  return control.dataset.limit ? Math.max(0, control.value.length - Number(control.dataset.limit)) : 0;
}

/** @param {Iterable<Control>} controls */
export function clear(controls) {
  for (const control of controls) {
    if (isChoice(control)) control.checked = false;
    else control.value = '';
  }
}

/** @param {Iterable<Control>} controls */
export function answered(controls) {
  return [...controls].some((control) => !isEmpty(control));
}

/** @param {Iterable<Control>} controls */
export function chosen(controls) {
  return [...controls].some((control) => isChoice(control) && control.checked);
}
