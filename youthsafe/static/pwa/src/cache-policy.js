/**
 * What the worker may keep, and for how long: the browser's half of youthsafe/web/caching.py, with which tests compare it.
 * Nothing here touches a cache or the network.
 *
 * never   left to the network, and never kept
 * pack    the kept copy first; it is renewed with the whole pack
 * fresh   the network first; the kept copy when there is no signal
 * opened  as fresh, but kept only once somebody opened it
 *
 * @typedef {'never' | 'pack' | 'fresh' | 'opened'} Rule
 * @typedef {{etag: string | null, at: number, addresses: string[], assets: string[]}} State  of one part; `at` in milliseconds
 */

/** Raised when what is kept changes its shape; a worker with a new number fetches everything anew before it takes over. */
export const FORMAT = 1;
export const PAGES = `youthsafe-pages-${FORMAT}`;
export const STATE = `youthsafe-state-${FORMAT}`;
/** Their names carry a hash of their content, so they outlive every change of format: a page in use may still ask for one. */
export const ASSETS = "youthsafe-assets";

export const OFFLINE = "/offline";
export const BUNDLE = "/api/v1/bundle";
/** How long the network may take while a kept copy waits. */
export const PATIENCE_MS = 3_000;

const MINUTE = 60_000;
const SOON = 5 * MINUTE;
const DAY = 24 * 60 * MINUTE;
const PREFIX = "youthsafe-";
const BARE = new Set([OFFLINE, "/leaving", "/icon.svg", "/manifest.webmanifest"]);
const MANIFEST = "/manifest.webmanifest";
const LOCALE = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;
// Icons are for the home screen, which keeps them itself. A mailbox can only be opened with a signal, so its reader (data-reader) is not worth its weight in the pack; nor is the solver (data-solver), which a server asks for.
const ASSET = /\b(?:src|href|data-sealer)="(\/assets\/[^"]+\.(?:js|css))"/g;

/**
 * Whether a tag may be part of an address.
 * @param {unknown} tag
 * @returns {tag is string}
 */
export function isLocale(tag) {
  return typeof tag === "string" && LOCALE.test(tag);
}

/**
 * The rule for a path of this site.
 * @param {string} path
 * @returns {Rule}
 */
export function ruleOf(path) {
  if (path === BUNDLE) return "fresh";
  if (BARE.has(path)) return "pack";
  const [, locale, room, ...rest] = path.split("/");
  if (!isLocale(locale) || locale === "api" || room === undefined || room === "offline") return "never";
  if (room === "teach" || (room === "report" && rest[0] === "practice")) return "opened";
  if (room === "havens") return rest[0] === "poster" ? "never" : "fresh";
  return "pack";
}

/**
 * What to do with a request; null leaves it to the browser.
 * @param {{method: string, url: string, mode: string}} request
 * @param {string} origin
 * @returns {Rule | 'asset' | null}
 */
export function ruleFor({ method, url, mode }, origin) {
  const { origin: asked, pathname } = new URL(url);
  if (method !== "GET" || asked !== origin || isPrivate(pathname)) return null;
  if (pathname.startsWith("/assets/")) return "asset";
  if (mode === "navigate") return ruleOf(pathname);
  return pathname === BUNDLE || BARE.has(pathname) || pathname.endsWith(MANIFEST) ? ruleOf(pathname) : null;
}

/** @param {string} path */
function isPrivate(path) {
  return /^\/staff(\/|$)/.test(path) || (path.startsWith("/api/") && path !== BUNDLE);
}

/**
 * The addresses of a locale's two parts.
 * @param {string} locale
 */
export function partsOf(locale) {
  return { pages: `/${locale}/offline/pages.json`, places: `/${locale}/offline/places.json` };
}

/**
 * The locale of a part's address.
 * @param {string} address
 */
export function localeOf(address) {
  return address.split("/")[1];
}

/**
 * The parts of a locale that it is time to ask for, from a page that is being read.
 * @param {{locale: string, path: string, now: number, at: (address: string) => number}} reading
 * @returns {string[]}
 */
export function due({ locale, path, now, at }) {
  const { pages, places } = partsOf(locale);
  const placesFor = path.startsWith(`/${locale}/havens/`) ? SOON : DAY;
  const patience = { [pages]: SOON, [places]: placesFor, [BUNDLE]: DAY };
  return Object.keys(patience).filter((address) => Math.abs(now - at(address)) >= patience[address]);
}

/**
 * The hashed files that a page cannot do without.
 * @param {string} html
 * @returns {string[]}
 */
export function assetsIn(html) {
  return [...new Set([...html.matchAll(ASSET)].map(([, address]) => address))];
}

/**
 * Our caches that this worker does not use.
 * @param {readonly string[]} names
 */
export function outdated(names) {
  return names.filter((name) => name.startsWith(PREFIX) && ![PAGES, STATE, ASSETS].includes(name));
}
