/**
 * What the questions do while they are answered: counting letters, the notices that belong to an answer, skip and
 * clear.
 */

import { figure } from "../lib/dates.ts";
import { all, around, one, write } from "../lib/dom.ts";
import type { Draft } from "./draft.ts";
import { answered, chosen, clear, excess } from "./draft.ts";
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
  for (const section of all(root, "[data-asks]")) {
    const controls = controlsOf(section);
    one(section, "[data-clear]").hidden = !chosen(controls);
    one(section, "[data-skip]").hidden = answered(controls);
  }
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
  root.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLTextAreaElement && target.dataset.limit) count(target);
    risk();
    refresh(root, draft);
    changed();
  });
  for (const button of all(root, "[data-clear]")) {
    button.addEventListener("click", () => {
      const section = around(button, "[data-step]") ?? root;
      clear(controlsOf(section).filter((control) => control.type !== "textarea"));
      everything();
      one(section, "h1").focus();
    });
  }
  everything();
  return everything;
}
