/** Argon2id, which makes guessing dear (docs/envelope.md section 1.1). By itself, because its code is large and most pages never need it. */
import { argon2id } from "hash-wasm";
import type { Bytes } from "./bytes.ts";
import { concat } from "./bytes.ts";

/** Argon2id with one lane and 32 bytes of output. `memory` in KiB. */
export async function argon({
  secret,
  salt,
  memory,
  passes,
}: {
  secret: Bytes;
  salt: Bytes;
  memory: number;
  passes: number;
}): Promise<Bytes> {
  const options = { password: secret, salt, memorySize: memory, iterations: passes, parallelism: 1, hashLength: 32 };
  return concat(await argon2id({ ...options, outputType: "binary" }));
}
