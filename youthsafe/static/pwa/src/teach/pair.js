/**
 * The two windows of one lesson on one computer: the one before the class and the one with the notes. They speak through the
 * browser itself; nothing is kept and nothing leaves the device.
 *
 * @import { Action } from './keys.js'
 * @typedef {{hello?: true, do?: Action, at?: number, answer?: boolean, blank?: boolean,
 *   time?: string, over?: boolean, running?: boolean}} Said
 *   `hello`: the notes ask how things stand; `do`: what they want done; the rest is how things stand before the class
 */

const PATIENCE_MS = 500;

export class Pair {
  /** @type {BroadcastChannel | null} */
  #channel = null;

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #waiting;

  /**
   * @param {string} lesson  windows of another lesson or language are none of its business
   * @param {(said: Said) => void} heard
   */
  constructor(lesson, heard) {
    /** Whether there is a window before the class that answers. */
    this.linked = false;
    if (!('BroadcastChannel' in globalThis)) return;
    this.#channel = new BroadcastChannel(`youthsafe-lesson ${lesson}`);
    this.#channel.onmessage = ({ data }) => {
      if (data.at) this.linked = true;
      if (data.at) clearTimeout(this.#waiting);
      heard(data);
    };
  }

  /** @param {Said} said */
  say(said) {
    this.#channel?.postMessage(said);
  }

  /**
   * Have the window before the class do something; one that does not answer is gone.
   * @param {Action} action
   * @param {() => void} alone
   */
  ask(action, alone) {
    if (!this.linked) return alone();
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => { this.linked = false; alone(); }, PATIENCE_MS);
    this.say({ do: action });
  }
}
