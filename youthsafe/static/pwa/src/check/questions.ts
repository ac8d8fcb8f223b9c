/** A quiz for one pupil alone, one question at a time. What was tapped is counted by nobody and goes with the page. */
import { all, choose, onClick, one } from "../lib/dom.ts";

const FOUND = ["right", "other"] as const;

export class Questions {
  private readonly questions: HTMLElement[];

  constructor(root: ParentNode) {
    this.questions = all(root, "[data-question]");
    for (const question of this.questions) {
      const options = all(question, ".answers > li").map(asButton);
      for (const [place, option] of options.entries())
        option.addEventListener("click", () => show(question, options, place));
      onClick(question, "[data-next]", () => this.goOn(question));
    }
  }

  /** What comes next is read from its heading on. */
  private goOn(question: HTMLElement) {
    const next = this.questions[this.questions.indexOf(question) + 1];
    if (!next) return;
    question.classList.remove("current");
    next.classList.add("current");
    one(next, "h2").focus();
  }
}

function asButton(option: HTMLElement) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.append(...option.childNodes);
  option.append(button);
  return button;
}

function show(question: HTMLElement, options: HTMLElement[], chosen: number) {
  const right = Number(question.dataset.right);
  for (const [place, option] of options.entries()) {
    option.setAttribute("aria-pressed", String(place === chosen));
    option.classList.toggle("right", place === right);
  }
  choose(question, FOUND, chosen === right ? "right" : "other");
  one(question, "[data-answer]", HTMLDetailsElement).open = true;
  one(question, "[data-next]").scrollIntoView({ block: "nearest" });
}
