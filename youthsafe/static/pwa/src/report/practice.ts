/**
 * The report form to try out with a class: the same screens, and an end where the real form would lock and send.
 * Nothing that locks, keeps or sends is imported here, so nothing of it can happen.
 */

import { all, choose, onClick, one } from "../lib/dom.ts";
import { Draft } from "./draft.ts";
import { controlsOf, watch } from "./fields.ts";
import { fillReview, tellEmpty } from "./review.ts";
import { alarmed } from "./risk.ts";
import { helpSheet } from "./sheet.ts";
import { Steps } from "./steps.ts";
import { wayOn } from "./way_on.ts";

class PracticePage {
  root: HTMLElement;
  draft: Draft;
  steps: Steps;
  changing = false;
  refresh: () => void;

  constructor(root: HTMLElement) {
    this.root = root;
    this.draft = new Draft(controlsOf(root));
    this.steps = new Steps(root, (name) => this.arrived(name));
    this.refresh = watch(root, this.draft, () => this.changed());
  }

  start() {
    const { root, steps } = this;
    steps.start();
    onClick(root, "[data-go]", (button) => steps.go(button.dataset.go ?? ""));
    onClick(root, "[data-next]", () => this.next());
    wayOn(root, () => this.next());
    onClick(root, "[data-back]", () => steps.back());
    onClick(root, "[data-seal]", () => this.finish());
    onClick(root, "[data-discard]", () => {
      this.wipe();
      steps.home();
    });
    helpSheet();
    onClick(root, "[data-again]", () => steps.release("danger"));
    addEventListener("youthsafe:leave", () => this.wipe());
    addEventListener("pagehide", () => this.wipe());
    choose(root, ["waking", "awake"], "awake");
    for (const button of all(root, "[data-begin]")) button.removeAttribute("disabled");
  }

  arrived(name: string) {
    choose(this.root, ["empty"], null);
    if (name !== "review") return;
    this.changing = false;
    fillReview(this.root, (step) => {
      this.changing = true;
      this.steps.go(step);
    });
  }

  changed() {
    one(this.root, "[data-smaller-team]").hidden = !this.draft.aboutAnAdult;
  }

  next() {
    const long = new Draft(controlsOf(this.steps.section)).tooLong();
    if (long) long.focus?.();
    else if (this.changing) this.steps.go("review");
    else this.steps.next();
  }

  /** Where the real form would lock and send: forget what was typed, and say so. */
  finish() {
    const long = this.draft.tooLong();
    const empty = this.draft.answers().length === 0;
    if (long) long.focus?.();
    else tellEmpty(this.root, this.draft);
    if (long || empty) return;
    one(this.root, "[data-after-danger]").hidden = !alarmed(this.root);
    this.wipe();
    this.steps.end("outcome");
  }

  wipe() {
    this.draft.wipe();
    for (const list of all(this.root, "[data-answers], [data-unanswered]")) list.replaceChildren();
    this.refresh();
  }
}

new PracticePage(one(document, "[data-practice]")).start();
