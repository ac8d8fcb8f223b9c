/** Times as the reader's language writes them, on London's clock. */

const locale = () => document.documentElement.lang;

/** Making a format takes a hundred times as long as using it, and a list uses each for every line. @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/** @param {Intl.DateTimeFormatOptions} options */
function format(options) {
  const name = locale() + JSON.stringify(options);
  const made = formats.get(name) ?? new Intl.DateTimeFormat(locale() === 'en' ? 'en-GB' : locale(), { timeZone: 'Europe/London', ...options });
  formats.set(name, made);
  return made;
}

/** @type {Map<string, Intl.NumberFormat>} */
const numbers = new Map();

/** @param {number} instant */
const year = (instant) => format({ year: 'numeric' }).format(instant);

/**
 * A year stands in it where it is not this one.
 * @param {number} instant
 * @param {number} [now]
 */
export const dayAndTime = (instant, now = Date.now()) => format({
  day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', ...(year(instant) === year(now) ? {} : { year: 'numeric' }),
}).format(instant);

/** @param {number} instant */
export const date = (instant) => format({ day: 'numeric', month: 'long', year: 'numeric' }).format(instant);

/** @param {number} instant */
export const clock = (instant) => format({ hour: '2-digit', minute: '2-digit' }).format(instant);

/**
 * The clock alone on the same day in London, else with the day.
 * @param {number} instant
 * @param {number} now
 */
export const soon = (instant, now) => (date(instant) === date(now) ? clock(instant) : dayAndTime(instant, now));

/** @param {number} value */
export function number(value) {
  const made = numbers.get(locale()) ?? new Intl.NumberFormat(locale());
  numbers.set(locale(), made);
  return made.format(value);
}

/**
 * The name of a language, or its tag where a browser does not know it: the tag is the reporter's, and may be anything.
 * @param {string} tag
 */
export function languageName(tag) {
  try {
    return new Intl.DisplayNames([locale()], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
