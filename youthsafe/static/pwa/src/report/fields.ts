/** What the questions do while they are answered: counting letters, first words, the notices of an answer, clearing. */

import { figure } from "../lib/dates.ts";
import { all, around, onClick, one, write } from "../lib/dom.ts";
import type { Draft } from "./draft.ts";
import { chosen, clear, excess } from "./draft.ts";
import { watchRisk } from "./risk.ts";

export function controlsOf(root: ParentNode) {
  return all(root, "[data-field]").filter(
    (each) => each instanceof HTMLInputElement || each instanceof HTMLTextAreaElement,
  );
}

/** Show how long a box's text is, and by how much too long. */
export function count(box: HTMLTextAreaElement) {
  const field = around(box, "[data-words]") ?? document;
  const over = excess(box);
  write(field, "[data-used]", figure(box.value.length));
  write(field, "[data-most]", figure(Number(box.dataset.limit)));
  write(field, "[data-over]", figure(over));
  one(field, "[data-too-long]").hidden = over === 0;
  box.setAttribute("aria-invalid", String(over > 0));
}

function refresh(root: HTMLElement, draft: Draft) {
  for (const notice of all(root, "[data-if]")) {
    const [field = "", code = ""] = (notice.dataset.if ?? "").split(":");
    const opens = draft.answer(field).split(" ").includes(code);
    if (opens !== notice.hidden) continue;
    notice.hidden = !opens;
    if (opens) notice.closest("li")?.scrollIntoView({ block: "nearest" });
  }
  for (const section of all(root, "[data-asks]")) one(section, "[data-clear]").hidden = !chosen(picksOf(section));
}

/** Answers of which one can be chosen, so that a second tap takes none away. */
const picksOf = (section: HTMLElement) => controlsOf(section).filter(({ type }) => type === "radio");

/** Put first words on a line of their own at the end of a box, where their writer goes on. */
function begin(box: HTMLTextAreaElement, words: string) {
  const line = /[^\n]$/.test(box.value) ? "\n" : "";
  box.value += `${line}${words.slice(0, -1)} `; // without the three dots
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
}

/**
 * Count, show and hide as answers change. Call what it returns after the answers were changed by anything but the reader.
 */
export function watch(root: HTMLElement, draft: Draft, changed: () => void): () => void {
  const boxes = root.querySelectorAll<HTMLTextAreaElement>("textarea[data-limit]");
  const risk = watchRisk(root);
  const everything = () => {
    for (const box of boxes) count(box);
    risk();
    refresh(root, draft);
    changed();
  };
  root.addEventListener("input", everything);
  for (const button of all(root, "[data-clear]")) {
    button.addEventListener("click", () => {
      const section = around(button, "[data-step]") ?? root;
      clear(picksOf(section));
      everything();
      one(section, "h1").focus();
    });
  }
  onClick(root, "[data-starts]", (button) =>
    begin(one(root, `#${button.dataset.starts}`, HTMLTextAreaElement), button.textContent ?? ""),
  );
  everything();
  return everything;
}
