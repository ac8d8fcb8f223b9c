/** The root that this device trusts, pinned at first sight, with the last bundle that it verified. Public facts only. */
import type { Device } from "../lib/device.ts";
import { RefusalError } from "../lib/errors.ts";
import { rejectAfter } from "../lib/time_limit.ts";
import { PinStore } from "./pin_store.ts";

/** Each base64url. `root_changes`: how pins come to the root, oldest first. */
export type SignedBundle = { bundle: string; signature: string; root: string; root_changes?: string[] };
/** `serial`: none lower is accepted; `signed` is null when a higher one was learned of than was seen. */
export type Trust = { instance: string; fingerprint: string; serial: number; signed: SignedBundle | null };

const READ_WITHIN_MS = 10_000;

const store = new PinStore<Trust>({
  rows: "trust",
  identity: ({ fingerprint, instance }) => `${fingerprint} ${instance}`,
  newest: (kept, trust) => (kept.serial > trust.serial ? kept : trust),
});

export class Pins {
  device: Device;
  trusted: Trust | null = null;

  constructor(device: Device) {
    this.device = device;
  }

  /** Null at first sight only; raises RefusalError when a pin may be there but cannot be read. */
  async trust(): Promise<Trust | null> {
    if (this.trusted) return this.trusted;
    const reading = this.device.opening.then((db) => db && store.read(db));
    const kept = await rejectAfter(READ_WITHIN_MS, reading).catch(() => {
      throw new RefusalError("connection");
    });
    return kept ?? null;
  }

  /**
   * Never replaces a pin by another, nor by an older bundle, whatever another tab does meanwhile; but a pin from which
   * root changes led to this one, `before`. Raises RefusalError when this device trusts another root or instance.
   */
  async keepTrust(trust: Trust, before: Trust | null = null) {
    const next = (kept: Trust | undefined) => store.follow(kept ?? this.trusted, trust, before);
    this.trusted = (await this.#replace(next)) ?? next(undefined);
    if (!store.isSame(this.trusted, trust)) throw new RefusalError("mismatch");
  }

  /** A newer bundle is in force than any that this device saw: what it kept is not good enough any more. */
  async learn(serial: number) {
    const next = (kept: Trust | undefined) => raised(kept ?? this.trusted, serial);
    this.trusted = (await this.#replace(next)) ?? next(undefined) ?? this.trusted;
  }

  #replace<T extends Trust | undefined>(next: (kept: Trust | undefined) => T) {
    return this.device.attempt((db) => store.replace(db, next));
  }
}

/** Undefined when there is nothing to raise. */
function raised(kept: Trust | null, serial: number): Trust | undefined {
  return kept && kept.serial < serial ? { ...kept, serial, signed: null } : undefined;
}
