/** The root's private key: made, checked against its public key, and used to sign (docs/envelope.md sections 1.1 and 5). */
import { type Bytes, b64, concat, u8, unb64, utf8 } from "./bytes.ts";
import { random, SealError, verifySignature } from "./primitives.ts";

/** The private number, of 32 bytes, and the public point, of 65. */
export interface RootKey {
  scalar: Bytes;
  publicKey: Bytes;
}

const P256 = { name: "ECDSA", namedCurve: "P-256" };
const COORDINATE_LENGTH = 32;
const PROOF_LABEL = "youthsafe/v1/root-proof"; // signed and thrown away

export async function makeRootKey(): Promise<RootKey> {
  const pair = await crypto.subtle.generateKey(P256, true, ["sign", "verify"]);
  const { d = "" } = await crypto.subtle.exportKey("jwk", pair.privateKey);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  return { scalar: unb64(d, COORDINATE_LENGTH), publicKey };
}

/** SIGN(label, bytes): 64 bytes; throws SealError for a number that is none. */
export async function signAsRoot({ scalar, publicKey }: RootKey, label: string, bytes: Bytes): Promise<Bytes> {
  const [x, y] = [publicKey.slice(1, 1 + COORDINATE_LENGTH), publicKey.slice(1 + COORDINATE_LENGTH)];
  const key = { kty: "EC", crv: P256.namedCurve, d: b64(scalar), x: b64(x), y: b64(y) };
  try {
    const imported = await crypto.subtle.importKey("jwk", key, P256, false, ["sign"]);
    const message = concat(utf8(label), u8(0), bytes);
    return new Uint8Array(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, imported, message));
  } catch {
    throw new SealError("not the number of this root");
  }
}

/** Whether the number is that of the public key: no browser multiplies points for us, so it signs. Throws SealError. */
export async function checkRootKey(root: RootKey): Promise<void> {
  const challenge = random(32);
  const signature = await signAsRoot(root, PROOF_LABEL, challenge);
  await verifySignature(root.publicKey, PROOF_LABEL, challenge, signature);
}
