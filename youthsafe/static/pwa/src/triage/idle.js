/** Notices that nobody has touched the page for a while, also after the machine has slept. */
export class Idle {
  /**
   * @param {number} limit milliseconds without input
   * @param {() => void} lock
   * @param {() => number} [now]
   */
  constructor(limit, lock, now = Date.now) {
    this.limit = limit;
    this.lock = lock;
    this.now = now;
    this.last = now();
  }

  /** Somebody is there. Input that comes after the limit does not count: the page locks first. */
  touch() {
    this.check();
    this.last = this.now();
  }

  check() {
    if (this.now() - this.last >= this.limit) this.lock();
  }
}
