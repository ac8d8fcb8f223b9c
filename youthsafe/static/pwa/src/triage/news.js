/**
 * What others did to a report while it stood on this page, by a name that triage/phrases.html has words for.
 *
 * @import { OpenedReport } from './opening.js'
 * @typedef {{kind: string, name: string}} News  `name`: who did it, or nothing
 */
import { followUps } from './thread.js';

/**
 * @param {OpenedReport | null} before  null: it was not on the page yet
 * @param {OpenedReport} after
 * @param {string} me  the id of the member who looks at it
 * @returns {News | null}
 */
export function newsOf(before, after, me) {
  if (!before) return null;
  const other = after.stub.claimed_by?.id === me ? null : after.stub.claimed_by;
  if (after.stub.state === 'closed' && before.stub.state !== 'closed' && other) return { kind: 'news-closed', name: other.name };
  if (before.stub.claimed_by?.id === me && other) return { kind: 'news-taken-over', name: other.name };
  if (after.stub.withdrawn && !before.stub.withdrawn) return { kind: 'news-withdrawn', name: '' };
  if (followUps(after) > followUps(before)) return { kind: 'news-wrote', name: '' };
  return null;
}

/**
 * Why the server refused as a conflict what somebody did; null when what is seen of the report does not say.
 * @param {string} action
 * @param {OpenedReport | null} before  as it was when they did it
 * @param {OpenedReport} after
 * @param {string} me
 * @returns {News | null}
 */
export function reasonOf(action, before, after, me) {
  const other = after.stub.claimed_by?.id === me ? null : after.stub.claimed_by;
  if (after.stub.state === 'closed') return newsOf(before, after, me);
  if (other && action === 'claim') return { kind: 'refused-lost', name: other.name };
  if (other && action === 'answer') return { kind: 'refused-answer', name: other.name };
  const news = newsOf(before, after, me);
  return action === 'close' && news?.kind === 'news-wrote' ? { kind: 'refused-wrote', name: '' } : news;
}
