/** The words of a member, stretched into what they stand for (docs/envelope.md section 6.3). */
import { argon } from "./argon.ts";
import type { Bytes } from "./bytes.ts";
import { checkParameters, WRAP_LABEL } from "./keyring.ts";
import { hkdf } from "./primitives.ts";

/**
 * What six words stand for: what sign-in sends, and what opens the wraps. Throws FormatError for parameters too weak or
 * too costly. `memory` in KiB.
 */
export async function stretchPassphrase({
  secret,
  salt,
  memory,
  passes,
}: {
  secret: Bytes;
  salt: Bytes;
  memory: number;
  passes: number;
}): Promise<{ proof: Bytes; wrapKey: Bytes }> {
  checkParameters({ memory, passes });
  const stretched = await argon({ secret, salt, memory, passes });
  const wrapKey = await hkdf(stretched, WRAP_LABEL, 32);
  const proof = await hkdf(stretched, "youthsafe/v1/sign-in", 32);
  stretched.fill(0);
  return { proof, wrapKey };
}
