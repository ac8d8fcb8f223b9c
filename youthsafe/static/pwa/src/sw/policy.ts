/**
 * What the worker may keep, and for how long: the browser's half of what routes declare, with which tests compare it.
 * Nothing here touches a cache or the network.
 *
 * - never: left to the network, and never kept
 * - pack: the kept copy first; it is renewed with the whole pack
 * - fresh: the network first; the kept copy when there is no signal
 * - opened: as fresh, but kept only once somebody opened it
 */
export type Rule = "never" | "pack" | "fresh" | "opened";
/** Of one part; `at` in milliseconds. */
export type State = { at: number; addresses: string[]; assets: string[] };

/**
 * Raised when what is kept changes its shape; a worker with a new number fetches everything anew before it takes over.
 */
export const FORMAT = 2;
export const PAGES = `youthsafe-pages-${FORMAT}`;
export const STATE = `youthsafe-state-${FORMAT}`;
/**
 * Their names carry a hash of their content, so they outlive every change of format: a page in use may still ask for
 * one.
 */
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
// Icons are for the home screen, which keeps them itself. A mailbox can only be opened with a signal, so its reader (data-reader) is not worth its weight in the pack; nor is the proof of work (data-proof-worker), which a server asks for.
const ASSET = /\b(?:src|href|data-sealer)="(\/assets\/[^"#]+\.(?:js|css))["#]/g;

/** Whether a tag may be part of an address. */
export function isLocale(tag: unknown): tag is string {
  return typeof tag === "string" && LOCALE.test(tag);
}

/** The rule for a path of this site. */
export function ruleOf(path: string): Rule {
  if (path === BUNDLE) return "fresh";
  if (BARE.has(path)) return "pack";
  const [, locale, room, ...rest] = path.split("/");
  if (!isLocale(locale) || locale === "api" || room === undefined || room === "offline") return "never";
  if (room === "teach" || (room === "report" && rest[0] === "practice")) return "opened";
  if (room === "havens") return rest[0] === "poster" ? "never" : "fresh";
  return "pack";
}

/** What to do with a request; null leaves it to the browser. */
export function ruleFor(
  { method, url, mode }: { method: string; url: string; mode: string },
  origin: string,
): Rule | "asset" | null {
  const { origin: asked, pathname } = new URL(url);
  if (method !== "GET" || asked !== origin || isPrivate(pathname)) return null;
  if (pathname.startsWith("/assets/")) return "asset";
  if (mode === "navigate") return ruleOf(pathname);
  return pathname === BUNDLE || BARE.has(pathname) || pathname.endsWith(MANIFEST) ? ruleOf(pathname) : null;
}

function isPrivate(path: string) {
  return /^\/staff(\/|$)/.test(path) || (path.startsWith("/api/") && path !== BUNDLE);
}

/** The addresses of a locale's two parts. */
export function partsOf(locale: string) {
  return { pages: `/${locale}/offline/pages.json`, places: `/${locale}/offline/places.json` };
}

/** The locale of a part's address. */
export function localeOf(address: string) {
  return address.split("/")[1] ?? "";
}

/** The parts of a locale that it is time to ask for, from a page that is being read. */
export function due({
  locale,
  path,
  now,
  at,
}: {
  locale: string;
  path: string;
  now: number;
  at: (address: string) => number;
}): string[] {
  const { pages, places } = partsOf(locale);
  const placesFor = path.startsWith(`/${locale}/havens/`) ? SOON : DAY;
  const patience = { [pages]: SOON, [places]: placesFor, [BUNDLE]: DAY };
  return Object.entries(patience)
    .filter(([address, wait]) => Math.abs(now - at(address)) >= wait)
    .map(([address]) => address);
}

/** The hashed files that a page cannot do without. */
export function assetsIn(html: string): string[] {
  return [...new Set([...html.matchAll(ASSET)].map(([, address = ""]) => address))];
}

/** Our caches that this worker does not use. */
export function outdated(names: readonly string[]) {
  return names.filter((name) => name.startsWith(PREFIX) && ![PAGES, STATE, ASSETS].includes(name));
}

/* ---- What is kept is ours, and is answered with headers of ours: whatever it came with may have been changed. ---- */

/** Rooms whose pages may run WebAssembly, and those that may ask where the phone is. */
const SEALING = ["report", "replies"];
const LOCATING = ["havens"];
const MARK = /^<!doctype html>\s*<html [^>]*\bdata-(?:worker="|stop>)/;
const OURS = /"type":\s*"urn:youthsafe:problem:/;
const ALWAYS = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** Whether an answer is this site's: a filter or the portal of a Wi-Fi answers with pages of its own. */
export function isOurs(path: string, status: number, text: string) {
  if (path === BUNDLE) return status === 200 ? /"bundle":.*"signature":/s.test(text) : OURS.test(text);
  return status !== 200 || typeOf(path) === "text/html" ? MARK.test(text) : true;
}

/**
 * Whether a page may come with a part of a pack: no part holds another's pages, nor another site's. `address`: of the
 * part.
 */
export function belongs(address: string, path: string, text: unknown) {
  const locale = localeOf(address);
  const rule = address === partsOf(locale).places ? "fresh" : "pack";
  const inside = path.startsWith(`/${locale}/`) || (rule === "pack" && BARE.has(path));
  return inside && ruleOf(path) === rule && typeof text === "string" && isOurs(path, 200, text);
}

/** What kind of content an address has. */
function typeOf(path: string) {
  if (path === BUNDLE) return "application/json";
  if (path.endsWith(MANIFEST)) return "application/manifest+json";
  const [, ending] = /\.(js|css|svg)$/.exec(path) ?? [];
  return ending ? ({ js: "text/javascript", css: "text/css", svg: "image/svg+xml" }[ending] ?? "") : "text/html";
}

/** The headers of a kept answer, as youthsafe/web/headers.py sets them; a test compares the two. */
export function headersOf(path: string, origin: string): Record<string, string> {
  const type = typeOf(path);
  const kind = { "Content-Type": `${type}${/^(?:text|image)/.test(type) ? "; charset=utf-8" : ""}`, ...ALWAYS };
  const assets = `${origin}/assets/`;
  if (path.startsWith("/assets/")) {
    return {
      ...kind,
      "Content-Security-Policy": `default-src 'none'; script-src ${assets} 'wasm-unsafe-eval'; connect-src 'self'; frame-ancestors 'none'`,
    };
  }
  const room = path.split("/")[2] ?? "";
  const policy = [
    "default-src 'none'",
    `script-src ${assets}${SEALING.includes(room) ? " 'wasm-unsafe-eval'" : ""}`,
    `worker-src ${assets} ${origin}/sw.js`,
    `style-src ${assets}`,
    ...["img-src", "font-src", "connect-src", "manifest-src"].map((name) => `${name} 'self'`),
    ...["base-uri", "form-action", "frame-ancestors"].map((name) => `${name} 'none'`),
  ];
  return {
    ...kind,
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": `camera=(), microphone=(), geolocation=${LOCATING.includes(room) ? "(self)" : "()"}, payment=(), usb=(), browsing-topics=()`,
    "Content-Security-Policy": policy.join("; "),
  };
}
