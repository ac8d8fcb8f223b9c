/**
 * On every page, before anything is painted: the way out, and how the reader likes pages to look. Loaded as a plain
 * blocking script, so what it imports is bundled into it.
 */
import { watchExpiry } from "../lib/expiry.ts";
import { ours, SERVICE_WORKER } from "../lib/scripts.ts";
import { WAITING } from "../outbox/mark.ts";
import { watchSignal } from "./notices.ts";

const root = document.documentElement;
const LEFT = "left";
const LOOK = "look";
/** What may be kept of a reader's choices; anything else is ignored. */
const LOOKS: Record<string, readonly string[]> = {
  size: ["large", "largest"],
  spacing: ["easy"],
  theme: ["light", "dark"],
};
const SHIFTS_WITHIN_MS = 1500;

root.classList.add("js");

/* ---- A service worker that is none of ours outlives the attack that put it here, so it goes before anything else ---- */

async function endStrangers() {
  const own = new URL(SERVICE_WORKER, location.origin).href;
  for (const each of await navigator.serviceWorker.getRegistrations()) {
    const scripts = [each.installing, each.waiting, each.active].flatMap((worker) => worker?.scriptURL ?? []);
    if (each.scope !== `${location.origin}/` || scripts.some((script) => script !== own)) await each.unregister();
  }
}

if ("serviceWorker" in navigator) endStrangers().catch(() => {});

/** Storage may be switched off; pages work without it. */
function ifStored<T>(action: () => T): T | null {
  try {
    return action();
  } catch {
    return null;
  }
}

/* ---- Leave now ---- */

const hasLeft = () => ifStored(() => sessionStorage.getItem(LEFT)) !== null;
const neutral = () => root.dataset.neutral;
const installed = () =>
  matchMedia("(display-mode: standalone), (display-mode: fullscreen), (display-mode: minimal-ui)").matches;

/** The page's own; by the time it is left again, it may be blank. */
const { title } = document;

/**
 * Nobody who looks at the tab reads what it was. Chromium would write a blank title into its history, where it is a
 * mark: it writes ten titles of an entry and no more, so the page's own is the tenth. A state put anew begins the
 * count; nothing is painted in between.
 */
function blankTitle() {
  ifStored(() => history.replaceState(history.state, ""));
  for (let pair = 0; pair < 5; pair += 1) {
    document.title = "Loading";
    document.title = title;
  }
  document.title = "\u200b";
}

/** Blank the page, have every draft wiped, and put the other website in this page's place. */
function leave() {
  root.classList.add(LEFT);
  blankTitle();
  window.name = ""; // with it the key of a draft is gone (lib/locked_copy.ts)
  ifStored(() => sessionStorage.clear());
  ifStored(() => sessionStorage.setItem(LEFT, "1"));
  dispatchEvent(new Event("youthsafe:leave"));
  document.body?.replaceChildren();
  location.replace((installed() && neutral()) || root.dataset.exit || "about:blank");
}

/** Whether the reader came here on purpose, by a link or an address, and not by Back or a restored tab. */
function cameOnPurpose() {
  const [entry] = performance.getEntriesByType("navigation");
  return entry !== undefined && "type" in entry && entry.type === "navigate";
}

let shifts: number[] = [];

function countShift(event: KeyboardEvent) {
  if (event.key !== "Shift") {
    shifts = [];
  } else if (!event.repeat) {
    shifts = [...shifts.slice(-2), event.timeStamp];
    if (shifts.length === 3 && event.timeStamp - (shifts[0] ?? 0) < SHIFTS_WITHIN_MS) leave();
  }
}

if (root.hasAttribute("data-stop")) {
  addEventListener("load", () => location.assign(root.dataset.exit || "about:blank"));
} else {
  if (hasLeft()) {
    if (cameOnPurpose()) ifStored(() => sessionStorage.removeItem(LEFT));
    else leave();
  }
  addEventListener("pageshow", (event) => {
    if (event.persisted && hasLeft()) leave();
  });
  addEventListener("keydown", countShift, true);
  addEventListener(
    "click",
    (event) => {
      if (!(event.target instanceof Element && event.target.closest("[data-leave]"))) return;
      event.preventDefault();
      leave();
    },
    true,
  );
}

/* ---- How pages look ---- */

/** The reader's choices, as far as they are ours. */
function storedLook(): Record<string, string> {
  const stored = ifStored(() => JSON.parse(localStorage.getItem(LOOK) ?? "{}")) ?? {};
  return Object.fromEntries(
    Object.entries(LOOKS).map(([name, values]) => [name, values.includes(stored[name]) ? stored[name] : ""]),
  );
}

function show(look: Record<string, string>) {
  for (const [name, value] of Object.entries(look)) {
    if (value) root.dataset[name] = value;
    else delete root.dataset[name];
  }
}

function offerLook(form: HTMLFormElement) {
  for (const [name, value] of Object.entries(storedLook())) {
    const radio = form.querySelector(`[name="${name}"][value="${value}"]`);
    if (radio instanceof HTMLInputElement) radio.checked = true;
  }
  form.addEventListener("change", () => {
    const look = Object.fromEntries(
      Object.keys(LOOKS).map((name) => [name, String(new FormData(form).get(name) ?? "")]),
    );
    ifStored(() => localStorage.setItem(LOOK, JSON.stringify(look)));
    show(look);
  });
}

show(storedLook());
addEventListener("pageshow", () => show(storedLook()));
addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form[data-look]");
  if (form instanceof HTMLFormElement) offerLook(form);
});

/* ---- What lies over the page: the languages and the text size ---- */

const lyingOver = () => document.querySelector<HTMLDetailsElement>(".over[open], .over details[open]");

addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && lyingOver();
  if (!open) return;
  open.open = false;
  open.querySelector("summary")?.focus();
});
addEventListener("click", ({ target }) => {
  const open = lyingOver();
  if (open && target instanceof Node && !open.contains(target)) open.open = false;
});

/* ---- A report that waits to be sent; its own page does that itself ---- */

const sender = async () => import(ours("sender", root.dataset.sender));

/**
 * The sender is not in the pack of pages, so without a signal it does not load: the mark says that something waits, and
 * the next signal brings it.
 */
function sendWhatWaits() {
  if (!root.dataset.sender || !ifStored(() => localStorage.getItem(WAITING)) || document.querySelector("[data-report]"))
    return;
  sender().catch(() => {
    document.querySelector("[data-unsent]")?.removeAttribute("hidden");
    if (navigator.onLine)
      setTimeout(sendWhatWaits, 5_000); // a signal that was just found may not carry yet
    else addEventListener("online", sendWhatWaits, { once: true });
  });
}

addEventListener("load", sendWhatWaits);

watchExpiry();
watchSignal();
