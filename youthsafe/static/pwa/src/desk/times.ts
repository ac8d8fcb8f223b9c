/** Times and numbers as the reader's language writes them, on London's clock. */

const locale = (): string => document.documentElement.lang;

/** Making a format takes a hundred times as long as using it, and a list uses each for every line. */
const formats = new Map<string, Intl.DateTimeFormat>();
const numbers = new Map<string, Intl.NumberFormat>();

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = locale() + JSON.stringify(options);
  const language = locale() === "en" ? "en-GB" : locale();
  const made = formats.get(name) ?? new Intl.DateTimeFormat(language, { timeZone: "Europe/London", ...options });
  formats.set(name, made);
  return made;
}

const year = (instant: number): string => format({ year: "numeric" }).format(instant);

/** A year stands in it where it is not this one. */
export function dayAndTime(instant: number, now = Date.now()): string {
  const years: Intl.DateTimeFormatOptions = year(instant) === year(now) ? {} : { year: "numeric" };
  return format({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", ...years }).format(instant);
}

export const date = (instant: number): string =>
  format({ day: "numeric", month: "long", year: "numeric" }).format(instant);

export const clock = (instant: number): string => format({ hour: "2-digit", minute: "2-digit" }).format(instant);

/** The clock alone on the same day in London, else with the day. */
export const soon = (instant: number, now: number): string =>
  date(instant) === date(now) ? clock(instant) : dayAndTime(instant, now);

export function number(value: number): string {
  const made = numbers.get(locale()) ?? new Intl.NumberFormat(locale());
  numbers.set(locale(), made);
  return made.format(value);
}

/** The name of a language, or its tag where a browser does not know it: the tag is the reporter's, and may be anything. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames([locale()], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
