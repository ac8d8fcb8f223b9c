/**
 * One question a screen, and one history entry a screen: all of one address and one title, so that a list of visited
 * pages tells nothing about how far somebody came. An entry knows its step and how many of this page lie below it.
 */
import { all, one } from "../lib/dom.ts";

/** The step that a history entry stands for: never one that has not been reached. */
export function stepOf(state: { step?: number } | null, furthest: number) {
  return Math.min(state?.step ?? 0, furthest);
}

export class Steps {
  sections: HTMLElement[];
  names: string[];
  arrived: (name: string) => void;
  index = 0;
  furthest = 0;
  held: string | null = null;

  constructor(root: HTMLElement, arrived: (name: string) => void) {
    this.sections = all(root, "[data-step]");
    this.names = this.sections.map((section) => section.dataset.step ?? "");
    this.arrived = arrived;
  }

  get name() {
    return this.names[this.index] ?? "";
  }

  get section() {
    const section = this.sections[this.index];
    if (!section) throw new RangeError("no such step");
    return section;
  }

  /** How many entries of this page lie below this one. */
  get depth() {
    return history.state?.depth ?? 0;
  }

  /**
   * Begin at the first step; with a form that goes on, where this entry of the history stands or where its reader was.
   */
  start(last?: string) {
    const { state } = history;
    const review = this.names.indexOf("review");
    const index = last ? stepOf(state, review) || this.names.indexOf(last) : 0;
    history.scrollRestoration = "manual"; // each step begins at its heading
    addEventListener("popstate", () => this.follow());
    document.querySelector(".skip")?.addEventListener("click", (event) => {
      // its address would be an entry without a step
      event.preventDefault();
      one(document, "main").focus();
    });
    history.replaceState({ step: state ? index : 0, depth: this.depth }, "");
    if (index < 1) return;
    this.furthest = review;
    if (!state) this.climb(index);
    this.show(index);
  }

  /** Back or Forward was pressed. */
  follow() {
    const index = this.held === null ? stepOf(history.state, this.furthest) : this.names.indexOf(this.held);
    if (index !== this.index) this.show(index);
  }

  /** Put the core questions before a step, and the step, into the history, so that Back leads through them. */
  climb(index: number) {
    this.sections.forEach((section, each) => {
      const passed = each < index && section.dataset.extra === undefined;
      if (each > 0 && (passed || each === index)) this.push(each);
    });
  }

  push(index: number) {
    history.pushState({ step: index, depth: this.depth + 1 }, "");
  }

  go(name: string) {
    const index = this.names.indexOf(name);
    if (index === this.index) return;
    this.push(index);
    this.show(index);
  }

  next() {
    this.go(this.section.dataset.then ?? this.names[this.index + 1] ?? "");
  }

  back() {
    history.back();
  }

  /** Stay on one step, wherever Back and Forward lead. */
  hold(name: string) {
    this.go(name);
    this.held = name;
  }

  /** The last step: it takes the place of all others, so that Back leaves this page. */
  end(name: string) {
    this.held = name;
    this.show(this.names.indexOf(name));
    if (this.depth) history.go(-this.depth);
  }

  /** Back to the first step, as if nothing had been answered. */
  home() {
    this.furthest = 0;
    if (this.depth) history.go(-this.depth);
    else this.show(0);
  }

  release(name: string) {
    const index = this.names.indexOf(name);
    this.held = null;
    if (index === this.index) return;
    this.climb(index);
    this.show(index);
  }

  /** Another page in the place of this one and all its steps. */
  replace(address: string) {
    this.held = this.name;
    const follow = () => location.replace(address);
    if (!this.depth) return follow();
    addEventListener("popstate", follow, { once: true });
    history.go(-this.depth);
  }

  show(index: number) {
    this.index = index;
    this.furthest = Math.max(this.furthest, index);
    this.sections.forEach((section, i) => {
      section.hidden = i !== index;
    });
    this.arrived(this.name);
    scrollTo(0, 0);
    one(this.section, "h1").focus({ preventScroll: true });
  }
}
