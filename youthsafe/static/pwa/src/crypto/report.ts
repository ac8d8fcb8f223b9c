/**
 * Sealing and opening a report: to the team only, so that a found code never opens it (docs/envelope.md sections 2 and
 * 3.1).
 */

import type { Bytes } from "./bytes.ts";
import { FormatError } from "./bytes.ts";
import type { Report } from "./content.ts";
import { decodeReport, isUrgent } from "./content.ts";
import type { Envelope } from "./envelope.ts";
import { ID_LENGTH, NO_ID, openEnvelope, PURPOSE, parseEnvelope, sealEnvelope, TO_TEAM } from "./envelope.ts";
import { random, SealError } from "./primitives.ts";

/** Seal the content that `encodeReport` wrote. The header says in the open whether it is urgent, and only that. */
export async function sealReport({
  reportId = random(ID_LENGTH),
  teamId,
  epoch,
  teamKey,
  content,
}: {
  reportId?: Bytes;
  teamId: Bytes;
  epoch: number;
  teamKey: Bytes;
  content: Bytes;
}): Promise<{ reportId: Bytes; envelope: Bytes }> {
  const urgent = isUrgent(decodeReport(content));
  const recipients = [{ purpose: PURPOSE.report, publicKey: teamKey }];
  const heading = { direction: TO_TEAM, reportId, messageId: NO_ID, urgent, teamId, epoch };
  return { reportId, envelope: await sealEnvelope({ ...heading, recipients, content }) };
}

/** Open a report with the seed of its team's epoch; throws FormatError or SealError. */
export async function openReport({
  envelope: raw,
  reportId,
  seed,
}: {
  envelope: Uint8Array;
  reportId: Bytes;
  seed: Bytes;
}): Promise<{ envelope: Envelope; report: Report }> {
  const envelope = parseEnvelope(raw);
  if (envelope.kind !== "report") throw new FormatError("a message, not a report");
  const report = decodeReport(await openEnvelope({ envelope, reportId, purpose: PURPOSE.report, seed }));
  if (isUrgent(report) !== envelope.urgent) throw new SealError("the header and the report disagree about danger");
  return { envelope, report };
}
