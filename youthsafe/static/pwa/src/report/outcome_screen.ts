/** The last screen: whether the report is waiting, sent or not accepted. */

import { clockTime } from "../lib/dates.ts";
import { choose, one, write } from "../lib/dom.ts";
import { isForgetful } from "../outbox/persistence.ts";
import type { Item } from "../outbox/store.ts";
import { CodeCard } from "./code.ts";

const STATES = ["sending", "unsent", "sent", "refused", "conflict"];

export class OutcomeScreen {
  root: HTMLElement;
  code: CodeCard;
  /** Told or written; nobody else hears of it. */
  danger = false;

  /** `confirmed` hears that the code may go now. */
  constructor(root: HTMLElement, confirmed: () => void) {
    this.root = root;
    this.code = new CodeCard(root, confirmed);
  }

  /** `kept`: whether it will outlive this page. */
  show(kind: "sending" | "sent" | "refused" | "conflict" | "later", item: Item | null, kept: boolean) {
    const unsent = kind === "sending" || kind === "later";
    const busy = kind === "later" && item !== null && item.not_before > item.due;
    choose(
      this.root,
      [...STATES, "busy", "kept", "unkept", "memory", "forgetful"],
      kind === "later" ? "unsent" : kind,
      busy ? "busy" : null,
      kept ? "kept" : "unkept",
      unsent && !kept ? "memory" : null,
      kind === "later" && kept && isForgetful() ? "forgetful" : null,
    );
    if (busy) write(this.root, "[data-again]", clockTime(item.not_before));
    const again = one(this.root, "[data-send-now]");
    if (kind !== "later" && again === document.activeElement)
      one(this.root, "#outcome-title").focus({ preventScroll: true });
    again.hidden = kind !== "later";
    const failed = kind === "refused" || kind === "conflict";
    one(this.root, "[data-again-from-answers]").hidden = !failed;
    one(this.root, "[data-after-danger]").hidden = failed || !this.danger;
    if (kind === "sent" && this.danger) one(this.root, "#outcome-title").scrollIntoView(); // it may have waited for hours
    if (failed) this.code.wipe(); // this code opens nothing
  }
}
