/**
 * The worker: events only. What may be kept, and for how long, is decided in policy.ts; what is kept lies in
 * offline_cache.ts.
 */

import { DESK, REPORTS } from "../generated/routes.ts";
import { alertWords } from "../lib/alert_words.ts";
import { rejectAfter } from "../lib/time_limit.ts";
import { SYNC } from "../outbox/mark.ts";
import { sendWaiting } from "../outbox/sending.ts";
import { asset, etagOf, forget, keep, kept, keptLocales, noteOpen, prune, renewDue } from "./offline_cache.ts";
import type { Rule } from "./policy.ts";
import { isLocale, isOurs, localeOf, OFFLINE, outdated, PATIENCE_MS, ruleFor, ruleOf, STATE } from "./policy.ts";

/** What the network said; a redirect has no text. */
export type Said = { response: Response; text: string; ours: boolean };

declare const self: ServiceWorkerGlobalScope;
const worker = self;

worker.addEventListener("install", (event) => event.waitUntil(prepare()));
worker.addEventListener("activate", (event) => event.waitUntil(begin()));
worker.addEventListener("message", (event) => event.waitUntil(told(event)));
worker.addEventListener("sync", (event) => {
  if (event.tag === SYNC) event.waitUntil(send());
});
worker.addEventListener("push", (event) => event.waitUntil(tellStaff()));
worker.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(goToDesk());
});
worker.addEventListener("fetch", (event) => {
  const rule = ruleFor(event.request, worker.location.origin);
  if (rule === null) return;
  if (event.request.mode === "navigate") event.waitUntil(opening());
  event.respondWith(rule === "asset" ? asset(event.request, event.clientId) : answer(rule, event));
});

/**
 * There is a connection, and perhaps no page open. Raises an error while something waits, so that the browser tries
 * again.
 */
async function send() {
  const { waits } = await sendWaiting(new URL(REPORTS, worker.location.origin).href);
  if (waits) throw new Error("something waits");
}

/** Only the desk ever asks to be woken, and browsers want something to be shown each time. */
async function tellStaff() {
  await worker.registration.showNotification((await alertWords()) ?? "!", { tag: "desk" });
}

async function goToDesk() {
  const open = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const desk = open.find(({ url }) => new URL(url).pathname.startsWith(DESK));
  await (desk ? desk.focus() : worker.clients.openWindow(DESK));
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
  const open = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  await noteOpen(open.map(({ id }) => id));
  await worker.clients.claim();
}

/** When no page of ours is open, nothing needs the files of pages that are gone. */
async function opening() {
  const open = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (open.length === 0) await prune();
}

/**
 * A page at rest asks to have its locale kept, and hears what came of it: `renewed` when the page itself is not the
 * newest now.
 */
async function told({ data, source, ports: [port] }: ExtendableMessageEvent) {
  if (data?.kind === "take") port?.postMessage({ kind: await take(data.paths) });
  if (data?.kind !== "keep" || !isLocale(data.locale) || !(source instanceof WindowClient)) return;
  const path = new URL(source.url).pathname;
  try {
    const changed = await renewDue(data.locale, path);
    source.postMessage({ kind: changed.has(path) ? "renewed" : "kept" });
  } catch (error) {
    source.postMessage({ kind: whyNot(error) });
  }
}

const whyNot = (error: unknown) =>
  error instanceof DOMException && error.name === "QuotaExceededError" ? "no-room" : "failed";

/** Somebody wants pages that they have not opened: only such as may be kept once they are. */
async function take(paths: readonly string[]) {
  try {
    for (const path of paths.filter((each) => ruleOf(each) === "opened")) {
      const { response, text, ours } = await ask(new Request(path), path, undefined);
      if (!ours || !response.ok) throw new Error(`${path} answers ${response.status}`);
      await keep(path, text);
    }
    return "kept";
  } catch (error) {
    return whyNot(error);
  }
}

async function answer(rule: Rule, event: FetchEvent): Promise<Response> {
  const { request } = event;
  const { pathname: path } = new URL(request.url);
  const copy = rule === "never" ? undefined : await kept(path);
  if (rule === "pack" && copy) return copy;
  try {
    if (rule === "never") return await fetch(request);
    const asked = ask(request, path, copy?.clone());
    if (rule !== "pack")
      event.waitUntil(
        asked.then(
          (late) => follow(request, path, late),
          () => {},
        ),
      );
    const said = await (copy ? rejectAfter(PATIENCE_MS, asked) : asked);
    return copy && !saysSomething(said) ? copy : said.response;
  } catch (error) {
    return copy ?? (await withoutSignal(request, error));
  }
}

/**
 * Ask the server itself: what the browser's own cache holds may have been put there for a year. What is kept need not
 * come again.
 */
async function ask({ url }: Request, path: string, copy: Response | undefined): Promise<Said> {
  const held = copy && new URL(url).search === "" ? await copy.clone().arrayBuffer() : null;
  const response = await fetch(url, {
    cache: "no-store",
    credentials: "omit",
    redirect: "manual",
    headers: held ? { "If-None-Match": await etagOf(held) } : {},
  });
  if (copy && held && response.status === 304)
    return { response: copy, text: new TextDecoder().decode(held), ours: true };
  const text = await response.clone().text();
  return { response, text, ours: isOurs(path, response.status, text) };
}

/**
 * Whether the network knew better than a kept copy: not when a server or what stands before it could not say what was
 * asked for, nor when a filter answered in the server's place. A redirect is a portal's way to ask for a sign-in,
 * without which nothing comes.
 */
function saysSomething({ response: { status, type }, ours }: Said) {
  return type === "opaqueredirect" || (ours && status !== 429 && status < 500);
}

/** Keep what the network said instead of what it said before; what is gone there is gone here. */
async function follow({ url }: Request, path: string, { response, text, ours }: Said) {
  if (!ours) return;
  if (response.status === 404 || response.status === 410) await forget(path);
  else if (response.ok && new URL(url).search === "") await keep(path, text).catch(() => {});
}

async function withoutSignal(request: Request, error: unknown): Promise<Response> {
  if (request.mode !== "navigate") throw error;
  const [locale] = await keptLocales();
  if (new URL(request.url).pathname === "/" && locale) return Response.redirect(`/${locale}/`);
  const page = await kept(OFFLINE);
  if (!page) throw error;
  return page;
}
