/** The pace of two calm minutes: in for four seconds, hold for two, out for six, ten times. */

const ROUND = [
  ["in", 4],
  ["hold", 2],
  ["out", 6],
] as const;
const ROUND_S = ROUND.reduce((sum, [, seconds]) => sum + seconds, 0);
export const LASTS_S = 10 * ROUND_S;

export type Phase = (typeof ROUND)[number][0];

/** What to do in a second, counted from 0, and how far to count by now; null once it is over. */
export function beatAt(second: number): { phase: Phase; count: number } | null {
  if (second >= LASTS_S) return null;
  let left = second % ROUND_S;
  for (const [phase, seconds] of ROUND) {
    if (left < seconds) return { phase, count: left + 1 };
    left -= seconds;
  }
  return null;
}

export type Beat = ReturnType<typeof beatAt>;

/** Tells each second what to do, and null at the end, also where it is stopped before. */
export class Breathing {
  private timer: ReturnType<typeof setInterval> | undefined;
  private began = 0;
  private told = -1;

  private readonly tell: (beat: Beat) => void;
  private readonly now: () => number;

  constructor(tell: (beat: Beat) => void, now = () => performance.now()) {
    this.tell = tell;
    this.now = now;
  }

  begin() {
    clearInterval(this.timer);
    this.began = this.now();
    this.told = -1;
    this.timer = setInterval(() => this.look(), 100);
    this.look();
  }

  stop() {
    clearInterval(this.timer);
    this.tell(null);
  }

  private look() {
    const second = Math.floor((this.now() - this.began) / 1000);
    if (second === this.told) return;
    this.told = second;
    const beat = beatAt(second);
    if (beat) this.tell(beat);
    else this.stop();
  }
}
