/** The parts of the promise that come from the signed bundle: who reads, when, and in which languages. */
import { clockTime, languageNames, moment, wallTime, weekday } from './dates.js';
import { readingTime } from './hours.js';
import { choose, copy, one, write } from './page.js';

/** @import { Accepted, Team } from './trust.js' */

const READING = ['reading-now', 'reading-later', 'reading-unknown', 'hours-loading', 'hours-missing'];

/**
 * @param {HTMLElement} root
 * @param {Accepted} accepted
 * @param {Team} team
 * @param {number} now
 */
export function fillPromise(root, accepted, team, now) {
  const { reading, at } = readingTime(team.weekly, new Set(accepted.closedDays), now);
  choose(root, READING, at === null ? 'reading-unknown' : reading ? 'reading-now' : 'reading-later');
  if (at !== null) write(root, '[data-closes]', clockTime(at));
  if (at !== null) write(root, '[data-opens]', moment(at));
  write(root, '[data-languages]', languageNames(team.languages));
  one(root, '[data-week]').replaceChildren(...spans(team.weekly).map((span) => row(root, span)));
  one(root, '[data-open-hours]').hidden = false;
}

/**
 * Say that there are no hours to show, yet or at all.
 * @param {HTMLElement} root
 * @param {'hours-loading' | 'hours-missing'} why
 */
export function emptyPromise(root, why) {
  choose(root, READING, why);
  one(root, '[data-open-hours]').hidden = true;
}

/**
 * Neighbouring days with the same hours, as one line.
 * @param {Team['weekly']} weekly
 */
export function spans(weekly) {
  /** @type {{first: number, last: number, hours: Team['weekly'][number]}[]} */
  const lines = [];
  weekly.forEach((hours, day) => {
    const line = lines.at(-1);
    if (line && line.hours?.opens === hours?.opens && line.hours?.closes === hours?.closes) line.last = day;
    else lines.push({ first: day, last: day, hours });
  });
  return lines;
}

/**
 * @param {HTMLElement} root
 * @param {ReturnType<typeof spans>[number]} span
 */
function row(root, { first, last, hours }) {
  const cells = copy(root, hours ? '[data-day]' : '[data-no-reading]');
  write(cells, '[data-weekday]', first === last ? weekday(first) : `${weekday(first)} – ${weekday(last)}`);
  if (hours) write(cells, '[data-from]', wallTime(hours.opens));
  if (hours) write(cells, '[data-to]', wallTime(hours.closes));
  return cells;
}
