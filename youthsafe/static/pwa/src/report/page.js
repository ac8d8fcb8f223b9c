/** The few ways in which these pages touch their document. Every word shown stands in the template already. */

/**
 * The one element that a template promises; raises when it is not there.
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function one(root, selector) {
  const found = root.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`the page has no ${selector}`);
  return found;
}

/**
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
export function all(root, selector) {
  return /** @type {HTMLElement[]} */ ([...root.querySelectorAll(selector)]);
}

/**
 * A fresh copy of what a template element holds.
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {DocumentFragment}
 */
export function copy(root, selector) {
  const template = /** @type {HTMLTemplateElement} */ (one(root, selector));
  return /** @type {DocumentFragment} */ (document.importNode(template.content, true));
}

/**
 * Show, of several alternatives marked `data-when`, the current ones and hide the others.
 * @param {ParentNode} root
 * @param {readonly string[]} names  the alternatives
 * @param {...(string | null)} current
 */
export function choose(root, names, ...current) {
  for (const element of all(root, '[data-when]')) {
    const name = element.dataset.when ?? '';
    if (names.includes(name)) element.hidden = !current.includes(name);
  }
}

/**
 * @param {ParentNode} root
 * @param {string} selector
 * @param {string} text
 */
export function write(root, selector, text) {
  for (const element of all(root, selector)) element.textContent = text;
}

/**
 * Run on a click on anything that matches.
 * @param {ParentNode} root
 * @param {string} selector
 * @param {(element: HTMLElement) => void} action
 */
export function onClick(root, selector, action) {
  for (const element of all(root, selector)) element.addEventListener('click', () => action(element));
}
