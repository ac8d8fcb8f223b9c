/** What was answered, one line each with a way to change it; what was not waits behind “Add more”. */

import { all, around, choose, copy, one, write } from "../lib/dom.ts";
import type { Draft } from "./draft.ts";
import { controlsOf } from "./fields.ts";

type Asked = { step: string; question: string; said: string };

export function fillReview(root: HTMLElement, change: (step: string) => void) {
  const asked = all(root, "[data-asks]").flatMap(asksOf);
  const left = asked.filter(({ said }) => !said).filter(isFirstOfItsStep);
  const row = (template: string) => (each: Asked) => rowOf(copy(root, template), each, change);
  one(root, "[data-answers]").replaceChildren(...asked.filter(({ said }) => said).map(row("[data-answer]")));
  one(root, "[data-unanswered]").replaceChildren(...left.map(row("[data-left]")));
  one(root, "[data-add]").hidden = left.length === 0;
}

/** The groups and text boxes of a step that can be seen there. */
function asksOf(section: HTMLElement): Asked[] {
  const seen = all(section, "[data-group], [data-words]").filter((question) => {
    const inner = question.closest("[hidden]");
    return inner === null || inner === section;
  });
  return seen.map((question) => ({
    step: section.dataset.step ?? "",
    question: one(question, "[data-question]").textContent?.trim() ?? "",
    said: wordsOf(question),
  }));
}

const isFirstOfItsStep = ({ step }: Asked, at: number, all: Asked[]) => all[at - 1]?.step !== step;

function rowOf(row: DocumentFragment, { step, question, said }: Asked, change: (step: string) => void) {
  write(row, "[data-asked]", question);
  write(row, "[data-said]", said);
  one(row, "button").addEventListener("click", () => change(step));
  return row;
}

function wordsOf(question: HTMLElement) {
  return controlsOf(question)
    .map((control) => {
      if (control instanceof HTMLTextAreaElement) return control.value.trim() && control.value;
      return control.checked ? labelOf(control) : "";
    })
    .filter(Boolean)
    .join(" · ");
}

export function labelOf(control: HTMLElement) {
  return one(around(control, "label") ?? document, "[data-label]").textContent ?? "";
}

/** Say where Send was pressed that there is nothing to send, and offer to write something. */
export function tellEmpty(root: HTMLElement, draft: Draft) {
  const empty = draft.answers().length === 0;
  choose(root, ["empty"], empty ? "empty" : null);
  if (empty) one(root, '[data-when="empty"] button').focus();
}
