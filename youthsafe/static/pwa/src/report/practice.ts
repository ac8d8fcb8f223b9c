/**
 * The report form to try out with a class: the same screens, an end where the real form would lock and send, and a
 * reply code to write down whose words or numbers are in no list, so that it opens nothing. Nothing that locks, keeps or sends is imported here, so nothing of it can happen.
 */

import { all, choose, onClick, one } from "../lib/dom.ts";
import { CodeCard } from "./code.ts";
import { Draft } from "./draft.ts";
import { controlsOf, watch } from "./fields.ts";
import { fillReview, tellEmpty } from "./review.ts";
import { alarmed } from "./risk.ts";
import { helpSheet } from "./sheet.ts";
import { Steps } from "./steps.ts";
import { wayOn } from "./way_on.ts";

/** Whoever finds them on paper sees that they are none. */
export const WORDS = ["practice", "nothing", "nobody", "unreal", "rehearse", "tryout", "homework"];
export const NUMBERS = ["9001", "9012", "9123", "9234", "9345", "9456", "9567"];
const LESSON = /^#lesson=([a-z0-9-]+)\/(\d+)$/;

class PracticePage {
  root: HTMLElement;
  draft: Draft;
  steps: Steps;
  code: CodeCard;
  changing = false;
  refresh: () => void;

  constructor(root: HTMLElement) {
    this.root = root;
    this.draft = new Draft(controlsOf(root));
    this.steps = new Steps(root, (name) => this.arrived(name));
    this.code = new CodeCard(root, () => {});
    this.refresh = watch(root, this.draft, () => this.changed());
  }

  start() {
    const { root, steps } = this;
    this.comeFromLesson();
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
    onClick(root, "[data-again]", () => {
      this.code.wipe();
      steps.release("danger");
    });
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
    const wanted = this.draft.wantsReply;
    one(this.root, "[data-after-danger]").hidden = !alarmed(this.root);
    this.wipe();
    this.code.show(wanted ? (this.root.dataset.code === "numbers" ? NUMBERS : WORDS) : null);
    this.steps.end("outcome");
  }

  /** The lesson that led here, `#lesson=bullying/18`: its slide is one press away. */
  comeFromLesson() {
    const [, topic, slide] = LESSON.exec(location.hash) ?? [];
    const back = one(this.root, "[data-to-lesson]");
    back.hidden = topic === undefined;
    const link = one(back, "a", HTMLAnchorElement);
    if (topic) link.href = new URL(`${topic}/#slide-${slide}`, link.href).href;
  }

  wipe() {
    this.code.wipe();
    this.draft.wipe();
    for (const list of all(this.root, "[data-answers], [data-unanswered]")) list.replaceChildren();
    this.refresh();
  }
}

new PracticePage(one(document, "[data-practice]")).start();
