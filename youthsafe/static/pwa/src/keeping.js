/**
 * What the worker keeps: pages by their path, hashed files by their address, and for each part of a pack what came of it.
 * Every write may raise QuotaExceededError; what was there before stays.
 *
 * @import { State } from './cache-policy.js'
 */
import { ASSETS, BUNDLE, PAGES, STATE, assetsIn, due, localeOf } from "./cache-policy.js";

const NOTHING = /** @type {State} */ ({ etag: null, at: 0, addresses: [], assets: [] });

/**
 * The kept copy of a page.
 * @param {Request} request
 */
export async function kept(request) {
  return (await caches.open(PAGES)).match(new URL(request.url).pathname, { ignoreVary: true });
}

/**
 * Keep a page, once everything is there that it needs.
 * @param {Request} request
 * @param {Response} response
 */
export async function keep(request, response) {
  const path = new URL(request.url).pathname;
  const text = await response.clone().text();
  await addAssets(path === BUNDLE ? [] : assetsIn(text));
  await (await caches.open(PAGES)).put(path, response);
}

/** @param {Request} request */
export async function forget(request) {
  await (await caches.open(PAGES)).delete(new URL(request.url).pathname, { ignoreVary: true });
}

/**
 * A hashed file: the kept one, or the server's.
 * @param {Request} request
 */
export async function asset(request) {
  return await (await caches.open(ASSETS)).match(request.url, { ignoreVary: true }) ?? fetch(request);
}

/** The locales whose pages are kept. */
export async function keptLocales() {
  const keys = await (await caches.open(STATE)).keys();
  return keys.map(({ url }) => new URL(url).pathname).filter((path) => path.endsWith("/pages.json")).map(localeOf);
}

/**
 * Bring the parts of a locale up to date whose time has come.
 * @param {string} locale
 * @param {string} path  of the page that is being read
 * @returns {Promise<Set<string>>} the paths whose kept pages changed
 */
export async function renewDue(locale, path) {
  const states = new Map((await allStates()).map(([address, state]) => [address, state.at]));
  const changed = /** @type {string[]} */ ([]);
  for (const address of due({ locale, path, now: Date.now(), at: (each) => states.get(each) ?? 0 })) {
    changed.push(...await (address === BUNDLE ? renewBundle() : renewPart(address)));
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
    for (const address of assetsIn(await (await pages.match(request, { ignoreVary: true }))?.text() ?? "")) needed.add(address);
  }
  const assets = await caches.open(ASSETS);
  for (const request of await assets.keys()) {
    if (!needed.has(new URL(request.url).pathname)) await assets.delete(request, { ignoreVary: true });
  }
}

/**
 * Ask for one part of a pack and put its pages in the place of the old ones, files first: no page is ever kept without them.
 * @param {string} address
 * @returns {Promise<string[]>} the paths whose kept pages changed
 */
async function renewPart(address) {
  const known = await stateOf(address);
  const response = await fetch(address, { credentials: "omit" });
  if (!response.ok) throw new Error(`${address} answers ${response.status}`);
  const etag = response.headers.get("ETag");
  if (etag !== null && etag === known.etag) {
    await keepState(address, { ...known, at: Date.now() });
    return [];
  }
  const { pages } = /** @type {{pages: Record<string, {headers: Record<string, string>, body: string}>}} */ (await response.json());
  const assets = [...new Set(Object.values(pages).flatMap(({ body }) => assetsIn(body)))];
  await addAssets(assets);
  const changed = await putPages(pages);
  const addresses = Object.keys(pages);
  await keepState(address, { etag, at: Date.now(), addresses, assets });
  await deletePages(known.addresses.filter((each) => !addresses.includes(each)));
  return changed;
}

/** The team's signed keys: the report page checks them, whoever hands them over. */
async function renewBundle() {
  const response = await fetch(BUNDLE, { cache: "no-cache", credentials: "omit" });
  const request = new Request(BUNDLE);
  if (response.ok) await keep(request, response);
  else if (response.status === 404) await forget(request);
  else throw new Error(`${BUNDLE} answers ${response.status}`);
  await keepState(BUNDLE, { ...NOTHING, at: Date.now(), addresses: [BUNDLE] });
  return [];
}

/** @param {readonly string[]} addresses */
async function addAssets(addresses) {
  const assets = await caches.open(ASSETS);
  for (const address of addresses) {
    if (await assets.match(address, { ignoreVary: true })) continue;
    const response = await fetch(address, { credentials: "omit" });
    if (!response.ok) throw new Error(`${address} answers ${response.status}`);
    await assets.put(address, response);
  }
}

/** @param {Record<string, {headers: Record<string, string>, body: string}>} pages */
async function putPages(pages) {
  const cache = await caches.open(PAGES);
  const changed = [];
  for (const [path, { headers, body }] of Object.entries(pages)) {
    const before = await (await cache.match(path, { ignoreVary: true }))?.text();
    if (before === body) continue;
    await cache.put(path, new Response(body, { headers }));
    if (before !== undefined) changed.push(path);
  }
  return changed;
}

/** @param {readonly string[]} paths */
async function deletePages(paths) {
  const cache = await caches.open(PAGES);
  await Promise.all(paths.map((path) => cache.delete(path, { ignoreVary: true })));
}

/**
 * @param {string} address
 * @returns {Promise<State>}
 */
async function stateOf(address) {
  return await (await (await caches.open(STATE)).match(address))?.json() ?? NOTHING;
}

/**
 * @param {string} address
 * @param {State} state
 */
async function keepState(address, state) {
  await (await caches.open(STATE)).put(address, new Response(JSON.stringify(state)));
}

/** @returns {Promise<[string, State][]>} every part by its address */
async function allStates() {
  const addresses = (await (await caches.open(STATE)).keys()).map(({ url }) => new URL(url).pathname);
  return Promise.all(addresses.map(async (address) => /** @type {[string, State]} */ ([address, await stateOf(address)])));
}
