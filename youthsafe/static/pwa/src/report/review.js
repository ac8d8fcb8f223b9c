/** All questions with what was answered, each with a way back to it. */
import { controlsOf } from './fields.js';
import { all, choose, copy, one, write } from './page.js';

/** @import { Draft } from './draft.js' */

/**
 * @param {HTMLElement} root
 * @param {(step: string) => void} change
 */
export function fillReview(root, change) {
  const rows = all(root, '[data-asks]').flatMap((section) => questionsIn(section).map((question) => ({ section, question })));
  one(root, '[data-answers]').replaceChildren(...rows.map(({ section, question }) => {
    const row = copy(root, '[data-answer]');
    write(row, '[data-asked]', one(question, '[data-question]').textContent?.trim() ?? '');
    const said = wordsOf(question);
    if (said) write(row, '[data-said]', said);
    else one(row, '[data-said]').replaceChildren(copy(root, '[data-unanswered]'));
    one(row, '[data-change]').addEventListener('click', () => change(section.dataset.step ?? ''));
    return row;
  }));
}

/**
 * The groups and text boxes of a step that can be seen there.
 * @param {HTMLElement} section
 */
function questionsIn(section) {
  return all(section, '[data-group], [data-words]').filter((question) => {
    const inner = question.closest('[hidden]');
    return inner === null || inner === section;
  });
}

/** @param {HTMLElement} question */
function wordsOf(question) {
  return controlsOf(question).map((control) => {
    if (control instanceof HTMLTextAreaElement) return control.value.trim() && control.value;
    return control.checked ? labelOf(control) : '';
  }).filter(Boolean).join(' · ');
}

/** @param {HTMLElement} control */
function labelOf(control) {
  return one(/** @type {HTMLElement} */ (control.closest('label')), '[data-label]').textContent ?? '';
}

/**
 * Say where Send was pressed that there is nothing to send, and offer to write something.
 * @param {HTMLElement} root
 * @param {Draft} draft
 */
export function tellEmpty(root, draft) {
  const empty = draft.answers().length === 0;
  choose(root, ['empty'], empty ? 'empty' : null);
  if (empty) one(root, '[data-when="empty"] button').focus();
}
