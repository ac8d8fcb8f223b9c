/**
 * Keyboard shortcuts. Whatever has one names its key by `aria-keyshortcuts`: a field is gone to, a link followed, a button
 * pressed. No key alone sends anything, and one switch takes all of them away (WCAG 2.2, 2.1.4).
 */
import { useLayoutEffect } from "preact/hooks";
import { letterOf } from "../lib/keyboard.ts";
import type { Desk } from "./session/desk.ts";

export const STORED = "desk-shortcuts";
export const OFF = "off";
const TYPED_INTO = 'input:not([type="checkbox"], [type="radio"]), textarea, select';
const LINES = '[data-report] [data-part="link"][href]';
const STEPS: Record<string, number> = { j: 1, k: -1 };

/** Whether they are in use in this browser. */
export function shortcutsAreOn(): boolean {
  try {
    return localStorage.getItem(STORED) !== OFF;
  } catch {
    return true;
  }
}

/** `help`: shows the page that lists them. Returns what ends it. */
export function followShortcuts(help: () => void): () => void {
  const follow = (event: KeyboardEvent) => {
    if (leavesField(event) || (isMeant(event) && acted(letterOf(event), help))) event.preventDefault();
  };
  document.addEventListener("keydown", follow);
  return () => document.removeEventListener("keydown", follow);
}

/** For a page, as long as it is shown; so whoever signs in does not wait for them. */
export function useShortcuts(desk: Desk): void {
  useLayoutEffect(() => followShortcuts(() => desk.go(desk.address("account/?keyboard"))), []);
}

/** Escape leaves a text, which stays: the next key is a key again. */
function leavesField({ key, target }: KeyboardEvent): boolean {
  if (key !== "Escape" || !(target instanceof HTMLTextAreaElement) || !shortcutsAreOn()) return false;
  target.blur();
  return true;
}

/** Not for a field that somebody types into, the browser, or a question above the page. */
function isMeant(event: KeyboardEvent): boolean {
  const { target } = event;
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return false;
  if (document.querySelector("dialog[open]")) return false;
  return !(target instanceof Element && target.matches(TYPED_INTO)) && shortcutsAreOn();
}

function acted(key: string, help: () => void): boolean {
  if (key === "?") help();
  else if (key in STEPS) return goToLine(STEPS[key] ?? 0);
  else return useElement(key);
  return true;
}

/** The next line of a list or the one before; the first where none has the focus. */
function goToLine(step: number): boolean {
  const lines = [...document.querySelectorAll<HTMLElement>(LINES)];
  const here = lines.findIndex((line) => line.matches(":focus"));
  const next = lines[here + step] ?? lines[Math.max(here, 0)];
  next?.focus();
  return next !== undefined;
}

function useElement(key: string): boolean {
  const named = document.querySelectorAll<HTMLElement>(`[aria-keyshortcuts="${CSS.escape(key)}"]`);
  const found = [...named].find((element) => element.closest("[hidden]") === null);
  if (found?.matches(TYPED_INTO)) found.focus();
  else found?.click();
  return found !== undefined;
}
