/** The root grant: the root's private number, sealed to one coordinator (docs/envelope.md section 6.5). */
import { type Bytes, concat, equal, Reader, u8, utf8 } from "./bytes.ts";
import { ENC_LENGTH, hpkeInfo, ID_LENGTH, PURPOSE } from "./envelope.ts";
import { fingerprint, hpkeOpen, hpkeSeal, keyId, publicKeyOf, SealError } from "./primitives.ts";
import { checkRootKey, type RootKey } from "./root_key.ts";

export interface RootGrantHead {
  instanceId: Bytes;
  recipientId: Bytes;
  recipientKeyId: Bytes;
  fingerprint: Bytes;
}

export interface RootGrant extends RootGrantHead {
  enc: Bytes;
  ct: Bytes;
}

export const ROOT_GRANT_MAGIC = utf8("YSK");
const FINGERPRINT_LENGTH = 32;
const CIPHERTEXT_LENGTH = 32 + 16; // the number and the tag

const writeHead = ({ instanceId, recipientId, recipientKeyId, fingerprint: pin }: RootGrantHead): Bytes =>
  concat(ROOT_GRANT_MAGIC, u8(1), instanceId, recipientId, recipientKeyId, pin);

const infoOf = (head: RootGrantHead): Bytes =>
  concat(hpkeInfo(PURPOSE.rootGrant, head.instanceId, head.recipientId, head.recipientKeyId), writeHead(head));

/** Throws FormatError. */
export function parseRootGrant(bytes: Uint8Array): RootGrant {
  const reader = new Reader(bytes);
  reader.expect(ROOT_GRANT_MAGIC, "kind of object");
  reader.expect(u8(1), "version");
  const grant = {
    instanceId: reader.take(ID_LENGTH),
    recipientId: reader.take(ID_LENGTH),
    recipientKeyId: reader.take(ID_LENGTH),
    fingerprint: reader.take(FINGERPRINT_LENGTH),
    enc: reader.take(ENC_LENGTH),
    ct: reader.take(CIPHERTEXT_LENGTH),
  };
  reader.end();
  return grant;
}

/** Grant the root to a coordinator whose key a verified roster names. */
export async function sealRootGrant({
  root,
  instanceId,
  recipientId,
  recipientKey,
}: {
  root: RootKey;
  instanceId: Bytes;
  recipientId: Bytes;
  recipientKey: Bytes;
}): Promise<Bytes> {
  const pin = await fingerprint(root.publicKey);
  const head = { instanceId, recipientId, recipientKeyId: await keyId(recipientKey), fingerprint: pin };
  const { enc, ct } = await hpkeSeal({ publicKey: recipientKey, info: infoOf(head), plaintext: root.scalar });
  return concat(writeHead(head), enc, ct);
}

/**
 * The root of a grant: its number is that of `rootPublicKey`, which the caller has checked against the pin. `seed` is the
 * recipient's. Throws FormatError or SealError.
 */
export async function openRootGrant({
  grant,
  rootPublicKey,
  instanceId,
  recipientId,
  seed,
}: {
  grant: Uint8Array;
  rootPublicKey: Bytes;
  instanceId: Bytes;
  recipientId: Bytes;
  seed: Bytes;
}): Promise<RootKey> {
  const { enc, ct, ...head } = parseRootGrant(grant);
  const mine = equal(head.recipientId, recipientId) && equal(head.recipientKeyId, await keyId(await publicKeyOf(seed)));
  if (!mine || !equal(head.instanceId, instanceId)) throw new SealError("for another member or instance");
  if (!equal(head.fingerprint, await fingerprint(rootPublicKey))) throw new SealError("of another root");
  const root = { scalar: await hpkeOpen({ seed, info: infoOf(head), enc, ct }), publicKey: rootPublicKey };
  await checkRootKey(root);
  return root;
}
