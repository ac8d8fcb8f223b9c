/** The pages about havens: nearest first after a tap, warnings on old copies, a map that can be made larger. */

import { all, one } from '../report/page.js';
import { isTooOld, mayHaveChanged } from './copies.js';
import { nearestFirst, spoken } from './nearest.js';
import { offerZoom } from './zoom.js';

const ASK = { enableHighAccuracy: true, maximumAge: 60_000, timeout: 20_000 };

/** Say what this copy can no longer know.
 * @param {HTMLElement} page
 */
function warn(page) {
  const { validUntil } = page.dataset;
  const now = Date.now();
  for (const notice of all(page, '[data-too-old]')) notice.hidden = !isTooOld(validUntil, now);
  for (const badge of all(page, '[data-opening]')) {
    badge.hidden = mayHaveChanged(badge.dataset.until, validUntil, now);
    const instead = badge.nextElementSibling;
    if (instead instanceof HTMLElement) instead.hidden = !badge.hidden;
  }
}

/** @param {HTMLElement} page */
function offerNearest(page) {
  const [button] = all(page, '[data-nearest]');
  if (!button) return;
  button.addEventListener('click', () => {
    say(page, 'waiting');
    if (!navigator.geolocation) return say(page, 'failed');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => sort(page, { lat: coords.latitude, lon: coords.longitude }),
      () => say(page, 'failed'),
      ASK,
    );
  });
}

/**
 * @param {HTMLElement} page
 * @param {import('./nearest.js').Spot} here
 */
function sort(page, here) {
  const list = one(page, '[data-places]');
  const items = all(list, '[data-lat]').map((item) => ({ item, lat: Number(item.dataset.lat), lon: Number(item.dataset.lon) }));
  for (const { place, metres } of nearestFirst(items, here)) {
    tell(place.item, metres);
    list.append(place.item);
  }
  one(page, '[data-order]').hidden = true;
  say(page, 'done');
}

/**
 * @param {HTMLElement} item
 * @param {number} metres
 */
function tell(item, metres) {
  const line = one(item, '[data-distance]');
  const { unit, value } = spoken(metres);
  for (const words of all(line, '[data-unit]')) {
    words.hidden = words.dataset.unit !== unit;
    one(words, '[data-number]').textContent = String(value);
  }
  line.hidden = false;
}

/**
 * @param {HTMLElement} page
 * @param {string} which
 */
function say(page, which) {
  for (const words of all(page, '[data-nearest-says]')) words.hidden = words.dataset.nearestSays !== which;
}

const page = one(document, '[data-havens]');
warn(page);
addEventListener('pageshow', () => warn(page));
document.addEventListener('visibilitychange', () => warn(page));
setInterval(() => warn(page), 60_000);
offerNearest(page);
for (const frame of all(page, '[data-map]')) offerZoom(frame);
