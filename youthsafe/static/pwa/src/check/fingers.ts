/** Five people whom a pupil could tell. Their names stand in the boxes and nowhere else, and go with the page. */
import { all, onClick, one } from "../lib/dom.ts";
import { onLeave } from "../lib/leaving.ts";

export class Fingers {
  private readonly root: ParentNode;

  constructor(root: ParentNode) {
    this.root = root;
    for (const finger of all(root, "[data-finger]")) {
      const box = boxOf(finger);
      box.addEventListener("input", () => this.light(finger));
      onClick(finger, "[data-idea]", (idea) => {
        box.value = idea.textContent?.trim() ?? "";
        this.light(finger);
      });
    }
    onLeave(() => this.wipe());
  }

  private wipe() {
    for (const finger of all(this.root, "[data-finger]")) {
      boxOf(finger).value = "";
      this.light(finger);
    }
  }

  /** A finger that somebody stands on has the lamp's light. */
  private light(finger: HTMLElement) {
    const tip = this.root.querySelector(`[data-tip="${finger.dataset.finger}"]`);
    tip?.toggleAttribute("data-lit", boxOf(finger).value.trim() !== "");
  }
}

const boxOf = (finger: HTMLElement) => one(finger, "input", HTMLInputElement);
