/** What must wait until the screen shows what was changed: putting the focus somewhere, or scrolling. */
import { type Signal, signal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

export class AfterDrawing {
  /** How often something was to be done, so that the view draws once more for it. */
  readonly wanted: Signal<number> = signal(0);
  #waiting: (() => void)[] = [];

  add(act: () => void): void {
    this.#waiting.push(act);
    this.wanted.value = this.wanted.peek() + 1;
  }

  run(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const act of waiting) act();
  }
}

/** For the view that shows what was changed. */
export function useAfterDrawing(after: AfterDrawing): void {
  const wanted = after.wanted.value;
  useLayoutEffect(() => {
    if (wanted > 0) after.run();
  });
}
