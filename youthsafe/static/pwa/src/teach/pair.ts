import type { Action } from "./keys.ts";

/**
 * The two windows of one lesson on one computer: the one before the class and the one with the notes. They speak
 * through the browser itself; nothing is kept and nothing leaves the device.
 */
/**
 * `hello`: the notes ask how things stand; `do`: what they want done; the rest is how things stand before the class.
 */
export type Said = {
  hello?: true;
  do?: Action;
  at?: number;
  answer?: boolean;
  blank?: boolean;
  time?: string;
  over?: boolean;
  running?: boolean;
  /** What the teacher calls the people of the story, by the names in the text. */
  names?: ReadonlyMap<string, string>;
};

const PATIENCE_MS = 500;

export class Pair {
  /** Whether a window before the class answers: so it is taken at first, because that opened this one, until one is silent. */
  linked = true;

  #channel: BroadcastChannel | null = null;

  #waiting: ReturnType<typeof setTimeout> | undefined;

  /** `lesson`: windows of another lesson or language are none of its business. */
  constructor(lesson: string, heard: (said: Said) => void) {
    if (!("BroadcastChannel" in globalThis)) return;
    this.#channel = new BroadcastChannel(`youthsafe-lesson ${lesson}`);
    this.#channel.onmessage = ({ data }) => {
      if (data.at) this.linked = true;
      if (data.at) clearTimeout(this.#waiting);
      heard(data);
    };
  }

  say(said: Said) {
    this.#channel?.postMessage(said);
  }

  /** Ask the window before the class how things stand. */
  greet() {
    this.#wait(() => {});
    this.say({ hello: true });
  }

  /** Have the window before the class do something. */
  ask(action: Action, alone: () => void) {
    if (!this.linked) return alone();
    this.#wait(alone);
    this.say({ do: action });
  }

  /** One that does not answer is gone. */
  #wait(alone: () => void) {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => {
      this.linked = false;
      alone();
    }, PATIENCE_MS);
  }
}
