/**
 * Asking the server for a mailbox, and taking a report back. Bodies come sealed from the worker; this only carries them.
 *
 * @import { Sent } from './thread.js'
 * @typedef {{id: string, team: string, opened: boolean, closed: boolean, withdrawn: boolean, note: string, acknowledgements: string[], tip: string}} Report
 * @typedef {{report: Report | null, answers: {number: number, envelope: string}[], sent: Sent[], older: number}} Page
 * @typedef {{report: Report, answers: Page['answers'], sent: Sent[]}} Mailbox
 */
import { RefusalError } from '../report/asking.js';
import { post } from '../report/delivery.js';

const ANSWERS_ON_A_PAGE = 4;
const SENT_ON_A_PAGE = 30;
const KINDS = 2; // of acknowledgements
const MOST_PAGES = 500; // two thousand answers: no team writes so many, and a server that lies would never come to an end

/**
 * @param {string} address
 * @param {string} body
 * @returns {Promise<Page>}
 */
async function page(address, body) {
  const response = await post(address, body).catch(() => { throw new RefusalError('connection'); });
  if (response.status === 429 || response.status === 503) throw new RefusalError('busy');
  if (response.status !== 200) throw new RefusalError('connection');
  return readable(await response.json().catch(() => { throw new RefusalError('connection'); }));
}

/**
 * What a server may say. A part that is of no known shape becomes one that is refused and told, and takes nothing else away.
 * Raises RefusalError when it does not say whether there is a report.
 * @param {any} page
 * @returns {Page}
 */
export function readable(page) {
  if (typeof page !== 'object' || page === null || !Object.hasOwn(page, 'report')) throw new RefusalError('connection');
  const { report } = page;
  return {
    report: report === null ? null : { ...report, acknowledgements: list(report.acknowledgements, KINDS).map(text), tip: text(report.tip) },
    answers: list(page.answers, ANSWERS_ON_A_PAGE).map((each, at) => ({ number: whole(each?.number) || -1 - at, envelope: text(each?.envelope) })),
    sent: list(page.sent, SENT_ON_A_PAGE).map((each) => ({ number: whole(each?.number), hour: each?.hour, answers: whole(each?.answers) })),
    older: whole(page.older),
  };
}

/**
 * @param {unknown} value
 * @param {number} most
 */
const list = (value, most) => (Array.isArray(value) ? value.slice(0, most) : [value]);
/** @param {unknown} value */
const text = (value) => (typeof value === 'string' ? value : '');
/** @param {unknown} value */
const whole = (value) => (Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : 0);

/**
 * Take the report back. Asking again does no harm.
 * @param {string} address
 * @param {string} body  as for the newest page
 * @returns {Promise<boolean>} whether it is gone; if not, somebody had opened it and its team is told
 */
export async function takeBack(address, body) {
  return (await page(address, body)).report === null;
}

/**
 * Every page of a mailbox, so that the chain of its answers can be checked from the first.
 * @param {string} address
 * @param {(before: number) => Promise<string>} bodyFor
 * @returns {Promise<Mailbox | null>} null when nothing opens with this code
 */
export async function fetchMailbox(address, bodyFor) {
  const newest = await page(address, await bodyFor(0));
  if (!newest.report) return null;
  const answers = [...newest.answers];
  for (let before = newest.older, pages = 1; before > 0 && pages < MOST_PAGES; pages += 1) {
    const next = await page(address, await bodyFor(before));
    answers.push(...next.answers);
    before = next.older < before ? next.older : 0; // never round and round
  }
  return { report: newest.report, answers, sent: newest.sent };
}
