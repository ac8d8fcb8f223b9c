/**
 * In the key worker: whether what the server gives goes on from what this browser saw before. Every signed change names
 * the one before it, so one that is left out, or a second history, does not fit.
 */
import { type Bytes, equal, unb64 } from "../crypto/bytes.ts";
import { acceptChange, type Change, checkSignatures, isRefusal, parseChange, type Signed } from "../crypto/change.ts";
import { PinError } from "../crypto/roster.ts";

/** The newest change that a browser accepted. */
export interface Head {
  number: number;
  head: Bytes;
}

/** As the server gives it, each base64url. */
export interface GivenChange {
  change: string;
  signature: string;
}

export const signedOf = ({ change, signature }: GivenChange): Signed => ({
  content: unb64(change),
  signature: unb64(signature, 64),
});

/** Whether the newest of these changes is the one that put these lists in force. What is malformed is refused later. */
export async function endsWith(
  history: readonly GivenChange[],
  lists: { roster: string; bundle: string },
): Promise<boolean> {
  const newest = history.at(-1);
  if (!newest) return true;
  try {
    const { signedRoster, signedBundle } = await parseChange(unb64(newest.change));
    return equal(signedRoster.content, unb64(lists.roster)) && equal(signedBundle.content, unb64(lists.bundle));
  } catch {
    return true;
  }
}

/**
 * The newest of these changes, when they go on from the one with the kept head, which is the first of them; null for a
 * browser that was never here, which begins with the newest. Throws PinError `head`.
 */
export async function believeHistory(given: readonly GivenChange[], kept: Head | null): Promise<Change> {
  return followed(given, kept, null);
}

/**
 * All changes from the one with the kept head on, asked for a few at a time. Each answer is checked before the next one is asked for, so that no
 * server keeps a browser asking for ever. `after`: gives some of those with a higher number; `known`: those that are here already, of which there
 * is one where no head was kept. Throws PinError `head`.
 */
export async function gatherHistory(
  kept: Head | null,
  after: (number?: number) => Promise<readonly GivenChange[]>,
  known: readonly GivenChange[] = [],
): Promise<GivenChange[]> {
  const history = [...known];
  let newest = history.length > 0 ? await followed(history, kept, null) : null;
  for (;;) {
    const given = await after(newest?.number ?? (kept ? kept.number - 1 : undefined));
    if (given.length === 0) return history;
    newest = await followed(given, kept, newest);
    history.push(...given);
  }
}

/** The newest of these changes, which go on from `before` or begin with the kept head. */
async function followed(given: readonly GivenChange[], kept: Head | null, before: Change | null): Promise<Change> {
  try {
    return before ? await goOn(given.map(signedOf), before) : await begin(given.map(signedOf), kept);
  } catch (error) {
    throw isRefusal(error) ? new PinError("head") : error;
  }
}

async function begin([first, ...later]: readonly Signed[], kept: Head | null): Promise<Change> {
  if (!first) throw new PinError("head");
  const newest = await parseChange(first.content);
  await checkSignatures(newest, first.signature);
  if (kept && !(newest.number === kept.number && equal(newest.head, kept.head))) throw new PinError("head");
  return goOn(later, newest);
}

async function goOn(later: readonly Signed[], before: Change): Promise<Change> {
  let newest = before;
  for (const signed of later) newest = await acceptChange({ ...signed, before: newest });
  return newest;
}
