/** The few ways in which pages touch their document. Every word shown stands in the template already. */

type Kind<T extends Element> = new () => T;

/** The one element that a template promises; raises when it is not there. */
export function one(root: ParentNode, selector: string): HTMLElement;
export function one<T extends Element>(root: ParentNode, selector: string, kind: Kind<T>): T;
export function one(root: ParentNode, selector: string, kind: Kind<Element> = HTMLElement) {
  const found = root.querySelector(selector);
  if (!(found instanceof kind)) throw new Error(`the page has no ${selector}`);
  return found;
}

export function all(root: ParentNode, selector: string) {
  return [...root.querySelectorAll<HTMLElement>(selector)];
}

/** The nearest that matches, from what an event hit outwards. */
export function around(target: EventTarget | null, selector: string): HTMLElement | null;
export function around<T extends Element>(target: EventTarget | null, selector: string, kind: Kind<T>): T | null;
export function around(target: EventTarget | null, selector: string, kind: Kind<Element> = HTMLElement) {
  const found = target instanceof Element && target.closest(selector);
  return found instanceof kind ? found : null;
}

/** A fresh copy of what a template element holds. */
export function copy(root: ParentNode, selector: string) {
  return document.importNode(one(root, selector, HTMLTemplateElement).content, true);
}

/** Show, of several alternatives marked `data-when`, the current ones and hide the others. */
export function choose(root: ParentNode, names: readonly string[], ...current: (string | null)[]) {
  for (const element of all(root, "[data-when]")) {
    const name = element.dataset.when ?? "";
    if (names.includes(name)) element.hidden = !current.includes(name);
  }
}

export function write(root: ParentNode, selector: string, text: string) {
  for (const element of all(root, selector)) element.textContent = text;
}

/** Run on a click on anything that matches. */
export function onClick(root: ParentNode, selector: string, action: (element: HTMLElement) => void) {
  for (const element of all(root, selector)) element.addEventListener("click", () => action(element));
}
