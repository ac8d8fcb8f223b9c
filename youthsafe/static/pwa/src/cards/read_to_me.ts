/** The button that reads a card or a topic aloud. It is not in the page until the device has a voice of its own for it. */
import { all, choose, copy, onClick, one } from "../lib/dom.ts";
import { onLeave } from "../lib/leaving.ts";
import { passagesOf } from "./passages.ts";
import { Reader, type State } from "./reader.ts";
import { localVoice } from "./voices.ts";

const STATES: readonly State[] = ["still", "reading", "paused"];
const MARK = "being-read";

const place = one(document, "[data-read-to-me]");
const passages = passagesOf(document);
const reader = new Reader(passages, show);

function show(state: State, block: HTMLElement | null) {
  choose(place, STATES, state);
  for (const stop of all(place, "[data-stop]")) stop.hidden = state === "still";
  for (const before of all(document, `.${MARK}`)) before.classList.remove(MARK);
  block?.classList.add(MARK);
}

/** Voices come late, and some go again. */
function offer() {
  const [first] = passages;
  const canRead = first !== undefined && localVoice(speechSynthesis.getVoices(), first.lang) !== null;
  if (canRead === place.hasChildNodes()) return;
  reader.stop();
  place.replaceChildren(...(canRead ? [controls()] : []));
}

function controls() {
  const made = copy(document, "[data-read-controls]");
  onClick(made, "[data-read]", () => (reader.state === "reading" ? reader.pause() : reader.goOn()));
  onClick(made, "[data-stop]", () => {
    reader.stop();
    one(place, "[data-read]").focus();
  });
  return made;
}

if ("speechSynthesis" in window) {
  offer();
  speechSynthesis.addEventListener?.("voiceschanged", offer);
  onLeave(() => reader.stop());
  document.addEventListener("visibilitychange", () => document.hidden && reader.stop());
}
