/** What is inside the seal: the answers of a report, or the text of a message (docs/envelope.md section 3). */

import type { Bytes } from "./bytes.ts";
import { concat, FormatError, isLanguageTag, isZero, lp, Reader, u8, u32, utf8 } from "./bytes.ts";

/** Fields strictly ascending, no empty text. */
export type Answer = { field: number; text: string };
export type Report = { hour: number; mailboxKeyHash: Bytes; auth: Bytes; locale: string; answers: Answer[] };
/**
 * Its number and the hash of the one before it in its own direction; how many of the other direction were seen, and the
 * hash of the newest of them; in an answer, the newest bundle's serial.
 */
export type Links = { number: number; previous: Bytes; seen: number; other: Bytes; serial: number };
export type Message = Links & { hour: number; mac: Bytes; locale: string; text: string };

const KIND_REPORT = 1;
const KIND_MESSAGE = 2;
const HASH_LENGTH = 32;
const MS_PER_HOUR = 3_600_000;
export const LONGEST_TEXT = 1500;
const LONGEST_DETAIL = 300;
const LONGEST_SCHOOL = 120;
export const LAST_HOUR = 2_400_000_000; // since 1970: no date lies behind it (ECMA-262, section 21.4.1.1)

/** A field's rule: the codes of which one or a list may be given, or how long its text may be in UTF-16 code units. */
const SURENESS = { one: ["yes", "no", "unsure"] };
const FIELDS: Record<number, { one?: string[]; list?: string[]; longest?: number }> = {
  1: SURENESS,
  2: { list: ["me", "friend", "sibling", "child", "adult", "place"] },
  3: {
    list: [
      "bullying",
      "fighting",
      "knife",
      "home",
      "touching",
      "pictures",
      "online",
      "pressure",
      "drugs",
      "hate",
      "missing",
      "feelings",
      "selfharm",
      "place",
      "other",
    ],
  },
  4: { longest: LONGEST_TEXT },
  5: { list: ["school", "home", "online", "street", "park", "bus", "shop", "other"] },
  6: { longest: LONGEST_DETAIL },
  7: { one: ["now", "today", "week", "longer", "unsure"] },
  8: SURENESS,
  9: { longest: LONGEST_DETAIL },
  10: { longest: LONGEST_DETAIL },
  11: { list: ["child", "group", "home", "trust", "adult", "unsure"] },
  12: SURENESS,
  13: { longest: LONGEST_SCHOOL },
  14: { one: ["tell", "ask", "listen"] },
};

/** The hour of a moment in milliseconds since 1970. */
export const hourOf = (milliseconds: number) => Math.floor(milliseconds / MS_PER_HOUR);

/** Whether somebody is in danger now. */
export const isUrgent = ({ answers }: Report) => answers.some(({ field, text }) => field === 1 && text === "yes");

function checkAnswers(answers: Answer[]) {
  answers.forEach((answer, at) => {
    if (answer.field <= (answers[at - 1]?.field ?? -1)) throw new FormatError("fields that do not ascend");
    checkAnswer(answer);
  });
}

function checkAnswer({ field, text }: Answer) {
  const rule = FIELDS[field];
  if (!rule) throw new FormatError("an unknown field");
  if (text === "") throw new FormatError("an empty answer");
  if (rule.longest && text.length > rule.longest) throw new FormatError("too long a text");
  if (rule.one && !rule.one.includes(text)) throw new FormatError("an unknown code");
  if (rule.list && !isList(text, rule.list)) throw new FormatError("not a list of codes in their order");
}

function isList(text: string, codes: string[]) {
  const places = text.split(" ").map((code) => codes.indexOf(code));
  return places.every((place, at) => place > (places[at - 1] ?? -1));
}

function checkLocale(locale: string) {
  if (!isLanguageTag(locale)) throw new FormatError("not a lower-case language tag");
}

function checkReport({ mailboxKeyHash, auth, locale, answers }: Report) {
  if (mailboxKeyHash.length !== HASH_LENGTH || auth.length !== HASH_LENGTH) throw new FormatError("another length");
  if (isZero(mailboxKeyHash) !== isZero(auth)) throw new FormatError("half a mailbox");
  checkLocale(locale);
  checkAnswers(answers);
}

/** Both hashes are zeros(32) when no reply is wanted; throws FormatError when a rule is broken. */
export function encodeReport(report: Report): Bytes {
  checkReport(report);
  const { hour, mailboxKeyHash, auth, locale, answers } = report;
  const told = answers.map(({ field, text }) => concat(u8(field), lp(utf8(text))));
  return concat(u8(KIND_REPORT), u32(hour), mailboxKeyHash, auth, lp(utf8(locale)), ...told);
}

/** Throws FormatError. */
export function decodeReport(content: Bytes): Report {
  const reader = new Reader(content);
  reader.expect(u8(KIND_REPORT), "kind of content");
  const report: Report = {
    hour: reader.u32(),
    mailboxKeyHash: reader.take(HASH_LENGTH),
    auth: reader.take(HASH_LENGTH),
    locale: reader.text(),
    answers: [],
  };
  while (!reader.done) report.answers.push({ field: reader.u8(), text: reader.text() });
  checkReport(report);
  return report;
}

function checkMessage({ number, previous, other, mac, locale, text }: Message) {
  if ([previous, other, mac].some(({ length }) => length !== HASH_LENGTH)) throw new FormatError("another length");
  if (number === 0) throw new FormatError("numbers start at 1");
  checkLocale(locale);
  if (text === "") throw new FormatError("an empty text");
  if (text.length > LONGEST_TEXT) throw new FormatError("too long a text");
}

/** The place of a message. */
const place = ({ number, previous, seen, other, serial }: Links) =>
  concat(u32(number), previous, u32(seen), other, u32(serial));

/** The parts of a message that its mac covers, after the ids. */
export const written = ({ hour, locale, text, ...links }: Links & { hour: number; locale: string; text: string }) =>
  concat(place(links), u32(hour), lp(utf8(locale)), lp(utf8(text)));

/** Throws FormatError when a rule is broken. */
export function encodeMessage(message: Message): Bytes {
  checkMessage(message);
  const { hour, mac, locale, text, ...links } = message;
  return concat(u8(KIND_MESSAGE), u32(hour), place(links), mac, lp(utf8(locale)), lp(utf8(text)));
}

/** Throws FormatError. */
export function decodeMessage(content: Bytes): Message {
  const reader = new Reader(content);
  reader.expect(u8(KIND_MESSAGE), "kind of content");
  const message = {
    hour: reader.u32(),
    number: reader.u32(),
    previous: reader.take(HASH_LENGTH),
    seen: reader.u32(),
    other: reader.take(HASH_LENGTH),
    serial: reader.u32(),
    mac: reader.take(HASH_LENGTH),
    locale: reader.text(),
    text: reader.text(),
  };
  reader.end();
  checkMessage(message);
  return message;
}
