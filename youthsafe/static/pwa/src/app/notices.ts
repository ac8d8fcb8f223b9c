/**
 * What a page says about being kept: that there is no signal, and that a newer version has come. The words are in the
 * layout.
 */
import { keep, mayKeep } from "./offline.ts";

/** Until then a page has all of the connection, and a reader who leaves at once has fetched nothing else. */
const REST_MS = 2_000;
const root = document.documentElement;

const find = (selector: string) => document.querySelector<HTMLElement>(selector);

function tellSignal() {
  const notice = find("[data-no-signal]");
  if (notice) notice.hidden = navigator.onLine;
}

/** Words that somebody is typing are worth more than a newer page. */
function tellRenewed() {
  const notice = find("[data-renewed]");
  if (notice && !find("textarea")) notice.hidden = false;
}

async function keepUpToDate() {
  if ("worker" in root.dataset && mayKeep() && navigator.onLine && (await keep(root.lang)) === "renewed") tellRenewed();
}

/** To be called once, before the page has loaded. */
export function watchSignal() {
  addEventListener("DOMContentLoaded", tellSignal);
  addEventListener("online", tellSignal);
  addEventListener("offline", tellSignal);
  addEventListener("load", () => setTimeout(() => void keepUpToDate(), REST_MS));
  addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("[data-reload]")) location.reload();
  });
}
