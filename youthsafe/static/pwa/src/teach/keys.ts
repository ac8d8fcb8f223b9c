/**
 * What a key does while slides are shown. A clicker is a keyboard with Page Up, Page Down and sometimes a full stop.
 */
import { letterOf } from "../lib/keyboard.ts";

const ACTIONS = ["next", "previous", "first", "last", "blank", "notes", "timer", "fullscreen", "end"] as const;
export type Action = (typeof ACTIONS)[number];
export type Press = {
  key: string;
  code: string;
  shiftKey?: boolean;
  ctrlKey?: boolean;
  altKey?: boolean;
  metaKey?: boolean;
};

/** The action that a button names. */
export const actionNamed = (name: string | undefined) => ACTIONS.find((each) => each === name) ?? null;

const NAMED: Record<string, Action> = {
  PageDown: "next",
  PageUp: "previous",
  Home: "first",
  End: "last",
  Escape: "end",
};

const LETTERS: Record<string, Action> = { b: "blank", ".": "blank", n: "notes", t: "timer", f: "fullscreen" };

/**
 * `letters`: whether they are in use; `onControl`: whether the space bar belongs to the button or link that
 * has the focus.
 */
export function actionOf(
  press: Press,
  { rightToLeft, letters, onControl }: { rightToLeft: boolean; letters: boolean; onControl: boolean },
): Action | null {
  const { key } = press;
  if (press.ctrlKey || press.altKey || press.metaKey) return null;
  if (key === " ") return onControl ? null : press.shiftKey ? "previous" : "next";
  if (key === "ArrowRight" || key === "ArrowLeft") return (key === "ArrowRight") === rightToLeft ? "previous" : "next";
  if (key in NAMED) return NAMED[key] ?? null;
  return letters ? (LETTERS[letterOf(press)] ?? null) : null;
}
