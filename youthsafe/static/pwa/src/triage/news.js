/**
 * What others did to a report while it stood on this page, or the member in another place, by a name that triage/phrases.html has words for.
 *
 * @import { OpenedReport } from './opening.js'
 * @import { Stub } from './queue.js'
 * @typedef {{kind: string, name: string}} News  `name`: who did it, or nothing
 */
import { followUps } from './thread.js';

const HELD = new Set(['claim', 'reopen']);

/**
 * @param {OpenedReport | null} before  null: it was not on the page yet
 * @param {OpenedReport} after
 * @param {string} me  the id of the member who looks at it
 * @returns {News | null}
 */
export function newsOf(before, after, me) {
  if (!before) return null;
  const holding = heldAnew(before.stub, after.stub, me);
  if (holding) return holding;
  if (after.stub.withdrawn && !before.stub.withdrawn) return { kind: 'news-withdrawn', name: '' };
  if (followUps(after) > followUps(before)) return { kind: 'news-wrote', name: '' };
  if (answers(after) > answers(before)) return { kind: 'news-answered', name: '' };
  return null;
}

/**
 * @param {Stub} before
 * @param {Stub} after
 * @param {string} me
 * @returns {News | null}
 */
function heldAnew(before, after, me) {
  const [had, has] = [before.claimed_by, after.claimed_by];
  if (after.state === 'closed' && before.state !== 'closed' && has) return has.id === me ? { kind: 'done-close', name: '' } : { kind: 'news-closed', name: has.name };
  if (had?.id === has?.id) return null;
  if (!has) return had?.id === me ? { kind: 'done-release', name: '' } : { kind: 'news-released', name: had?.name ?? '' };
  if (has.id === me) return { kind: 'done-claim', name: '' };
  return { kind: had?.id === me ? 'news-taken-over' : 'news-claimed', name: has.name };
}

/**
 * Whether the report stands as it does after this act: for an act whose answer did not come.
 * @param {string} action
 * @param {Pick<Stub, 'state' | 'claimed_by' | 'hold'>} stub
 * @param {string} me
 */
export function isDone(action, stub, me) {
  const closed = stub.state === 'closed';
  const mine = stub.claimed_by?.id === me;
  if (HELD.has(action)) return mine && !closed;
  if (action === 'release') return !mine;
  if (action === 'close') return closed;
  return stub.hold === (action === 'hold');
}

/** @param {OpenedReport} report */
const answers = ({ thread }) => thread.filter(({ direction }) => direction === 2).length;

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
