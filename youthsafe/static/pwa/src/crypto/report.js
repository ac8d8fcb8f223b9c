/**
 * Sealing and opening a report: to the team only, so that a found code never opens it (docs/envelope.md sections 2 and 3.1).
 *
 * @import { Bytes } from './bytes.js'
 * @import { Report } from './content.js'
 * @import { Envelope } from './envelope.js'
 */
import { FormatError } from './bytes.js';
import { decodeReport, isUrgent } from './content.js';
import { ID_LENGTH, NO_ID, PURPOSE, TO_TEAM, openEnvelope, parseEnvelope, sealEnvelope } from './envelope.js';
import { SealError, random } from './primitives.js';

/**
 * Seal the content that `encodeReport` wrote. The header says in the open whether it is urgent, and only that.
 * @param {{reportId?: Bytes, teamId: Bytes, epoch: number, teamKey: Bytes, content: Bytes}} given
 * @returns {Promise<{reportId: Bytes, envelope: Bytes}>}
 */
export async function sealReport({ reportId = random(ID_LENGTH), teamId, epoch, teamKey, content }) {
  const urgent = isUrgent(decodeReport(content));
  const recipients = [{ purpose: PURPOSE.report, publicKey: teamKey }];
  const heading = { direction: TO_TEAM, reportId, messageId: NO_ID, urgent, teamId, epoch };
  return { reportId, envelope: await sealEnvelope({ ...heading, recipients, content }) };
}

/**
 * Open a report with the seed of its team's epoch; throws FormatError or SealError.
 * @param {{envelope: Uint8Array, reportId: Bytes, seed: Bytes}} given
 * @returns {Promise<{envelope: Envelope, report: Report}>}
 */
export async function openReport({ envelope: raw, reportId, seed }) {
  const envelope = parseEnvelope(raw);
  if (envelope.kind !== 'report') throw new FormatError('a message, not a report');
  const report = decodeReport(await openEnvelope({ envelope, reportId, purpose: PURPOSE.report, seed }));
  if (isUrgent(report) !== envelope.urgent) throw new SealError('the header and the report disagree about danger');
  return { envelope, report };
}
