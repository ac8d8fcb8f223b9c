/** The words for what a card's fields hold. */
import { CATEGORIES, LEVELS } from "../../../crypto/card_fields.ts";
import { date } from "../../../lib/dates.ts";
import { _ } from "../../texts.ts";

type Level = (typeof LEVELS)[number];
type Category = (typeof CATEGORIES)[number];

const LEVEL_WORDS: Record<Level, () => string> = {
  u1: () => _("Now (U1)"),
  u2: () => _("Today (U2)"),
  u3: () => _("Soon (U3)"),
  u4: () => _("A place (U4)"),
};

const CATEGORY_WORDS: Record<Category, () => string> = {
  "sexual-exploitation": () => _("Sexual exploitation"),
  "criminal-exploitation": () => _("Criminal exploitation or county lines"),
  "harmful-sexual": () => _("Harmful sexual behaviour"),
  missing: () => _("Missing person"),
  violence: () => _("Serious youth violence"),
  knife: () => _("Knife or other weapon"),
  domestic: () => _("Domestic abuse"),
  hate: () => _("Hate"),
  selfharm: () => _("Self-harm or suicide"),
  online: () => _("Something online"),
  bullying: () => _("Bullying"),
  drugs: () => _("Drugs or alcohol"),
  neglect: () => _("Neglect or physical abuse"),
  trust: () => _("An adult in a position of trust"),
  place: () => _("A place that feels unsafe"),
  other: () => _("Something else"),
};

export const levels = (): [string, string][] => LEVELS.map((level) => [level, LEVEL_WORDS[level]()]);

export const categories = (): [string, string][] => CATEGORIES.map((each) => [each, CATEGORY_WORDS[each]()]);

export const levelWords = (level: string): string => levels().find(([code]) => code === level)?.[1] ?? _("Not set");

/** `codes`: with one space between. */
export function categoryWords(codes: string): string {
  const words = categories().flatMap(([code, name]) => (codes.split(" ").includes(code) ? [name] : []));
  if (words.length === 0) return _("Not set");
  return new Intl.ListFormat(document.documentElement.lang, { type: "unit" }).format(words);
}

/** A day as a field for days has it, in words. */
export const dayWords = (day: string): string => date(Date.parse(`${day}T12:00Z`));
