/**
 * What the desk says to a reporter of a report, in the server's keeping and not in its power (docs/envelope.md section
 * 3.3).
 */

import type { Bytes } from "./bytes.ts";
import { concat, equal, FormatError, isZero, Reader, u8, u32, utf8 } from "./bytes.ts";
import { hmac, keyId, SealError } from "./primitives.ts";

/** The team and one reporter. */
export type Between = { auth: Bytes; reportId: Bytes; mailboxKey: Bytes };

export const OPENED = 1;
export const WITHDRAWAL_SEEN = 2;
const LABEL = utf8("youthsafe/v1/acknowledgement");
const VERSION = 1;
const MAC_LENGTH = 32;

async function macOf({ auth, reportId, mailboxKey }: Between, { kind, hour }: { kind: number; hour: number }) {
  if (isZero(auth)) throw new SealError("a report that wants no reply");
  return hmac(auth, concat(LABEL, u8(0), u8(VERSION), reportId, await keyId(mailboxKey), u8(kind), u32(hour)));
}

/** 37 bytes. */
export async function writeAcknowledgement(between: Between, said: { kind: number; hour: number }): Promise<Bytes> {
  return concat(u8(said.kind), u32(said.hour), await macOf(between, said));
}

/** Throws FormatError, or SealError when the team did not say it of this report. */
export async function readAcknowledgement(
  between: Between,
  bytes: Uint8Array,
): Promise<{ kind: number; hour: number }> {
  const reader = new Reader(bytes);
  const said = { kind: reader.u8(), hour: reader.u32() };
  const mac = reader.take(MAC_LENGTH);
  reader.end();
  if (said.kind !== OPENED && said.kind !== WITHDRAWAL_SEEN)
    throw new FormatError("an unknown kind of acknowledgement");
  if (!equal(mac, await macOf(between, said))) throw new SealError("not said by the team");
  return said;
}

/** The kinds among these that the team has said; whatever else is there counts for nothing. */
export async function acknowledged(between: Between, all: readonly Uint8Array[]): Promise<Set<number>> {
  const read = await Promise.all(all.map((each) => readAcknowledgement(between, each).catch(() => null)));
  return new Set(read.flatMap((said) => said?.kind ?? []));
}
