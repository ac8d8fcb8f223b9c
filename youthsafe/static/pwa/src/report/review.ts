/** All questions with what was answered, each with a way back to it. */

import { all, around, choose, copy, one, write } from "../lib/dom.ts";
import type { Draft } from "./draft.ts";
import { controlsOf } from "./fields.ts";

export function fillReview(root: HTMLElement, change: (step: string) => void) {
  const rows = all(root, "[data-asks]").flatMap((section) =>
    questionsIn(section).map((question) => ({ section, question })),
  );
  one(root, "[data-answers]").replaceChildren(
    ...rows.map(({ section, question }) => {
      const row = copy(root, "[data-answer]");
      write(row, "[data-asked]", one(question, "[data-question]").textContent?.trim() ?? "");
      const said = wordsOf(question);
      if (said) write(row, "[data-said]", said);
      else one(row, "[data-said]").replaceChildren(copy(root, "[data-unanswered]"));
      one(row, "[data-change]").addEventListener("click", () => change(section.dataset.step ?? ""));
      return row;
    }),
  );
}

/** The groups and text boxes of a step that can be seen there. */
function questionsIn(section: HTMLElement) {
  return all(section, "[data-group], [data-words]").filter((question) => {
    const inner = question.closest("[hidden]");
    return inner === null || inner === section;
  });
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

function labelOf(control: HTMLElement) {
  return one(around(control, "label") ?? document, "[data-label]").textContent ?? "";
}

/** Say where Send was pressed that there is nothing to send, and offer to write something. */
export function tellEmpty(root: HTMLElement, draft: Draft) {
  const empty = draft.answers().length === 0;
  choose(root, ["empty"], empty ? "empty" : null);
  if (empty) one(root, '[data-when="empty"] button').focus();
}
