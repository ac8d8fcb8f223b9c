/** The note about sealed reports of an earlier visit. It knows that they are there, and nothing else about them. */
import { figure } from "../lib/dates.ts";
import { choose, one, write } from "../lib/dom.ts";
import type { Item } from "../outbox/store.ts";

export class WaitingNote {
  root: HTMLElement;
  forgetful: boolean;

  /** `forgetful`: whether this browser empties its storage after some days. */
  constructor(root: HTMLElement, forgetful: boolean) {
    this.root = root;
    this.forgetful = forgetful;
  }

  /** `items`: of earlier visits. `memory`: whether one of them is in this page's memory only. */
  show(items: readonly Item[], memory: boolean) {
    const unsent = items.filter((item) => item.state === "waiting");
    one(this.root, "[data-waiting]").hidden = items.length === 0;
    choose(
      this.root,
      ["waiting-unsent", "waiting-refused"],
      unsent.length > 0 ? "waiting-unsent" : null,
      unsent.length < items.length ? "waiting-refused" : null,
    );
    choose(
      this.root,
      ["waiting-trying", "waiting-later", "waiting-memory", "waiting-forgetful"],
      "waiting-later",
      memory ? "waiting-memory" : this.forgetful ? "waiting-forgetful" : null,
    );
    write(this.root, "[data-waiting-count]", figure(unsent.length));
  }

  trying() {
    choose(this.root, ["waiting-trying", "waiting-later"], "waiting-trying");
  }

  /** The server has said that it has one of them. */
  sent() {
    one(this.root, "[data-waiting-sent]").hidden = false;
  }
}
