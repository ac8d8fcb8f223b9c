/** Nearest first, worked out on the phone: no coordinate leaves it and none is kept. */

const EARTH_METRES = 6_371_000;

/**
 * @typedef {{lat: number, lon: number}} Spot  degrees (WGS 84)
 */

/**
 * The distance of two places over ground, in metres (haversine).
 * @param {Spot} one
 * @param {Spot} other
 */
export function metresBetween(one, other) {
  const radians = (/** @type {number} */ degrees) => (degrees * Math.PI) / 180;
  const half = (/** @type {number} */ degrees) => Math.sin(radians(degrees) / 2) ** 2;
  const chord = half(other.lat - one.lat) + Math.cos(radians(one.lat)) * Math.cos(radians(other.lat)) * half(other.lon - one.lon);
  return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/**
 * A distance as a person would say it: to 50 metres, and from a kilometre on to a tenth.
 * @param {number} metres
 * @returns {{unit: 'metres' | 'kilometres', value: number}}
 */
export function spoken(metres) {
  const rounded = Math.max(50, Math.round(metres / 50) * 50);
  return rounded < 1000 ? { unit: 'metres', value: rounded } : { unit: 'kilometres', value: Math.round(metres / 100) / 10 };
}

/**
 * @template {Spot} T
 * @param {readonly T[]} places
 * @param {Spot} here
 * @returns {{place: T, metres: number}[]}  nearest first; equals keep their order
 */
export function nearestFirst(places, here) {
  return places.map((place) => ({ place, metres: metresBetween(here, place) })).sort((one, other) => one.metres - other.metres);
}
