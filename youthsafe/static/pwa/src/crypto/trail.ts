/** The arithmetic of a chain of the audit trail, as `audit/chain.py` writes it: one fixed layout, one hash. */
import { type Bytes, concat, lp, u8, u64, utf8 } from "./bytes.ts";

const ENTRY = "youthsafe/v1/audit";
const START = "youthsafe/v1/audit-start";
const ID_LENGTH = 16;

/** `at` in Unix seconds; ids have 16 bytes. */
export interface HashedEntry {
  number: number;
  at: number;
  actor: Bytes | null;
  action: string;
  subject: Bytes | null;
}

const digest = async (label: string, ...parts: Bytes[]): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", concat(utf8(label), u8(0), ...parts)));

/** What the first entry of a chain goes on from. */
export const startHash = (instanceId: Bytes, chainId: Bytes): Promise<Bytes> => digest(START, instanceId, chainId);

/** The hash of an entry that goes on from another; null for values that none can have. */
export async function entryHash(previous: Bytes, entry: HashedEntry): Promise<Bytes | null> {
  const { number, at, actor, action, subject } = entry;
  const ids = [actor, subject].filter((id) => id !== null);
  if (number < 1 || !Number.isSafeInteger(at) || at < 0 || ids.some(({ length }) => length !== ID_LENGTH)) return null;
  return digest(ENTRY, previous, u64(number), u64(at), optional(actor), lp(utf8(action)), optional(subject));
}

const optional = (id: Bytes | null): Bytes => (id === null ? u8(0) : concat(u8(1), id));
