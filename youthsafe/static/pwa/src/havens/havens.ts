/** The pages about havens: the nearest open one after a tap, warnings on old copies, a map that can be made larger. */

import { all, one } from "../lib/dom.ts";
import { isTooOld, mayHaveChanged } from "./copies.ts";
import type { Spot, State } from "./nearest.ts";
import { metresBetween, minutesOnFoot, nearestFirst, placeOnMap, spoken } from "./nearest.ts";
import { offerZoom } from "./zoom.ts";

const ASK = { enableHighAccuracy: true, maximumAge: 60_000, timeout: 20_000 };
const APPLE = /iPhone|iPad|iPod|Macintosh/;
/** So many open places stand right below the button; the rest stay in their list. */
const FOUND = 3;
/** Beyond this a frightened child is better off in the next shop. */
const FAR_MINUTES = 20;

/** Say what this copy can no longer know. */
function warn(page: HTMLElement) {
  const { validUntil } = page.dataset;
  const now = Date.now();
  for (const notice of all(page, "[data-too-old]")) notice.hidden = !isTooOld(validUntil, now);
  for (const badge of all(page, "[data-opening]")) {
    badge.hidden = mayHaveChanged(badge.dataset.until, validUntil, now);
    const instead = badge.nextElementSibling;
    if (instead instanceof HTMLElement) instead.hidden = !badge.hidden;
  }
}

/** How a place stands now: one whose time has passed since the page was made may be open or closed. */
function stateOf(item: HTMLElement): State {
  const [badge] = all(item, "[data-opening]");
  const { state } = item.dataset;
  return badge && !badge.hidden && (state === "open" || state === "closed") ? state : "unknown";
}

/** Put every place where it belongs: closed ones are folded away, the others stand in the order given. */
function arrange(page: HTMLElement, items: readonly HTMLElement[]) {
  const closed = items.filter((item) => stateOf(item) === "closed");
  one(page, "[data-places]").append(...items.filter((item) => !closed.includes(item)));
  one(page, "[data-closed]").append(...closed);
  one(page, "[data-closed-count]").textContent = String(closed.length);
  one(page, "[data-closed-fold]").hidden = closed.length === 0;
}

function offerNearest(page: HTMLElement) {
  const [button] = all(page, "[data-nearest]");
  if (!button) return;
  button.addEventListener("click", () => {
    say(page, "waiting");
    if (!navigator.geolocation) return say(page, "failed");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => found(page, { lat: coords.latitude, lon: coords.longitude }),
      () => say(page, "failed"),
      ASK,
    );
  });
}

/** The phone has said where it is. */
function found(page: HTMLElement, here: Spot) {
  warn(page);
  markHere(page, here);
  const [way] = all(page, "[data-way]");
  if (way) {
    tell(way, metresBetween(here, spotOf(way)));
    say(page, "done");
  } else sort(page, here);
}

function spotOf(item: HTMLElement) {
  return { lat: Number(item.dataset.lat), lon: Number(item.dataset.lon) };
}

function sort(page: HTMLElement, here: Spot) {
  const items = nearestFirst(
    all(page, "[data-state]").map((item) => ({ item, ...spotOf(item) })),
    here,
  );
  for (const { place, metres } of items) tell(place.item, metres);
  const sorted = items.map(({ place }) => place.item);
  const open = sorted.filter((item) => stateOf(item) === "open");
  const nearest = items.find(({ place }) => place.item === open[0]);
  arrange(page, [...open, ...sorted.filter((item) => !open.includes(item))]);
  one(page, "[data-found]").append(...open.slice(0, FOUND));
  const rest = one(page, "[data-places]").childElementCount > 0;
  one(page, "[data-rest]").hidden = true;
  one(page, "[data-rest-by-distance]").hidden = !rest;
  for (const line of all(page, "[data-none-open]")) line.hidden = true; // the status says it
  say(page, !nearest ? "none" : minutesOnFoot(nearest.metres) > FAR_MINUTES ? "far" : "done");
}

function tell(item: HTMLElement, metres: number) {
  const line = one(item, "[data-distance]");
  const { unit, value } = spoken(metres);
  for (const words of all(line, "[data-unit]")) {
    words.hidden = words.dataset.unit !== unit;
    one(words, "[data-number]").textContent = String(value);
  }
  one(line, "[data-minutes]").textContent = String(minutesOnFoot(metres));
  line.hidden = false;
}

function markHere(page: HTMLElement, here: Spot) {
  const svg = page.querySelector("svg.map");
  const mark = page.querySelector("svg.map .here");
  if (!(svg instanceof SVGSVGElement) || !mark) return;
  const at = placeOnMap(svg.dataset.box ?? "", svg.viewBox.baseVal, here);
  if (at) mark.setAttribute("transform", `translate(${at.x} ${at.y})`);
  mark.classList.toggle("shown", at !== null);
  for (const words of all(page, "[data-here-says]"))
    words.hidden = (words.dataset.hereSays === "shown") !== (at !== null);
}

function say(page: HTMLElement, which: string) {
  for (const words of all(page, "[data-nearest-says]")) words.hidden = words.dataset.nearestSays !== which;
}

/** Phones of one maker do not know `geo:`. */
function leadToOwnMaps(page: HTMLElement) {
  if (!APPLE.test(navigator.userAgent)) return;
  for (const link of all(page, "[data-maps]")) link.setAttribute("href", link.dataset.apple ?? "");
}

const page = one(document, "[data-havens]");
/** What a phone brings back from its memory may be an hour old. */
function refresh() {
  warn(page);
  if (page.querySelector("[data-places]")) arrange(page, all(page, "[data-places] > li, [data-closed] > li"));
}

refresh();
addEventListener("pageshow", refresh);
document.addEventListener("visibilitychange", refresh);
setInterval(() => warn(page), 60_000);
offerNearest(page);
leadToOwnMaps(page);
for (const frame of all(page, "[data-map]")) offerZoom(frame);
