/**
 * Whether this page may seal, and to whom: the root is pinned at first sight, and a mismatch changes nothing and seals
 * nothing.
 */

import { kindOf } from "../lib/errors.ts";
import type { Weekly } from "../lib/london.ts";
import { abortAfter } from "../lib/time_limit.ts";
import type { Pins, SignedBundle, Trust } from "./pins.ts";

/** `address`: a second fingerprint, in the address, from which root changes must lead to the same root. */
export type Pin = { fingerprint: string; instance?: string; serial?: number; address?: string };
export type Team = { id: string; kind: number; staffed: boolean; name: string; languages: string[]; weekly: Weekly };
/** `rootChanged`: whether the root is another than this device knew, and the one that it knew has signed it. */
export type Accepted = {
  instance: string;
  fingerprint: string;
  serial: number;
  closedDays: number[];
  teams: Team[];
  rootChanged: boolean;
};
export type Trouble =
  | "connection"
  | "busy"
  | "closed"
  | "expired"
  | "mismatch"
  | "forged"
  | "no-crypto"
  | "no-wasm"
  | "worker";
export type Fetched = { signed: SignedBundle } | { trouble: "connection" | "busy" | "closed" | "forged" };
export type Verdict = { accepted: Accepted; trouble: null } | { accepted: null; trouble: Trouble };

const FINGERPRINT = /^[A-Za-z0-9_-]{43}$/;
const GIVE_UP_AFTER_MS = 10_000;

/** The root's fingerprint that a link or a poster carries. */
export function pinIn(hash: string): string | null {
  const value = hash.startsWith("#k=") ? hash.slice(3) : "";
  return FINGERPRINT.test(value) ? value : null;
}

/** Read the pin in the address and take it out of the address at once; one that comes later begins the page anew. */
export function takePin() {
  addEventListener("hashchange", () => {
    if (location.hash.startsWith("#k=")) location.reload();
  });
  const pin = pinIn(location.hash);
  if (location.hash.startsWith("#k=")) history.replaceState(null, "", location.pathname + location.search);
  return pin;
}

export function fetchBundle(address: string): Promise<Fetched> {
  return abortAfter(GIVE_UP_AFTER_MS, async (signal): Promise<Fetched> => {
    const response = await fetch(address, {
      cache: "no-cache",
      credentials: "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
      signal,
    });
    if (response.status === 404) return { trouble: "closed" };
    if (response.status === 429 || response.status === 503) return { trouble: "busy" };
    if (!response.ok) return { trouble: "connection" };
    return { signed: await response.json() };
  }).catch((error) => ({ trouble: error instanceof SyntaxError ? "forged" : "connection" }));
}

/** Decide what to hold a bundle against. `pinned`: in the address. */
export function pinFor(trust: Trust | null, pinned: string | null): Pin | undefined {
  if (!trust) return pinned ? { fingerprint: pinned } : undefined;
  const { fingerprint, instance, serial } = trust;
  const pin = { fingerprint, instance, serial };
  return pinned && pinned !== fingerprint ? { ...pin, address: pinned } : pin;
}

/**
 * Find a bundle that this device may trust: the server's newest, or the last one that was verified where there is no
 * connection, or a network on the way answers with a page of its own. `accept` raises an error whose `kind` is
 * a Trouble.
 */
export async function findTrust({
  pins,
  pinned,
  fetched,
  accept,
}: {
  pins: Pick<Pins, "trust" | "keepTrust">;
  pinned: string | null;
  fetched: () => Promise<Fetched>;
  accept: (signed: SignedBundle, pin: Pin | undefined) => Promise<Accepted>;
}): Promise<Verdict> {
  try {
    const trust = await pins.trust();
    const pin = pinFor(trust, pinned);
    const answer = await fetched();
    const signed = "signed" in answer ? answer.signed : answer.trouble === "closed" ? null : trust?.signed;
    if (!signed) return refused("trouble" in answer ? answer.trouble : "forged");
    const accepted = await accept(signed, pin);
    const { instance, fingerprint, serial } = accepted;
    await pins.keepTrust({ instance, fingerprint, serial, signed }, trust);
    return { accepted, trouble: null };
  } catch (error) {
    return refused(kindOf(error, "forged"));
  }
}

function refused(trouble: Trouble): Verdict {
  return { accepted: null, trouble };
}
