/** What the questions do while they are answered: counting letters, the notices that belong to an answer, skip and clear. */
import { answered, chosen, clear, excess } from './draft.js';
import { figure } from './dates.js';
import { all, one, write } from './page.js';
import { watchRisk } from './risk.js';

/** @import { Draft } from './draft.js' */

/** @param {ParentNode} root */
export function controlsOf(root) {
  return /** @type {(HTMLInputElement | HTMLTextAreaElement)[]} */ (all(root, '[data-field]'));
}

/** @param {HTMLTextAreaElement} box  show how long its text is, and by how much too long */
export function count(box) {
  const field = /** @type {HTMLElement} */ (box.closest('[data-words]'));
  const over = excess(box);
  write(field, '[data-used]', figure(box.value.length));
  write(field, '[data-most]', figure(Number(box.dataset.limit)));
  write(field, '[data-over]', figure(over));
  one(field, '[data-too-long]').hidden = over === 0;
  box.setAttribute('aria-invalid', String(over > 0));
}

/**
 * @param {HTMLElement} root
 * @param {Draft} draft
 */
function refresh(root, draft) {
  for (const notice of all(root, '[data-if]')) {
    const [field, code] = (notice.dataset.if ?? '').split(':');
    const opens = draft.answer(field).split(' ').includes(code);
    if (opens !== notice.hidden) continue;
    notice.hidden = !opens;
    if (opens) notice.closest('li')?.scrollIntoView({ block: 'nearest' });
  }
  for (const section of all(root, '[data-asks]')) {
    const controls = controlsOf(section);
    one(section, '[data-clear]').hidden = !chosen(controls);
    one(section, '[data-skip]').hidden = answered(controls);
  }
}

/**
 * Count, show and hide as answers change.
 * @param {HTMLElement} root
 * @param {Draft} draft
 * @param {() => void} changed
 * @returns {() => void} call it after the answers were changed by anything but the reader
 */
export function watch(root, draft, changed) {
  const boxes = all(root, 'textarea[data-limit]');
  const risk = watchRisk(root);
  const everything = () => {
    boxes.forEach((box) => count(/** @type {HTMLTextAreaElement} */ (box)));
    risk();
    refresh(root, draft);
    changed();
  };
  root.addEventListener('input', ({ target }) => {
    if (target instanceof HTMLTextAreaElement && target.dataset.limit) count(target);
    risk();
    refresh(root, draft);
    changed();
  });
  for (const button of all(root, '[data-clear]')) {
    button.addEventListener('click', () => {
      const section = /** @type {HTMLElement} */ (button.closest('[data-step]'));
      clear(controlsOf(section).filter((control) => control.type !== 'textarea'));
      everything();
      one(section, 'h1').focus();
    });
  }
  everything();
  return everything;
}
