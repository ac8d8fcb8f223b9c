/** The root that this device trusts, pinned at first sight, with the last bundle that it verified. Public facts only. */
import { replace, transact } from "../lib/database.ts";
import type { Device } from "../lib/device.ts";
import { RefusalError } from "../lib/errors.ts";
import { rejectAfter } from "../lib/time_limit.ts";

/** Each base64url. */
export type SignedBundle = { bundle: string; signature: string; root: string };
/** `serial`: none lower is accepted; `signed` is null when a higher one was learned of than was seen. */
export type Trust = { instance: string; fingerprint: string; serial: number; signed: SignedBundle | null };

const READ_WITHIN_MS = 10_000;

export class Pins {
  device: Device;
  trusted: Trust | null = null;

  constructor(device: Device) {
    this.device = device;
  }

  /** Null at first sight only; raises RefusalError when a pin may be there but cannot be read. */
  async trust(): Promise<Trust | null> {
    if (this.trusted) return this.trusted;
    const reading = this.device.opening.then((db) => db && transact(db, "trust", (rows) => rows.get("root")));
    const kept = await rejectAfter(READ_WITHIN_MS, reading).catch(() => {
      throw new RefusalError("connection");
    });
    return kept ?? null;
  }

  /**
   * Never replaces a pin by another, nor by an older bundle, whatever another tab does meanwhile. Raises RefusalError
   * when this device trusts another root or instance.
   */
  async keepTrust(trust: Trust) {
    const next = (kept: Trust | undefined) => newest(kept ?? this.trusted, trust);
    this.trusted = (await this.#replace(next)) ?? next(undefined);
    if (!same(this.trusted, trust)) throw new RefusalError("mismatch");
  }

  /** A newer bundle is in force than any that this device saw: what it kept is not good enough any more. */
  async learn(serial: number) {
    const next = (kept: Trust | undefined) => raised(kept ?? this.trusted, serial);
    this.trusted = (await this.#replace(next)) ?? next(undefined) ?? this.trusted;
  }

  #replace<T extends Trust | undefined>(next: (kept: Trust | undefined) => T) {
    return this.device.attempt((db) => replace(db, "trust", "root", next));
  }
}

function same(kept: Trust, trust: Trust) {
  return kept.fingerprint === trust.fingerprint && kept.instance === trust.instance;
}

/** Undefined when there is nothing to raise. */
function raised(kept: Trust | null, serial: number): Trust | undefined {
  return kept && kept.serial < serial ? { ...kept, serial, signed: null } : undefined;
}

function newest(kept: Trust | null, trust: Trust) {
  return kept && (!same(kept, trust) || kept.serial > trust.serial) ? kept : trust;
}
