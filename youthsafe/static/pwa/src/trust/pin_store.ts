/** The one row of a database in which a browser keeps what it trusts. Public facts only. */
import { replace, transact } from "../lib/database.ts";

/** `identity`: of the root and the instance that a pin names; `newest`: of two that name the same. */
export interface Kept<P> {
  rows: string;
  identity: (pin: P) => string;
  newest: (kept: P, pin: P) => P;
}

export class PinStore<P> {
  readonly kept: Kept<P>;

  constructor(kept: Kept<P>) {
    this.kept = kept;
  }

  /** Undefined before the first one. */
  read(database: IDBDatabase): Promise<P | undefined> {
    return transact<P | undefined>(database, this.kept.rows, (rows) => rows.get("root"));
  }

  /** Read the pin and write what follows from it, whatever another tab does meanwhile; gives what was written. */
  replace<T extends P | undefined>(database: IDBDatabase, next: (kept: P | undefined) => T): Promise<T | undefined> {
    return replace(database, this.kept.rows, "root", next);
  }

  /**
   * What is to be kept of two: never another root or instance than before, and never what is older. `before`: a pin from
   * which root changes led to this one, and which it may replace.
   */
  follow(kept: P | null | undefined, pin: P, before: P | null = null): P {
    if (!kept) return pin;
    if (before && this.isSame(kept, before) && !this.isSame(kept, pin)) return pin;
    return this.isSame(kept, pin) ? this.kept.newest(kept, pin) : kept;
  }

  isSame(kept: P, pin: P): boolean {
    return this.kept.identity(kept) === this.kept.identity(pin);
  }
}
