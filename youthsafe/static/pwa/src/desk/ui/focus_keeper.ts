/**
 * Where the focus goes by itself, on every page of the desk: to the first field that is wrong in a form that was sent, and to the
 * heading above it when what had it is gone. Without this a keyboard or a screen reader begins at the top of the page again.
 */

const HEADINGS = "h1, h2, h3";
const WRONG = '[aria-invalid="true"]';

const isShown = (element: Element): boolean => element.isConnected && element.closest("[hidden]") === null;

/** A heading inside a row is above what stands in that row only. */
function isAbove(heading: Element, element: Element): boolean {
  const isBefore = (heading.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  return isBefore && (heading.closest("li")?.contains(element) ?? true);
}

export class FocusKeeper {
  readonly #root: HTMLElement;
  #focused: Element | null = null;
  /** Above what has the focus, the nearest first. */
  #headings: HTMLElement[] = [];
  /** Sent, and nothing else has had the focus since. */
  #sent: HTMLFormElement | null = null;

  constructor(root: HTMLElement) {
    this.#root = root;
    root.addEventListener("focusin", ({ target }) => target instanceof Element && this.#remember(target));
    root.addEventListener("submit", ({ target }) => target instanceof HTMLFormElement && this.#send(target));
    const changes = { subtree: true, childList: true, attributeFilter: ["aria-invalid", "hidden"] };
    new MutationObserver(() => this.#look()).observe(root, changes);
  }

  #remember(focused: Element): void {
    this.#sent = null;
    this.#focused = focused;
    const headings = [...this.#root.querySelectorAll<HTMLElement>(HEADINGS)];
    this.#headings = headings.filter((heading) => isAbove(heading, focused)).reverse();
  }

  /** What is wrong a second time in the same words changes nothing on the page, so it is looked for without a change too. */
  #send(form: HTMLFormElement): void {
    this.#sent = form;
    setTimeout(() => this.#look());
  }

  #look(): void {
    const wrong = this.#sent?.querySelector<HTMLElement>(WRONG);
    if (wrong && isShown(wrong)) {
      this.#sent = null;
      wrong.focus();
    } else if (this.#isLost()) {
      this.#goTo(this.#headings.find(isShown));
    }
  }

  #isLost(): boolean {
    const { activeElement } = document;
    const nowhere = activeElement === null || activeElement === document.body || !isShown(activeElement);
    return nowhere && this.#focused !== null && !isShown(this.#focused);
  }

  #goTo(heading: HTMLElement | undefined): void {
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus();
  }
}
