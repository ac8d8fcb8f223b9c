/** Whether somebody has the recovery kit on paper: three of its words are typed from there. */
import { signal } from "@preact/signals";

const COUNT = 3;

/** Three different places of so many, in ascending order. */
function somePlaces(of: number): number[] {
  const places = new Set<number>();
  while (places.size < COUNT) places.add(Math.floor(Math.random() * of));
  return [...places].sort((one, other) => one - other);
}

export class KitCheck {
  /** Whether the sheet is away, and the words are asked for. */
  readonly asks = signal(false);
  /** Which words are asked for, from 0. */
  readonly places = signal<readonly number[]>([]);
  readonly typed = signal<readonly string[]>([]);
  /** The places whose word was another. */
  readonly wrong = signal<readonly number[]>([]);

  /** Put the sheet away and ask. */
  ask(words: readonly string[]): void {
    this.places.value = somePlaces(words.length);
    this.typed.value = this.places.value.map(() => "");
    this.wrong.value = [];
    this.asks.value = true;
  }

  show(): void {
    this.asks.value = false;
  }

  type(at: number, text: string): void {
    this.typed.value = this.typed.value.map((each, place) => (place === at ? text : each));
  }

  check(words: readonly string[]): boolean {
    const said = this.typed.value.map((each) => each.trim().toLowerCase());
    this.wrong.value = this.places.value.filter((place, at) => words[place] !== said[at]);
    return this.wrong.value.length === 0;
  }
}
