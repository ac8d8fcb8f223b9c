/** In the key worker: what the server may hold of a coordinator who is made here, and of the kit that comes with them. */
import { type Bytes, b64 } from "../../../crypto/bytes.ts";
import { sealWrap } from "../../../crypto/keyring.ts";
import { kitKeys, sealKitWrap } from "../../../crypto/kit.ts";
import { fingerprint, random } from "../../../crypto/primitives.ts";
import type { RootKey } from "../../../crypto/root_key.ts";
import type { FreshSecrets } from "./fresh_secrets.ts";
import { stretcher } from "./stretching.ts";

const SALTED = { memory: 65_536, passes: 3 };
export const LIFE_SECONDS = 28 * 86_400;

export interface NewCoordinator {
  memberId: Bytes;
  seed: Bytes;
  instanceId: Bytes;
  root: RootKey;
  code: string;
}

/** The parts of a request's body that say how they sign in, and by what the server knows the kit. */
export async function newSignIn({ passphrase, kit, secondFactor }: FreshSecrets, made: NewCoordinator) {
  const { memberId, seed, instanceId, root, code } = made;
  const salt = random(16);
  const { proof, wrapKey } = await stretcher(passphrase)({ salt, ...SALTED });
  const pin = { instanceId, fingerprint: await fingerprint(root.publicKey) };
  const keys = await kitKeys(kit);
  return {
    salt: b64(salt),
    proof: b64(proof),
    wrap: b64(await sealWrap({ memberId, salt, ...SALTED, wrapKey, seed, ...pin })),
    second_factor: b64(secondFactor),
    code,
    kit_token: b64(keys.token),
    kit_wrap: b64(await sealKitWrap({ keys, instanceId, scalar: root.scalar })),
  };
}
