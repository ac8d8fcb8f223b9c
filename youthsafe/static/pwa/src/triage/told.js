/**
 * What a reporter told: codes in the caseworker's language, texts as they were typed.
 *
 * @import { OpenedReport } from './opening.js'
 */
import { cloneAll, find, part } from './templates.js';

/**
 * One <dt> and <dd> for each answer.
 * @param {OpenedReport} report
 */
export function told(report) {
  const words = cloneAll('answer-words');
  return report.answers.flatMap(({ field, codes, text }) => {
    const pair = cloneAll('report-answer');
    part(pair, 'question').textContent = find(words, `[data-question="${field}"]`).textContent;
    const value = part(pair, 'value');
    if (codes) value.textContent = listed(codes.map((code) => words.querySelector(`[data-code="${CSS.escape(`${field}:${code}`)}"]`)?.textContent ?? code));
    else typed(value, text, report.locale);
    return [...pair.children];
  });
}

/** @param {string[]} items */
function listed(items) {
  return new Intl.ListFormat(document.documentElement.lang, { type: 'unit' }).format(items);
}

/**
 * Text that a person typed, in its own language and direction.
 * @param {HTMLElement} element
 * @param {string} text
 * @param {string} locale
 */
export function typed(element, text, locale) {
  element.dir = 'auto';
  element.lang = locale;
  element.textContent = text;
}
