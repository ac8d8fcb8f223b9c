/**
 * The keeper's half of an answer: what was typed, sealed to the mailbox of its report after the newest answer.
 *
 * @import { Bond, OpenedReport } from './opening.js'
 * @import { Keys } from './ring.js'
 * @typedef {{id: string, text: string, locale: string, followUps: number, seen: string[]}} Typed  `followUps`: how many the person was shown;
 *   `seen`: the answers that they know of
 * @typedef {{text: string, locale: string, id: string, after: string, envelope: string}} Attempt
 * @typedef {{attempt: Attempt, report: OpenedReport}} Sealed  `report`: as it was when the attempt was sealed
 */
import { b64 } from '../crypto/bytes.ts';
import { hourOf } from '../crypto/content.ts';
import { sealAnswer } from '../crypto/messages.ts';
import { SealError } from '../crypto/primitives.ts';
import { teamKey } from './ring.js';
import { TroubleError } from './trouble.js';

/**
 * @param {Pick<Typed, 'text' | 'locale'>} typed
 * @param {Bond} bond
 * @param {Keys} keys
 * @param {number} now  milliseconds since 1970
 * @returns {Promise<Attempt>} throws TroubleError `mailbox` when it is not the mailbox that the report named
 */
export async function sealLetter({ text, locale }, bond, keys, now) {
  const { epoch, publicKey } = teamKey(keys, bond.teamId);
  const letter = { ...bond, epoch, teamKey: publicKey, serial: keys.serial, hour: hourOf(now), locale, text };
  const { messageId, envelope } = await sealAnswer(letter).catch((error) => {
    throw error instanceof SealError ? new TroubleError('mailbox') : error;
  });
  return { text, locale, id: b64(messageId), after: b64(bond.previous), envelope: b64(envelope) };
}

/**
 * What the server is sent.
 * @param {Typed} typed
 * @param {Attempt} attempt
 */
export function bodyOf({ followUps }, { after, envelope }) {
  return { after, envelope, follow_ups: followUps };
}
