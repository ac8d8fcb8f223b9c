/** Notices that nobody has touched the page for a while, also after the machine has slept, and says so a minute before it locks. */
const NOTICE = 60_000;

export class Idle {
  #warned = false;

  /**
   * @param {number} limit milliseconds without input
   * @param {() => void} lock
   * @param {() => number} [now]
   * @param {(soon: boolean) => void} [warn]  whether the page is about to lock
   */
  constructor(limit, lock, now = Date.now, warn = () => {}) {
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

  /** @param {boolean} soon */
  #tell(soon) {
    if (this.#warned === soon) return;
    this.#warned = soon;
    this.warn(soon);
  }
}
