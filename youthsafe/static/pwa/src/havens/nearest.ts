/** Nearest first, worked out on the phone: no coordinate leaves it and none is kept. */

const EARTH_METRES = 6_371_000;
/** Streets are longer than the straight line, and a child walks some 75 metres in a minute. */
const DETOUR = 1.3;
const METRES_A_MINUTE = 75;

/** Degrees (WGS 84). */
export type Spot = { lat: number; lon: number };
/** How a place stands, as far as this copy of the page can tell. */
export type State = "open" | "unknown" | "closed";

/** The distance of two places over ground, in metres (haversine). */
export function metresBetween(one: Spot, other: Spot) {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (degrees: number) => Math.sin(radians(degrees) / 2) ** 2;
  const chord =
    half(other.lat - one.lat) + Math.cos(radians(one.lat)) * Math.cos(radians(other.lat)) * half(other.lon - one.lon);
  return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** A distance as a person would say it: to 50 metres, and from a kilometre on to a tenth. */
export function spoken(metres: number): { unit: "metres" | "kilometres"; value: number } {
  const rounded = Math.max(50, Math.round(metres / 50) * 50);
  return rounded < 1000
    ? { unit: "metres", value: rounded }
    : { unit: "kilometres", value: Math.round(metres / 100) / 10 };
}

/** Whole minutes on foot, at least one. `metres`: in a straight line. */
export function minutesOnFoot(metres: number) {
  return Math.max(1, Math.round((metres * DETOUR) / METRES_A_MINUTE));
}

/** Nearest first; equals keep their order. */
export function nearestFirst<T extends Spot>(places: readonly T[], here: Spot): { place: T; metres: number }[] {
  return places
    .map((place) => ({ place, metres: metresBetween(here, place) }))
    .sort((one, other) => one.metres - other.metres);
}

/**
 * Where a spot lies on a map, in its units; null beyond its edges. `box`: west, south, east and north of the map in
 * degrees. `size`: in units.
 */
export function placeOnMap(box: string, { width, height }: { width: number; height: number }, { lat, lon }: Spot) {
  const [west = NaN, south = NaN, east = NaN, north = NaN] = box.split(" ").map(Number);
  const x = ((lon - west) / (east - west)) * width;
  const y = ((north - lat) / (north - south)) * height;
  return x >= 0 && x <= width && y >= 0 && y <= height ? { x: Math.round(x), y: Math.round(y) } : null;
}
