/** In the key worker: the key ring with the signed changes from the one on that this browser saw last. */
import { PinError } from "../../crypto/roster.ts";
import { endsWith, type GivenChange, gatherHistory } from "../../trust/heads.ts";
import type { StaffPin } from "../../trust/staff_pins.ts";
import { TroubleError } from "../trouble.ts";
import type { KeyRing } from "../wire.ts";
import type { RingWithHistory } from "./key_ring.ts";

/** What the server is asked. `changes`: those with a higher number, a few at a time; without one, the newest. */
export interface RingServer {
  ring: () => Promise<KeyRing>;
  changes: (after?: number) => Promise<readonly GivenChange[]>;
}

/** A change that comes while they are fetched does not fit the lists of the ring: then the ring is fetched again, and only what came since. */
export async function withHistory(server: RingServer, ring: KeyRing, pin: StaffPin | null): Promise<RingWithHistory> {
  const history = await gather(server, pin);
  if (await endsWith(history, ring)) return { ...ring, history };
  const newer = await server.ring();
  return { ...newer, history: await gather(server, pin, history) };
}

async function gather(
  { changes }: RingServer,
  pin: StaffPin | null,
  known: readonly GivenChange[] = [],
): Promise<readonly GivenChange[]> {
  if (!pin?.newest && known.length === 0) return changes();
  return gatherHistory(pin?.newest ?? null, changes, known).catch((error: unknown) => {
    throw error instanceof PinError ? new TroubleError("head") : error;
  });
}
