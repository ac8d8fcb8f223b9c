/** Times and numbers in the reader's language and the United Kingdom's clock. Instants are milliseconds since 1970. */

const HOUR = 3_600_000;
const MONDAY = Date.UTC(2024, 0, 1);
const DAY = 86_400_000;

/** Making a format takes a hundred times as long as using it, and a list uses each for every line. */
const formats = new Map<string, Intl.DateTimeFormat>();
const numbers = new Map<string, Intl.NumberFormat>();

/** The page's language; English as it is written in Britain. */
function tag() {
  const lang = document.documentElement.lang;
  return lang === "en" ? "en-GB" : lang;
}

function format(instant: number, options: Intl.DateTimeFormatOptions, timeZone = "Europe/London") {
  const name = tag() + timeZone + JSON.stringify(options);
  const made = formats.get(name) ?? new Intl.DateTimeFormat(tag(), { timeZone, ...options });
  formats.set(name, made);
  return made.format(instant);
}

export function moment(instant: number) {
  return format(instant, { weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit" });
}

/** Hours since 1970: all that a message says about its time. */
export function wholeHour(hour: number) {
  return format(hour * HOUR, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "numeric",
    minute: "2-digit",
  });
}

export function clockTime(instant: number) {
  return format(instant, { hour: "numeric", minute: "2-digit" });
}

/** Two figures for the hour too, so that times in a list stand below each other. */
export function clock(instant: number) {
  return format(instant, { hour: "2-digit", minute: "2-digit" });
}

export function date(instant: number) {
  return format(instant, { day: "numeric", month: "long", year: "numeric" });
}

/** The day in London as a field for days has it, such as 2026-11-23. */
export function isoDay(instant: number) {
  return new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/London" }).format(instant);
}

/** A year stands in it where it is not this one. */
export function dayAndTime(instant: number, now = Date.now()) {
  const years: Intl.DateTimeFormatOptions = year(instant) === year(now) ? {} : { year: "numeric" };
  return format(instant, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", ...years });
}

function year(instant: number) {
  return format(instant, { year: "numeric" });
}

/** The clock alone on the same day in London, else with the day. */
export function soon(instant: number, now: number) {
  return date(instant) === date(now) ? clock(instant) : dayAndTime(instant, now);
}

/** Minutes after midnight on the wall. */
export function wallTime(minutes: number) {
  return format(minutes * 60_000, { hour: "numeric", minute: "2-digit" }, "UTC");
}

/** 0 is Monday. */
export function weekday(day: number) {
  return format(MONDAY + day * DAY, { weekday: "long" }, "UTC");
}

export function figure(value: number) {
  const made = numbers.get(tag()) ?? new Intl.NumberFormat(tag());
  numbers.set(tag(), made);
  return made.format(value);
}

/** Tags of BCP 47. */
export function languageNames(tags: readonly string[]) {
  return new Intl.ListFormat(tag(), { type: "conjunction" }).format(tags.map(languageName));
}

/** The name of a language, or its tag where a browser does not know it: the tag is a reporter's, and may be anything. */
export function languageName(language: string) {
  try {
    return new Intl.DisplayNames([tag()], { type: "language" }).of(language) ?? language;
  } catch {
    return language;
  }
}
