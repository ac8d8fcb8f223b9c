/** The few ways in which these pages touch their document. Every word shown stands in the template already. */

/** The one element that a template promises; raises when it is not there. */
export function one(root: ParentNode, selector: string): HTMLElement {
  const found = root.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`the page has no ${selector}`);
  return found;
}

export function all(root: ParentNode, selector: string): HTMLElement[] {
  return [...root.querySelectorAll(selector)] as HTMLElement[];
}

/** A fresh copy of what a template element holds. */
export function copy(root: ParentNode, selector: string): DocumentFragment {
  const template = one(root, selector) as HTMLTemplateElement;
  return document.importNode(template.content, true) as DocumentFragment;
}

/**
 * Show, of several alternatives marked `data-when`, the current ones and hide the others. `names`: the alternatives.
 */
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
