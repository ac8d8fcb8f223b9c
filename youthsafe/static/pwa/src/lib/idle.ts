/**
 * Notices that nobody has touched the page for a while, also after the machine has slept, and says so a minute before
 * it locks.
 */
const NOTICE = 60_000;

export class Idle {
  limit: number;
  lock: () => void;
  now: () => number;
  warn: (soon: boolean) => void;
  last: number;

  #warned = false;

  /** `limit`: milliseconds without input. `warn`: whether the page is about to lock. */
  constructor(limit: number, lock: () => void, now: () => number = Date.now, warn: (soon: boolean) => void = () => {}) {
    this.limit = limit;
    this.lock = lock;
    this.now = now;
    this.warn = warn;
    this.last = now();
  }

  /** Somebody is there. Input that comes after the limit does not count: the page locks first. */
  touch() {
    this.check();
    this.last = this.now();
    this.#tell(false);
  }

  check() {
    const left = this.last + this.limit - this.now();
    this.#tell(left > 0 && left <= NOTICE);
    if (left <= 0) this.lock();
  }

  #tell(soon: boolean) {
    if (this.#warned === soon) return;
    this.#warned = soon;
    this.warn(soon);
  }
}
