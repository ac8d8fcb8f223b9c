/** Times and numbers in the reader's language and the United Kingdom's clock. Instants are milliseconds since 1970. */

const ZONE = "Europe/London";
const HOUR = 3_600_000;
const MONDAY = Date.UTC(2024, 0, 1);
const DAY = 86_400_000;

/** The page's language; English as it is written in Britain. */
function tag() {
  const lang = document.documentElement.lang;
  return lang === "en" ? "en-GB" : lang;
}

export function moment(instant: number) {
  return new Intl.DateTimeFormat(tag(), {
    timeZone: ZONE,
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "numeric",
    minute: "2-digit",
  }).format(instant);
}

/** Hours since 1970: all that a message says about its time. */
export function wholeHour(hour: number) {
  return new Intl.DateTimeFormat(tag(), {
    timeZone: ZONE,
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "numeric",
    minute: "2-digit",
  }).format(hour * HOUR);
}

export function clockTime(instant: number) {
  return new Intl.DateTimeFormat(tag(), { timeZone: ZONE, hour: "numeric", minute: "2-digit" }).format(instant);
}

/** Minutes after midnight on the wall. */
export function wallTime(minutes: number) {
  return new Intl.DateTimeFormat(tag(), { timeZone: "UTC", hour: "numeric", minute: "2-digit" }).format(
    minutes * 60_000,
  );
}

/** 0 is Monday. */
export function weekday(day: number) {
  return new Intl.DateTimeFormat(tag(), { timeZone: "UTC", weekday: "long" }).format(MONDAY + day * DAY);
}

export function figure(value: number) {
  return new Intl.NumberFormat(tag()).format(value);
}

/** Tags of BCP 47. */
export function languageNames(tags: readonly string[]) {
  const names = new Intl.DisplayNames([tag()], { type: "language" });
  return new Intl.ListFormat(tag(), { type: "conjunction" }).format(tags.map((each) => names.of(each) ?? each));
}
