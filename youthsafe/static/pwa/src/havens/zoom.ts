/** Pinch, drag and buttons on the map. Links to parts of the map do the same without script. */

import Panzoom from "@panzoom/panzoom";
import { all, one } from "../lib/dom.ts";

const LARGEST = 5;

/** `frame`: the map's figure. */
export function offerZoom(frame: HTMLElement) {
  const window = one(frame, "[data-map-window]");
  const picture = window.querySelector("svg");
  if (!picture) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const zoom = Panzoom(picture, {
    maxScale: LARGEST,
    minScale: 1,
    contain: "outside",
    panOnlyWhenZoomed: true,
    animate: !still,
    cursor: "",
    touchAction: "pan-y",
    excludeClass: "pin",
    step: 0.4,
  });
  picture.addEventListener("panzoomchange", () => {
    const scale = zoom.getScale();
    picture.style.setProperty("--zoom", String(scale));
    picture.style.setProperty("--names", String(1 / Math.sqrt(scale))); // names grow less than the map
    picture.style.touchAction = scale > 1 ? "none" : "pan-y"; // a finger scrolls the page until the map is larger
  });
  const actions: Record<string, () => void> = { in: zoom.zoomIn, out: zoom.zoomOut, all: zoom.reset };
  for (const button of all(frame, "[data-zoom]"))
    button.addEventListener("click", () => actions[button.dataset.zoom ?? ""]?.());
  picture.addEventListener("focusin", (event) => bringIntoView(event.target, window, zoom));
}

/** A pin that is reached by keyboard while the map is larger than its window is moved into the middle. */
function bringIntoView(pin: EventTarget | null, window: HTMLElement, zoom: import("@panzoom/panzoom").PanzoomObject) {
  if (!(pin instanceof Element) || zoom.getScale() === 1) return;
  const [inner, outer, scale] = [pin.getBoundingClientRect(), window.getBoundingClientRect(), zoom.getScale()];
  const right = outer.left + outer.width / 2 - (inner.left + inner.width / 2);
  const down = outer.top + outer.height / 2 - (inner.top + inner.height / 2);
  zoom.pan(right / scale, down / scale, { relative: true });
}
