/**
 * Asks before the page is closed, only while something would be lost; Leave now never asks, and a call or a text
 * message never waits for an answer. What is left behind is wiped.
 */
import { around } from "./dom.ts";

/** Browsers ask before they call, too, though the page stays: they begin to within this time after the tap. */
const CALLS_WITHIN_MS = 1_000;
let called = -Infinity;

let lost: boolean | (() => boolean) | undefined;

const ask = (event: Event) => {
  if ((typeof lost !== "function" || lost()) && event.timeStamp - called > CALLS_WITHIN_MS) event.preventDefault();
};

/** A function is asked when the page is closed. */
export function guard(needed: boolean | (() => boolean)) {
  addEventListener("click", noteCall, true);
  removeEventListener("beforeunload", ask);
  lost = needed;
  if (needed) addEventListener("beforeunload", ask);
}

/** For a page where what would be lost changes by itself. */
export function guardWhile(needed: () => boolean) {
  addEventListener("click", noteCall, true);
  addEventListener("beforeunload", (event) => {
    if (needed()) ask(event);
  });
}

function noteCall({ target, timeStamp }: Event) {
  if (around(target, '[href^="tel:"], [href^="sms:"]')) called = timeStamp;
}

/** Wipe when the page is left in any way: browsers keep whole pages for their Back button. */
export function onLeave(wipe: (event: Event) => void) {
  addEventListener("youthsafe:leave", wipe);
  addEventListener("pagehide", wipe);
}
