/** In the key worker: six words stretched once, however often what they give is needed. */
import { type Bytes, equal, FormatError } from "../../../crypto/bytes.ts";
import { TroubleError } from "../../trouble.ts";
import { later } from "../later.ts";

/** Memory in KiB. */
export interface Parameters {
  salt: Bytes;
  memory: number;
  passes: number;
}

export interface Stretched {
  proof: Bytes;
  wrapKey: Bytes;
}

export type Stretcher = (parameters: Parameters) => Promise<Stretched>;

/** Stretch the words, refusing parameters below the minimum: a server must not be able to ask for a proof that is easy to guess from. */
export function stretcher(secret: Bytes): Stretcher {
  let last: (Parameters & { stretched: Stretched }) | null = null;
  return async ({ salt, memory, passes }) => {
    if (last && equal(last.salt, salt) && last.memory === memory && last.passes === passes) return last.stretched;
    const { stretchPassphrase } = await later(import("./of_words.ts"));
    const stretched = await stretchPassphrase({ secret, salt, memory, passes }).catch((error: unknown) => {
      throw error instanceof FormatError ? new TroubleError("weak") : error;
    });
    last = { salt, memory, passes, stretched };
    return stretched;
  };
}
