/** A clock for one part of a lesson. It counts down and then, below zero, says how far over. Times in milliseconds. */

const MINUTE = 60_000;

export class Timer {
  /** @param {() => number} now  a clock that never jumps, such as performance.now */
  constructor(now) {
    this.now = now;
    this.length = 0;
    this.used = 0;
    /** @type {number | null} when it was started, while it runs */
    this.since = null;
  }

  get running() {
    return this.since !== null;
  }

  get left() {
    return this.length - this.used - (this.since === null ? 0 : this.now() - this.since);
  }

  /**
   * Begin another part; a running clock goes on running.
   * @param {number} minutes
   */
  reset(minutes) {
    this.length = minutes * MINUTE;
    this.used = 0;
    if (this.running) this.since = this.now();
  }

  toggle() {
    if (this.since === null) {
      this.since = this.now();
    } else {
      this.used += this.now() - this.since;
      this.since = null;
    }
  }
}

/**
 * Whole minutes and seconds, of what is left or of what is over: 90_000 is 1 and 30.
 * @param {number} left
 * @returns {{minutes: number, seconds: number, over: boolean}}
 */
export function onTheClock(left) {
  const over = left < 0;
  const seconds = over ? Math.floor(-left / 1000) : Math.ceil(left / 1000);
  return { minutes: Math.floor(seconds / 60), seconds: seconds % 60, over: over && seconds > 0 };
}
