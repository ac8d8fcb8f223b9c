/** What a case card says: fields of text, in one order, each by its rule (docs/envelope.md section 6.7). */
import { type Bytes, concat, FormatError, lp, type Reader, u8, unb64, utf8 } from "./bytes.ts";
import { LONGEST_TEXT } from "./content.ts";
import { ID_LENGTH } from "./envelope.ts";

export const LEVELS = ["u1", "u2", "u3", "u4"] as const;
export const CATEGORIES = [
  "sexual-exploitation",
  "criminal-exploitation",
  "harmful-sexual",
  "missing",
  "violence",
  "knife",
  "domestic",
  "hate",
  "selfharm",
  "online",
  "bullying",
  "drugs",
  "neglect",
  "trust",
  "place",
  "other",
] as const;
export const OUTCOMES = [
  "advice",
  "referred",
  "school",
  "unreachable",
  "unwanted",
  "duplicate",
  "unfounded",
  "test",
] as const;
export const RECIPIENTS = ["mash", "hub", "school", "police", "lado", "other"] as const;
export const LONGEST_LINE = 120; // UTF-16 code units
export const LONGEST_RECEIPT = 60;
const MOST_REFERRALS = 8;
const MOST_LINKS = 16;
export const LONGEST_NAME = 60;
export const MOST_NAMES = 8;

const isOneOf =
  (codes: readonly string[]) =>
  (text: string): boolean =>
    codes.includes(text);

/** Codes in the order of the table, each at most once, with one space between. */
function isListOf(codes: readonly string[]) {
  return (text: string): boolean => {
    const places = text.split(" ").map((code) => codes.indexOf(code));
    return places.every((place, at) => place > (places[at - 1] ?? -1));
  };
}

const isLine = (text: string): boolean => text.length <= LONGEST_LINE && !text.includes("\n");

/** A day of the calendar, from 2000 to 2099. */
export const isDay = (text: string): boolean =>
  /^20[0-9]{2}-[0-9]{2}-[0-9]{2}$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text);

const isMonth = (text: string): boolean => /^20[0-9]{2}-(0[1-9]|1[0-2])$/.test(text);

const isCount = (text: string): boolean => /^(0|[1-9][0-9]{0,8})$/.test(text);

function isId(text: string): boolean {
  try {
    return unb64(text, ID_LENGTH).length === ID_LENGTH;
  } catch {
    return false;
  }
}

/** To whom, and the receipt where there is one; a line for each. */
function areReferrals(text: string): boolean {
  const lines = text.split("\n");
  return lines.length <= MOST_REFERRALS && lines.every(isReferral);
}

function isReferral(line: string): boolean {
  const [recipient = "", ...receipt] = line.split(" ");
  const words = receipt.join(" ");
  const isReceipt = words !== "" && words.length <= LONGEST_RECEIPT;
  return isOneOf(RECIPIENTS)(recipient) && (receipt.length === 0 || isReceipt);
}

/** Ids in ascending order, with one space between. */
function areLinks(text: string): boolean {
  const ids = text.split(" ");
  return ids.length <= MOST_LINKS && ids.every((id, at) => isId(id) && id > (ids[at - 1] ?? ""));
}

/** Whom or what somebody named; a line for each. */
export function areNames(text: string): boolean {
  const names = text.split("\n");
  return names.length <= MOST_NAMES && names.every((name) => name !== "" && name.length <= LONGEST_NAME);
}

interface Rule {
  number: number;
  fits: (text: string) => boolean;
}

/**
 * Up to `named`: how things stand after the entry. `note` and `signs` are said by one entry alone; the last two stand in an
 * outcome slip only.
 */
const RULES = {
  level: { number: 1, fits: isOneOf(LEVELS) },
  categories: { number: 2, fits: isListOf(CATEGORIES) },
  summary: { number: 3, fits: isLine },
  step: { number: 4, fits: isLine },
  day: { number: 5, fits: isDay },
  wait: { number: 6, fits: isDay },
  handed: { number: 7, fits: isId },
  referrals: { number: 8, fits: areReferrals },
  links: { number: 9, fits: areLinks },
  outcome: { number: 10, fits: isOneOf(OUTCOMES) },
  named: { number: 11, fits: areNames },
  note: { number: 32, fits: (text: string) => text.length <= LONGEST_TEXT },
  signs: { number: 33, fits: (text: string) => isCount(text) && text !== "0" },
  month: { number: 48, fits: isMonth },
  minutes: { number: 49, fits: isCount },
} as const satisfies Record<string, Rule>;

export type FieldName = keyof typeof RULES;
/** A field that is not there says nothing. */
export type Fields<Name extends FieldName = FieldName> = Partial<Record<Name, string>>;

export const STANDING = [
  "level",
  "categories",
  "summary",
  "step",
  "day",
  "wait",
  "handed",
  "referrals",
  "links",
  "outcome",
  "named",
] as const;
export const CARD = [...STANDING, "note", "signs"] as const;
export const SLIP = ["level", "categories", "outcome", "month", "minutes"] as const;
const EVERY = [...CARD, "month", "minutes"] as const;
export type StandingName = (typeof STANDING)[number];
export type CardName = (typeof CARD)[number];
export type SlipName = (typeof SLIP)[number];

function checkFields(fields: Fields): void {
  for (const name of EVERY) if (fields[name] !== undefined) checkField(name, fields[name]);
  if ((fields.step === undefined) !== (fields.day === undefined)) throw new FormatError("a next step without its day");
}

function checkField(name: FieldName, text: string): void {
  if (text === "" || !RULES[name].fits(text)) throw new FormatError(`a ${name} that breaks its rule`);
}

/** `names`: those that this object may have, in ascending order; throws FormatError when a rule is broken. */
export function encodeFields<Name extends FieldName>(names: readonly Name[], fields: Fields<Name>): Bytes {
  checkFields(fields);
  return concat(...names.flatMap((name) => written(name, fields[name])));
}

const written = (name: FieldName, text: string | undefined): Bytes[] =>
  text === undefined ? [] : [u8(RULES[name].number), lp(utf8(text))];

/** Read to the last byte; throws FormatError. */
export function readFields<Name extends FieldName>(names: readonly Name[], reader: Reader): Fields<Name> {
  const fields: Fields<Name> = {};
  let last = 0;
  while (!reader.done) {
    const number = reader.u8();
    const name = names.find((each) => RULES[each].number === number);
    if (!name || number <= last) throw new FormatError("an unknown field, or fields that do not ascend");
    fields[name] = reader.text();
    last = number;
  }
  checkFields(fields);
  return fields;
}
