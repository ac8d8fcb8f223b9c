/** The page of two calm minutes. It stops when nobody looks. */
import { figure } from "../lib/dates.ts";
import { choose, onClick, one, write } from "../lib/dom.ts";
import { onLeave } from "../lib/leaving.ts";
import { type Beat, Breathing } from "./breathing.ts";

const page = one(document, "[data-breathe]");
const circle = one(page, "[data-circle]");
const WORDS = ["in", "hold", "out", "done"];
let begun = false;

function show(beat: Beat) {
  choose(page, WORDS, beat?.phase ?? (begun ? "done" : null));
  circle.dataset.phase = beat?.phase ?? "";
  write(circle, "[data-count]", beat ? figure(beat.count) : "");
  one(page, "[data-begin]").hidden = beat !== null;
  one(page, "[data-stop]").hidden = beat === null;
}

const breathing = new Breathing(show);

onClick(page, "[data-begin]", () => {
  begun = true;
  breathing.begin();
  const stop = one(page, "[data-stop]");
  stop.focus({ preventScroll: true }); // a browser puts it into the middle of the screen, and the circle out of sight
  stop.scrollIntoView({ block: "nearest" });
});
onClick(page, "[data-stop]", () => {
  breathing.stop();
  one(page, "[data-begin]").focus();
});
document.addEventListener("visibilitychange", () => document.hidden && breathing.stop());
onLeave(() => breathing.stop());
