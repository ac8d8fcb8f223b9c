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
export const dayAndTime = (instant) => format({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(instant);

/** @param {number} instant */
export const date = (instant) => format({ day: 'numeric', month: 'long', year: 'numeric' }).format(instant);

/** @param {number} instant */
export const clock = (instant) => format({ hour: '2-digit', minute: '2-digit' }).format(instant);

/**
 * The clock alone on the same day in London, else with the day.
 * @param {number} instant
 * @param {number} now
 */
export const soon = (instant, now) => (date(instant) === date(now) ? clock(instant) : dayAndTime(instant));

/** @param {number} value */
export function number(value) {
  const made = numbers.get(locale()) ?? new Intl.NumberFormat(locale());
  numbers.set(locale(), made);
  return made.format(value);
}

/** @param {string} tag */
export const languageName = (tag) => new Intl.DisplayNames([locale()], { type: 'language' }).of(tag) ?? tag;
