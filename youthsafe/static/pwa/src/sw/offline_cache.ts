/**
 * What the worker keeps: pages by their path, hashed files by their address, and for each part of a pack what came of
 * it. Every write may raise QuotaExceededError; what was there before stays. Nothing kept is believed: any script that
 * ever ran here could have written it.
 */

import type { State } from "./policy.ts";
import { ASSETS, assetsIn, BUNDLE, belongs, due, headersOf, isOurs, localeOf, PAGES, STATE } from "./policy.ts";
import { SUMS } from "./sums.ts";

const NOTHING: State = { at: 0, addresses: [], assets: [] };
/** Where the pages are noted that were open when this worker took over. */
const OPEN = "/open";
const HALF_A_SUM = 32;

/** The kept copy of a page, under headers of ours. */
export async function kept(path: string) {
  const copy = await bodyOf(path);
  return copy && new Response(copy, { headers: headersOf(path, location.origin) });
}

/** What a page is called by its content, as the server does. */
export async function etagOf(content: ArrayBuffer | Uint8Array<ArrayBuffer>) {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return `W/"${[...sum]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .slice(0, HALF_A_SUM)}"`;
}

/** Keep a page, once everything is there that it needs. */
export async function keep(path: string, text: string) {
  await addAssets(path === BUNDLE ? [] : assetsIn(text));
  await (await caches.open(PAGES)).put(path, new Response(text));
}

export async function forget(path: string) {
  await (await caches.open(PAGES)).delete(path, { ignoreVary: true });
}

/**
 * A hashed file: the kept one if it is what this release made, or the server's. Of another release only pages get one
 * that were open before this worker took over, and only what was kept by then.
 */
export async function asset(request: Request, client: string) {
  const path = new URL(request.url).pathname;
  const assets = await caches.open(ASSETS);
  const copy = await assets.match(path, { ignoreVary: true });
  if (!sumOf(path)) return copy && (await stateOf(OPEN)).addresses.includes(client) ? copy : fetch(request);
  const checked = copy && (await unchanged(path, copy));
  if (checked) return checked;
  const answer = await ofServer(path);
  if (copy) await assets.put(path, answer.clone());
  return answer;
}

/** Note which pages are open now. */
export async function noteOpen(clients: string[]) {
  await keepState(OPEN, { ...NOTHING, addresses: clients });
}

/** The locales whose pages are kept. */
export async function keptLocales() {
  const keys = await (await caches.open(STATE)).keys();
  return keys
    .map(({ url }) => new URL(url).pathname)
    .filter((path) => path.endsWith("/pages.json"))
    .map(localeOf);
}

/**
 * Bring the parts of a locale up to date whose time has come. `path`: of the page that is being read. Returns the paths
 * whose kept pages changed.
 */
export async function renewDue(locale: string, path: string): Promise<Set<string>> {
  const states = new Map((await allStates()).map(([address, state]) => [address, state.at]));
  const changed: string[] = [];
  for (const address of due({ locale, path, now: Date.now(), at: (each) => states.get(each) ?? 0 })) {
    changed.push(...(await (address === BUNDLE ? renewBundle() : renewPart(address))));
  }
  return new Set(changed);
}

/** Drop the hashed files that no kept page names. */
export async function prune() {
  const needed = new Set((await allStates()).flatMap(([, state]) => state.assets));
  const pages = await caches.open(PAGES);
  const inPacks = new Set((await allStates()).flatMap(([, state]) => state.addresses));
  for (const request of await pages.keys()) {
    if (inPacks.has(new URL(request.url).pathname)) continue;
    for (const address of assetsIn((await (await pages.match(request, { ignoreVary: true }))?.text()) ?? ""))
      needed.add(address);
  }
  const assets = await caches.open(ASSETS);
  for (const request of await assets.keys()) {
    if (!needed.has(new URL(request.url).pathname)) await assets.delete(request, { ignoreVary: true });
  }
}

/**
 * Ask for one part of a pack and put its pages in the place of the old ones, files first: no page is ever kept without
 * them. The server is told what is kept by a sum over just that: what was changed here is not what it has, and comes
 * anew. Returns the paths whose kept pages changed.
 */
async function renewPart(address: string): Promise<string[]> {
  const known = await stateOf(address);
  const etag = await etagOfPart(known.addresses);
  const response = await fetch(address, {
    cache: "no-store",
    credentials: "omit",
    headers: etag ? { "If-None-Match": etag } : {},
  });
  if (response.status === 304 && etag) {
    await keepState(address, { ...known, at: Date.now() });
    return [];
  }
  if (!response.ok) throw new Error(`${address} answers ${response.status}`);
  const pages = partOf(address, await response.json());
  const assets = [...new Set(Object.values(pages).flatMap(assetsIn))];
  await addAssets(assets);
  const changed = await putPages(pages);
  const addresses = Object.keys(pages);
  await keepState(address, { at: Date.now(), addresses, assets });
  await deletePages(known.addresses.filter((each) => !addresses.includes(each)));
  return changed;
}

/** The pages of a part by their paths; raises when one of them is not its own. */
function partOf(address: string, { pages }: { pages: Record<string, string> }) {
  const strange = Object.entries(pages).find(([path, text]) => !belongs(address, path, text));
  if (strange) throw new Error(`${address} holds what is not its own: ${strange[0]}`);
  return pages;
}

/** What the server calls a part that holds what is kept of it; null when nothing is. */
async function etagOfPart(addresses: readonly string[]) {
  const decoder = new TextDecoder();
  const pages = await Promise.all(addresses.map(async (path) => [path, decoder.decode(await bodyOf(path))]));
  return pages.length ? etagOf(new TextEncoder().encode(JSON.stringify({ pages: Object.fromEntries(pages) }))) : null;
}

/** The team's signed keys: the report page checks them, whoever hands them over. */
async function renewBundle() {
  const response = await fetch(BUNDLE, { cache: "no-store", credentials: "omit" });
  const text = await response.text();
  const ours = isOurs(BUNDLE, response.status, text);
  if (response.ok && ours) await keep(BUNDLE, text);
  else if (response.status === 404 && ours) await forget(BUNDLE);
  else throw new Error(`${BUNDLE} answers ${response.status}`);
  await keepState(BUNDLE, { ...NOTHING, at: Date.now(), addresses: [BUNDLE] });
  return [];
}

async function addAssets(addresses: readonly string[]) {
  const assets = await caches.open(ASSETS);
  for (const address of addresses) {
    const copy = await assets.match(address, { ignoreVary: true });
    if (!copy || !(await unchanged(address, copy))) await assets.put(address, await ofServer(address));
  }
}

/**
 * A hashed file from the server; an error when it is none of this release, or was changed on the way. The browser's own
 * cache may hold a changed one for a year, so it is passed by the second time.
 */
async function ofServer(path: string) {
  for (const cache of ["default", "reload"] as const) {
    const response = await fetch(path, { cache, credentials: "omit" });
    const checked = response.ok && (await unchanged(path, response));
    if (checked) return checked;
  }
  throw new Error(`${path} is not what this release made`);
}

/** A file under headers of ours if its content has the sum that this release gave its name; null if not. */
async function unchanged(path: string, response: Response) {
  const content = await response.arrayBuffer();
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  if (btoa(String.fromCharCode(...sum)) !== sumOf(path)) return null;
  return new Response(content, { headers: headersOf(path, location.origin) });
}

function sumOf(path: string) {
  return SUMS[path.slice("/assets/".length)];
}

async function putPages(pages: Record<string, string>) {
  const cache = await caches.open(PAGES);
  const changed = [];
  for (const [path, text] of Object.entries(pages)) {
    const before = await (await cache.match(path, { ignoreVary: true }))?.text();
    if (before === text) continue;
    await cache.put(path, new Response(text));
    if (before !== undefined) changed.push(path);
  }
  return changed;
}

async function bodyOf(path: string) {
  return (await (await caches.open(PAGES)).match(path, { ignoreVary: true }))?.arrayBuffer();
}

async function deletePages(paths: readonly string[]) {
  const cache = await caches.open(PAGES);
  await Promise.all(paths.map((path) => cache.delete(path, { ignoreVary: true })));
}

async function stateOf(address: string): Promise<State> {
  return (await (await (await caches.open(STATE)).match(address))?.json()) ?? NOTHING;
}

async function keepState(address: string, state: State) {
  await (await caches.open(STATE)).put(address, new Response(JSON.stringify(state)));
}

/** Every part by its address. */
async function allStates() {
  const addresses = (await (await caches.open(STATE)).keys()).map(({ url }) => new URL(url).pathname);
  return Promise.all(addresses.map(async (address): Promise<[string, State]> => [address, await stateOf(address)]));
}
