/** A clock for one part of a lesson. It counts down and then, below zero, says how far over. Times in milliseconds. */

const MINUTE = 60_000;

export class Timer {
  now: () => number;
  length = 0;
  used = 0;
  /** When it was started, while it runs. */
  since: number | null = null;

  /** `now`: a clock that never jumps, such as performance.now. */
  constructor(now: () => number) {
    this.now = now;
  }

  get running() {
    return this.since !== null;
  }

  get left() {
    return this.length - this.used - (this.since === null ? 0 : this.now() - this.since);
  }

  /** Begin another part; a running clock goes on running. */
  reset(minutes: number) {
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

/** Whole minutes and seconds, of what is left or of what is over: 90_000 is 1 and 30. */
export function onTheClock(left: number): { minutes: number; seconds: number; over: boolean } {
  const over = left < 0;
  const seconds = over ? Math.floor(-left / 1000) : Math.ceil(left / 1000);
  return { minutes: Math.floor(seconds / 60), seconds: seconds % 60, over: over && seconds > 0 };
}
