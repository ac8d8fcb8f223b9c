/**
 * The messages both ways, and in words whether each was checked.
 *
 * @import { OpenedReport, OpenedMessage } from './opening.js'
 */
import { typed } from './told.js';
import { clone, part, phrase, show } from './templates.js';
import { dayAndTime, number } from './times.js';
import { momentOf } from './written.js';

/**
 * @param {OpenedReport} report
 * @returns {HTMLElement[]}
 */
export function thread(report) {
  return report.thread.map(item);
}

/**
 * How many messages from the reporter are shown.
 * @param {OpenedReport} report
 */
export function followUps(report) {
  return report.thread.filter(({ direction }) => direction === 1).length;
}

/** @param {OpenedMessage} message */
function item(message) {
  const row = clone('report-message');
  const from = message.direction === 1 ? 'reporter' : 'team';
  row.classList.add(from === 'team' ? 'ours' : 'theirs');
  const { written } = message;
  const time = dayAndTime(written === null ? Date.parse(message.received) : momentOf(written));
  show(part(row, 'head'), phrase(written === null ? `from-${from}` : `written-${from}`, { time }));
  part(row, 'gap').hidden = !message.gap;
  part(row, 'lost').hidden = !message.lost;
  show(part(row, 'unseen'), message.unseen > 0 ? phrase('unseen', { number: number(message.unseen) }) : null);
  part(row, 'text').hidden = message.verdict !== 'checked';
  typed(part(row, 'text'), message.text, message.locale);
  show(part(row, 'verdict'), phrase(message.verdict === 'checked' ? `checked-${from}` : `message-${message.verdict}`));
  return row;
}
