/** The topic of the card that led here, `#topic=bullying`: ticked beforehand, said, and easily changed. */
import { one, write } from "../lib/dom.ts";
import type { Draft } from "./draft.ts";
import { controlsOf } from "./fields.ts";
import { labelOf } from "./review.ts";

const TOPIC = /^#topic=([a-z-]+)$/;

export function topicIn(hash: string) {
  return TOPIC.exec(hash)?.[1] ?? null;
}

/** Take the topic out of the address, which others who use this device may see. */
export function takeTopic() {
  const topic = topicIn(location.hash);
  if (topic) history.replaceState(history.state, "", ".");
  return topic;
}

/** Nothing is changed where something was answered already. */
export function chooseTopic(root: HTMLElement, draft: Draft, topic: string | null) {
  const tick = controlsOf(root).find(({ dataset }) => topic !== null && dataset.topics === topic);
  if (!(tick instanceof HTMLInputElement) || !draft.empty) return;
  tick.checked = true;
  write(root, "[data-topic-name]", labelOf(tick));
  one(root, "[data-topic]").hidden = false;
}
