/**
 * The worker: events only. What may be kept, and for how long, is decided in cache-policy.js; what is kept lies in keeping.js.
 *
 * @import { Rule } from './cache-policy.js'
 * @typedef {ExtendableEvent & {tag: string}} SyncEvent
 */
import { OFFLINE, PATIENCE_MS, PAGES, STATE, isLocale, localeOf, outdated, ruleFor } from "./cache-policy.js";
import { SYNC } from "./app/waiting.js";
import { sendWaiting } from "./report/sending.js";
import { asset, forget, keep, kept, keptLocales, prune, renewDue } from "./keeping.js";

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

worker.addEventListener("install", (event) => event.waitUntil(prepare()));
worker.addEventListener("activate", (event) => event.waitUntil(begin()));
worker.addEventListener("message", (event) => event.waitUntil(told(event)));
worker.addEventListener("sync", (event) => {
  const sync = /** @type {SyncEvent} */ (event);
  if (sync.tag === SYNC) sync.waitUntil(send());
});
worker.addEventListener("fetch", (event) => {
  const rule = ruleFor(event.request, worker.location.origin);
  if (rule === null) return;
  if (event.request.mode === "navigate") event.waitUntil(opening());
  event.respondWith(rule === "asset" ? asset(event.request) : answer(rule, event));
});

/** There is a connection, and perhaps no page open. Raises an error while something waits, so that the browser tries again. */
async function send() {
  const { waits } = await sendWaiting(new URL("/api/v1/reports", worker.location.origin).href);
  if (waits) throw new Error("something waits");
}

/** A worker that keeps things in another shape takes over only once everything is there in its own shape. */
async function prepare() {
  const states = outdated(await caches.keys()).filter((name) => name.startsWith(STATE.replace(/\d+$/, "")));
  for (const name of states) {
    const addresses = (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname);
    const locales = new Set(addresses.map(localeOf).filter((tag) => tag !== "api" && isLocale(tag)));
    for (const locale of locales) await renewDue(locale, `/${locale}/`);
  }
  await worker.skipWaiting();
}

async function begin() {
  await Promise.all(outdated(await caches.keys()).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** When no page of ours is open, nothing needs the files of pages that are gone. */
async function opening() {
  const open = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (open.length === 0) await prune();
}

/**
 * A page at rest asks to have its locale kept, and hears what came of it: `renewed` when the page itself is not the newest now.
 * @param {ExtendableMessageEvent} event
 */
async function told({ data, source }) {
  if (data?.kind !== "keep" || !isLocale(data.locale) || !(source instanceof WindowClient)) return;
  const path = new URL(source.url).pathname;
  try {
    const changed = await renewDue(data.locale, path);
    source.postMessage({ kind: changed.has(path) ? "renewed" : "kept" });
  } catch (error) {
    source.postMessage({ kind: error instanceof DOMException && error.name === "QuotaExceededError" ? "no-room" : "failed" });
  }
}

/**
 * @param {Rule} rule
 * @param {FetchEvent} event
 * @returns {Promise<Response>}
 */
async function answer(rule, event) {
  const { request } = event;
  const copy = rule === "never" ? undefined : await kept(request);
  if (rule === "pack" && copy) return copy;
  try {
    const asked = fetch(request);
    if (rule === "fresh" || rule === "opened") event.waitUntil(asked.then((late) => follow(request, late.clone()), () => {}));
    const response = await within(copy ? PATIENCE_MS : 0, asked);
    return copy && isNoAnswer(response) ? copy : response;
  } catch (error) {
    return copy ?? await withoutSignal(request, error);
  }
}

/**
 * Whether a server or what stands before it could not say what was asked for: no better than no signal.
 * @param {Response} response
 */
function isNoAnswer({ status }) {
  return status === 429 || status >= 500;
}

/**
 * Keep what the network said instead of what it said before; what is gone there is gone here.
 * @param {Request} request
 * @param {Response} response
 */
async function follow(request, response) {
  if (response.status === 404 || response.status === 410) await forget(request);
  else if (response.ok && !response.redirected && new URL(request.url).search === "") await keep(request, response).catch(() => {});
}

/**
 * @param {Request} request
 * @param {unknown} error
 * @returns {Promise<Response>}
 */
async function withoutSignal(request, error) {
  if (request.mode !== "navigate") throw error;
  const [locale] = await keptLocales();
  if (new URL(request.url).pathname === "/" && locale) return Response.redirect(`/${locale}/`);
  const page = await (await caches.open(PAGES)).match(OFFLINE);
  if (!page) throw error;
  return page;
}

/**
 * Raises an error when an answer takes longer; 0 waits as long as the browser does.
 * @template T
 * @param {number} milliseconds
 * @param {Promise<T>} answer
 * @returns {Promise<T>}
 */
async function within(milliseconds, answer) {
  if (milliseconds === 0) return answer;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const tired = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error("slow")), milliseconds); });
  try {
    return /** @type {T} */ (await Promise.race([answer, tired]));
  } finally {
    clearTimeout(timer);
  }
}
