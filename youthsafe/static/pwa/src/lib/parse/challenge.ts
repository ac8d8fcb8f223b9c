/** The work that a server asks for. */
import type { Challenge } from "altcha-lib/types";

import { record } from "./json.ts";

/** Raises when it is none; the library looks at the rest of it. */
export function challengeOf(value: unknown): Challenge {
  if (typeof record(record(value).parameters).algorithm !== "string") throw new TypeError("not a challenge");
  return value as Challenge;
}
