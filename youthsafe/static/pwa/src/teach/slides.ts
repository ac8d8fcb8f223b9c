/**
 * Which slide is shown, and to whom: `#slide-3` is for the class, `#notes-3` the same with its notes for the teacher's
 * own screen. The address says it, so Back, Forward, a reload and a bookmark all work.
 */
export type Mode = "slide" | "notes";

/** The slide that an address names, counted from 1; null when the lesson is read as one page. */
export function slideOf(hash: string, last: number): { mode: Mode; number: number } | null {
  const match = /^#(slide|notes)-([0-9]{1,3})$/.exec(hash);
  return match
    ? { mode: match[1] === "notes" ? "notes" : "slide", number: Math.min(Math.max(1, Number(match[2])), last) }
    : null;
}

export class Slides {
  last: number;
  arrived: (number: number | null) => void;
  number: number | null = null;
  mode: Mode = "slide";

  /** `last`: how many there are. */
  constructor(last: number, arrived: (number: number | null) => void) {
    this.last = last;
    this.arrived = arrived;
  }

  start() {
    addEventListener("popstate", () => this.follow());
    this.follow();
  }

  /** Go where the address says. */
  follow() {
    const { mode, number } = slideOf(location.hash, this.last) ?? { mode: this.mode, number: null };
    const same = number === this.number && mode === this.mode;
    this.mode = mode;
    if (!same) this.#show(number);
  }

  /** `number`: one before the first or after the last stays where it is. */
  go(number: number) {
    if (number === this.number || number < 1 || number > this.last) return;
    history.pushState(null, "", `#${this.mode}-${number}`);
    this.#show(number);
  }

  /** Back to the lesson as one page. */
  end() {
    history.pushState(null, "", location.pathname + location.search);
    this.#show(null);
  }

  #show(number: number | null) {
    this.number = number;
    this.arrived(number);
  }
}
