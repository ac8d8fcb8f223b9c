/** A lesson for a room without a signal: every page of it, asked for by one press. The template has all the words. */
import { areKept, possible, take } from "../app/offline.ts";
import { choose, onClick } from "../lib/dom.ts";

const STATES = ["working", "kept", "no-room", "failed", "impossible"];

/** `box` names the pages. */
export function offerToTake(box: HTMLElement) {
  const paths = (box.dataset.take ?? "").split(" ");
  const show = (state: string) => choose(box, STATES, state);
  onClick(box, "[data-take-it]", () => {
    show("working");
    void take(paths).then(show);
  });
  if (!possible()) show("impossible");
  else void areKept(paths).then((kept) => kept && show("kept"));
}
