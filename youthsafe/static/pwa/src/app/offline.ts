/**
 * Whether this site is kept on the phone. Nothing is kept before the page is at rest, and under Save-Data only after
 * the reader asked for it; a reader who does not want it is not asked again.
 */

import { SERVICE_WORKER } from "../lib/scripts.ts";

export type Outcome = "kept" | "renewed" | "no-room" | "failed";

const CHOICE = "offline";
const OURS = "youthsafe-";
const PATIENCE_MS = 120_000;

export const possible = () => "serviceWorker" in navigator && "caches" in globalThis;

/** Whether the reader, or the phone for its reader, asked sites to send little. */
export function saving() {
  return navigator.connection?.saveData === true || matchMedia("(prefers-reduced-data: reduce)").matches;
}

/** What the reader chose; null for nothing yet. */
export function choice(): "yes" | "no" | null {
  try {
    const stored = localStorage.getItem(CHOICE);
    return stored === "yes" || stored === "no" ? stored : null;
  } catch {
    return null;
  }
}

function choose(wanted: "yes" | "no") {
  try {
    localStorage.setItem(CHOICE, wanted);
  } catch {
    // Storage is switched off: the choice lasts as long as the page.
  }
}

/** Whether pages may be fetched that nobody opened yet. */
export const mayKeep = () => possible() && choice() !== "no" && (choice() === "yes" || !saving());

/** The worker, once it is there. */
async function worker() {
  const { serviceWorker } = navigator;
  await serviceWorker.register(SERVICE_WORKER, { scope: "/", updateViaCache: "none" });
  return (await serviceWorker.ready).active;
}

/** Have the worker keep pages that the reader chose, and no others. */
export async function take(paths: readonly string[]): Promise<Outcome> {
  try {
    const active = await worker();
    const { port1: answer, port2: asked } = new MessageChannel();
    return await new Promise((resolve) => {
      setTimeout(resolve, PATIENCE_MS, "failed");
      answer.onmessage = ({ data }) => resolve(data.kind);
      active?.postMessage({ kind: "take", paths }, [asked]);
    });
  } catch {
    return "failed";
  }
}

/** Whether all of these pages are on this device. */
export async function areKept(paths: readonly string[]) {
  const found = await Promise.all(paths.map((path) => caches.match(path, { ignoreVary: true })));
  return found.every((page) => page !== undefined);
}

/** Have the worker bring what it keeps of a locale up to date. */
export async function keep(locale: string): Promise<Outcome> {
  try {
    const active = await worker();
    const { serviceWorker } = navigator;
    return await new Promise((resolve) => {
      setTimeout(resolve, PATIENCE_MS, "failed");
      serviceWorker.addEventListener("message", ({ data }) => resolve(data.kind), { once: true });
      serviceWorker.startMessages();
      active?.postMessage({ kind: "keep", locale });
    });
  } catch {
    return "failed";
  }
}

/** The reader asks for it: also under Save-Data, and from now on. */
export async function keepAsAsked(locale: string) {
  choose("yes");
  return keep(locale);
}

/** Take everything that the worker keeps off this phone, and keep nothing from now on. */
export async function remove() {
  choose("no");
  const registration = await navigator.serviceWorker.getRegistration("/");
  await registration?.unregister();
  const names = (await caches.keys()).filter((name) => name.startsWith(OURS));
  await Promise.all(names.map((name) => caches.delete(name)));
}

/** Whether the pages of a locale are on this phone: */
export const isKept = (locale: string) => areKept([`/${locale}/`]);
