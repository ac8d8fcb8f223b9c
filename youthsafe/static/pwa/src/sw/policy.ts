/**
 * What the worker may keep, and for how long: the browser's half of what routes declare, with which tests compare it.
 * Nothing here touches a cache or the network.
 *
 * - never: left to the network, and never kept
 * - pack: the kept copy first; it is renewed with the whole pack
 * - fresh: the network first; the kept copy when there is no signal
 * - opened: as fresh, but kept only once somebody opened it
 */
import {
  BUNDLE,
  GEOLOCATION,
  PAGES as PAGES_OF_A_LOCALE,
  PLACES,
  PRIVATE,
  RULES,
  type Rule,
  WASM,
  WORKER,
} from "../generated/routes.ts";

import { ASSETS, PAGES, STATE } from "./format.ts";

export { BUNDLE, OFFLINE, type Rule } from "../generated/routes.ts";
export { ASSETS, FORMAT, PAGES, STATE } from "./format.ts";

/** Of one part; `at` in milliseconds. */
export type State = { at: number; addresses: string[]; assets: string[] };

/** How long the network may take while a kept copy waits. */
export const PATIENCE_MS = 3_000;

const MINUTE = 60_000;
const SOON = 5 * MINUTE;
const DAY = 24 * 60 * MINUTE;
const PREFIX = "youthsafe-";
/** Pages and files that stand under no locale and belong to every pack. */
const UNLOCALISED = new Set(
  RULES.filter(([pattern, rule]) => rule === "pack" && !pattern.includes("*")).map(([pattern]) => pattern),
);
const LOCALE = /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;
// Icons are for the home screen, which keeps them itself. A mailbox can only be opened with a signal, so its reader (data-reader) is not worth its weight in the pack; nor is the proof of work (data-proof-worker), which a server asks for.
const ASSET = /\b(?:src|href|data-sealer)="(\/assets\/[^"#]+\.(?:js|css))["#]/g;

/** Whether a tag may be part of an address. */
export function isLocale(tag: unknown): tag is string {
  return typeof tag === "string" && LOCALE.test(tag);
}

/** The rule for a path of this site. */
export function ruleOf(path: string): Rule {
  return RULES.find(([pattern]) => fits(pattern, path))?.[1] ?? "never";
}

function fits(pattern: string, path: string) {
  const wanted = pattern.split("/");
  const parts = path.split("/");
  return wanted.length === parts.length && agree(wanted, parts);
}

/** Whether a path begins with all parts of a pattern that ends in a slash. */
function begins(pattern: string, path: string) {
  return agree(pattern.split("/").slice(0, -1), path.split("/"));
}

function agree(wanted: readonly string[], parts: readonly string[]) {
  return wanted.every((each, place) => {
    const part = parts[place];
    if (each !== "*") return each === part;
    return place === 1 ? isLocale(part) && !PRIVATE.includes(part) : part !== undefined && part !== "";
  });
}

/** What to do with a request; null leaves it to the browser. */
export function ruleFor(
  { method, url, mode }: { method: string; url: string; mode: string },
  origin: string,
): Rule | "asset" | null {
  const { origin: asked, pathname } = new URL(url);
  if (method !== "GET" || asked !== origin) return null;
  if (pathname.startsWith("/assets/")) return "asset";
  const rule = ruleOf(pathname);
  if (mode === "navigate") return rule === "never" && isPrivate(pathname) ? null : rule;
  return rule === "never" || pathname.endsWith("/") ? null : rule;
}

function isPrivate(path: string) {
  return PRIVATE.includes(path.split("/")[1] ?? "");
}

/** The addresses of a locale's two parts. */
export function partsOf(locale: string) {
  return { pages: PAGES_OF_A_LOCALE.replace("*", locale), places: PLACES.replace("*", locale) };
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
  const waits = { [pages]: SOON, [places]: ruleOf(path) === "fresh" ? SOON : DAY, [BUNDLE]: DAY };
  return Object.entries(waits)
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
  const inside = path.startsWith(`/${locale}/`) || (rule === "pack" && UNLOCALISED.has(path));
  return inside && ruleOf(path) === rule && typeof text === "string" && isOurs(path, 200, text);
}

const TYPES: Record<string, string> = {
  js: "text/javascript",
  css: "text/css",
  svg: "image/svg+xml",
  webmanifest: "application/manifest+json",
};

/** What kind of content an address has. */
function typeOf(path: string) {
  if (path === BUNDLE) return "application/json";
  const [, ending] = /\.([a-z]+)$/.exec(path) ?? [];
  return ending ? (TYPES[ending] ?? "") : "text/html";
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
  const wasm = WASM.some((pattern) => begins(pattern, path));
  const geolocation = GEOLOCATION.some((pattern) => begins(pattern, path));
  const policy = [
    "default-src 'none'",
    `script-src ${assets}${wasm ? " 'wasm-unsafe-eval'" : ""}`,
    `worker-src ${assets} ${origin}${WORKER}`,
    `style-src ${assets}`,
    ...["img-src", "font-src", "connect-src", "manifest-src"].map((name) => `${name} 'self'`),
    ...["base-uri", "form-action", "frame-ancestors"].map((name) => `${name} 'none'`),
  ];
  return {
    ...kind,
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": `camera=(), microphone=(), geolocation=${geolocation ? "(self)" : "()"}, payment=(), usb=(), browsing-topics=()`,
    "Content-Security-Policy": policy.join("; "),
  };
}
