/** Times and numbers in the reader's language and the United Kingdom's clock. Instants are milliseconds since 1970. */

const ZONE = 'Europe/London';
const HOUR = 3_600_000;
const MONDAY = Date.UTC(2024, 0, 1);
const DAY = 86_400_000;

/** The page's language; English as it is written in Britain. */
function tag() {
  const lang = document.documentElement.lang;
  return lang === 'en' ? 'en-GB' : lang;
}

/** @param {number} instant */
export function moment(instant) {
  return new Intl.DateTimeFormat(tag(), {
    timeZone: ZONE, weekday: 'long', day: 'numeric', month: 'long', hour: 'numeric', minute: '2-digit',
  }).format(instant);
}

/** @param {number} hour  hours since 1970: all that a message says about its time */
export function wholeHour(hour) {
  return new Intl.DateTimeFormat(tag(), {
    timeZone: ZONE, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: 'numeric', minute: '2-digit',
  }).format(hour * HOUR);
}

/** @param {number} instant */
export function clockTime(instant) {
  return new Intl.DateTimeFormat(tag(), { timeZone: ZONE, hour: 'numeric', minute: '2-digit' }).format(instant);
}

/** @param {number} minutes  after midnight on the wall */
export function wallTime(minutes) {
  return new Intl.DateTimeFormat(tag(), { timeZone: 'UTC', hour: 'numeric', minute: '2-digit' }).format(minutes * 60_000);
}

/** @param {number} day  0 is Monday */
export function weekday(day) {
  return new Intl.DateTimeFormat(tag(), { timeZone: 'UTC', weekday: 'long' }).format(MONDAY + day * DAY);
}

/** @param {number} value */
export function figure(value) {
  return new Intl.NumberFormat(tag()).format(value);
}

/** @param {readonly string[]} tags  BCP 47 */
export function languageNames(tags) {
  const names = new Intl.DisplayNames([tag()], { type: 'language' });
  return new Intl.ListFormat(tag(), { type: 'conjunction' }).format(tags.map((each) => names.of(each) ?? each));
}
