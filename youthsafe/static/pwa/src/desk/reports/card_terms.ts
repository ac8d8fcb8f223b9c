/** The words for what a card's fields hold. */
import type { ComponentChild } from "preact";
import { CATEGORIES, LEVELS, OUTCOMES, RECIPIENTS } from "../../crypto/card_fields.ts";
import { date } from "../../lib/dates.ts";
import { _ } from "../texts.ts";

type Level = (typeof LEVELS)[number];
type Category = (typeof CATEGORIES)[number];
type Recipient = (typeof RECIPIENTS)[number];
type Outcome = (typeof OUTCOMES)[number];

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

const OUTCOME_WORDS: Record<Outcome, () => string> = {
  advice: () => _("Advice given"),
  referred: () => _("Referred"),
  school: () => _("Passed to the school"),
  unreachable: () => _("No contact possible"),
  unwanted: () => _("Nothing more wanted"),
  duplicate: () => _("The same as another report"),
  unfounded: () => _("No concern found"),
  test: () => _("A prank or a test"),
};

const RECIPIENT_WORDS: Record<Recipient, () => string> = {
  mash: () => _("Children’s social care (MASH)"),
  hub: () => _("The hub for children at risk"),
  school: () => _("A school’s safeguarding lead"),
  police: () => _("The police"),
  lado: () => _("The officer for adults who work with children (LADO)"),
  other: () => _("Somebody else"),
};

export const levels = (): [string, string][] => LEVELS.map((level) => [level, LEVEL_WORDS[level]()]);

export const categories = (): [string, string][] => CATEGORIES.map((each) => [each, CATEGORY_WORDS[each]()]);

export const outcomes = (): [string, string][] => OUTCOMES.map((each) => [each, OUTCOME_WORDS[each]()]);

export const recipients = (): [string, string][] => RECIPIENTS.map((each) => [each, RECIPIENT_WORDS[each]()]);

const wordsOf = (codes: readonly [string, string][], wanted: string): string =>
  codes.find(([code]) => code === wanted)?.[1] ?? _("Not set");

export const levelWords = (level: string): string => wordsOf(levels(), level);

export const outcomeWords = (outcome: string): string => wordsOf(outcomes(), outcome);

/** `codes`: with one space between. */
export function categoryWords(codes: string): string {
  const words = categories().flatMap(([code, name]) => (codes.split(" ").includes(code) ? [name] : []));
  if (words.length === 0) return _("Not set");
  return inWords(words);
}

export const inWords = (words: readonly string[]): string =>
  new Intl.ListFormat(document.documentElement.lang, { type: "unit" }).format(words);

/** A day as a field for days has it, in words. */
export const dayWords = (day: string): string => date(Date.parse(`${day}T12:00Z`));

/** To whom, and the number that they gave; empty where there is none yet. */
export interface Referral {
  to: string;
  receipt: string;
}

export const referralsOf = (lines: string): Referral[] =>
  lines.split("\n").flatMap((line) => {
    const [to = "", ...receipt] = line.split(" ");
    return to ? [{ to, receipt: receipt.join(" ") }] : [];
  });

/** As a card keeps them. */
export const linesOf = (referrals: readonly Referral[]): string =>
  referrals.map(({ to, receipt }) => (receipt.trim() ? `${to} ${receipt}` : to)).join("\n");

export const recipientWords = (to: string): string => wordsOf(recipients(), to);

export function referralWords({ to, receipt }: Referral): ComponentChild {
  const name = recipientWords(to);
  if (!receipt) return _("Referred to %(name)s, no receipt yet", { name });
  return _("Referred to %(name)s, receipt %(receipt)s", { name, receipt });
}
