/** Words and elements come from the page's <template>s; this module only clones them and fills their places with text. */

/**
 * A fresh copy of a template's one element.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function clone(id) {
  return /** @type {HTMLElement} */ (cloneAll(id).firstElementChild);
}

/**
 * A fresh copy of everything in a template.
 * @param {string} id
 */
export function cloneAll(id) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById(id));
  return /** @type {DocumentFragment} */ (document.importNode(template.content, true));
}

/**
 * The element that a template calls by this name.
 * @param {ParentNode} root
 * @param {string} name
 * @returns {HTMLElement}
 */
export function part(root, name) {
  return find(root, `[data-part="${name}"]`);
}

/**
 * The element that a selector names; it must be there.
 * @template {HTMLElement} T
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {T}
 */
export function find(root, selector) {
  const element = root.querySelector(selector);
  if (!element) throw new Error(`the page has no ${selector}`);
  return /** @type {T} */ (element);
}

/**
 * A sentence of triage/phrases.html in a <span>, its places filled.
 * @param {string} name
 * @param {Record<string, string>} [slots]
 */
export function phrase(name, slots = {}) {
  const phrases = /** @type {HTMLTemplateElement} */ (document.getElementById('phrases'));
  const known = phrases.content.querySelector(`[data-phrase="${name}"]`);
  if (!known) throw new Error(`no phrase ${name}`);
  const span = /** @type {HTMLElement} */ (document.importNode(known, true));
  span.removeAttribute('data-phrase');
  fill(span, slots);
  return span;
}

/**
 * Put texts into the places of an element.
 * @param {ParentNode} root
 * @param {Record<string, string>} slots
 */
export function fill(root, slots) {
  for (const [name, text] of Object.entries(slots)) find(root, `[data-slot="${name}"]`).textContent = text;
}

/**
 * Show an element with this content, or hide it when there is none.
 * @param {HTMLElement} element
 * @param {Node | null} content
 */
export function show(element, content) {
  element.replaceChildren(...(content ? [content] : []));
  element.hidden = content === null;
}
