/**
 * Passkeys, as the browser makes and asks them: only a page may, never a worker. What a passkey's PRF gives goes to the key worker and is
 * kept nowhere here.
 */
import {
  type PublicKeyCredentialCreationOptionsJSON,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser";
import { type Bytes, b64, concat, unb64 } from "../../crypto/bytes.ts";
import { makePasskeySalt } from "../../crypto/passkey_wrap.ts";
import { random } from "../../crypto/primitives.ts";
import { isObject } from "../guards.ts";
import { TroubleError } from "../trouble.ts";

/** What the server wants signed: the same for every name. `known`: passkeys that a new one must not be. */
export interface PasskeyQuestion {
  challenge: string;
  site: string;
  known?: readonly string[];
}

/** As the server takes it; `signature` and the others in Base64. */
export interface PasskeyAnswer {
  id: string;
  client_data: string;
  authenticator_data: string;
  signature: string;
}

export interface MadePasskey {
  id: string;
  client_data: string;
  attestation: string;
  label: string;
}

/** `prf`: 32 bytes that only this passkey gives when it is asked with `salt`, where the device can do that. */
export interface WithPrf {
  salt: Bytes;
  prf: Bytes | null;
}

const ES256 = -7;
const ED_DSA = -8;
const RS256 = -257;
const ALGORITHMS = [ED_DSA, ES256, RS256];
const TIMEOUT_MS = 120_000;
const PRF_LENGTH = 32;

export const canUsePasskeys = (): boolean => "PublicKeyCredential" in globalThis;

/** What came of the extension, whatever a browser gives. */
function prfOf(results: unknown): Bytes | null {
  const prf = isObject(results) ? Reflect.get(results, "prf") : null;
  const inner = isObject(prf) ? Reflect.get(prf, "results") : null;
  const first = isObject(inner) ? Reflect.get(inner, "first") : null;
  const bytes = first instanceof ArrayBuffer || ArrayBuffer.isView(first) ? bytesOf(first) : null;
  return bytes?.length === PRF_LENGTH ? bytes : null;
}

const bytesOf = (value: ArrayBuffer | ArrayBufferView): Bytes =>
  value instanceof ArrayBuffer
    ? new Uint8Array(value)
    : concat(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));

/** What is wrong is never told apart: a person said no, waited too long, or has no passkey for this site. */
function notDone(): never {
  throw new TroubleError("passkey");
}

/** Ask for any passkey of this site; throws TroubleError `passkey`. */
export async function signWithPasskey({ challenge, site }: PasskeyQuestion): Promise<{ passkey: PasskeyAnswer }> {
  const optionsJSON = { challenge, rpId: site, userVerification: "required" as const, timeout: TIMEOUT_MS };
  const { rawId, response } = await startAuthentication({ optionsJSON }).catch(notDone);
  const { clientDataJSON: client_data, authenticatorData: authenticator_data, signature } = response;
  return { passkey: { id: rawId, client_data, authenticator_data, signature } };
}

/** Have a passkey give what opens the keys; nobody checks what it signs. Throws TroubleError `passkey`, or `passkey-keys`. */
export async function askPasskey(
  { challenge, site }: PasskeyQuestion,
  passkeys: readonly { id: string; salt: string }[],
): Promise<{ id: string; prf: Bytes }> {
  const evalByCredential = Object.fromEntries(passkeys.map(({ id, salt }) => [id, { first: unb64(salt) }]));
  const optionsJSON = {
    challenge,
    rpId: site,
    allowCredentials: passkeys.map(({ id }) => ({ id, type: "public-key" as const })),
    userVerification: "required" as const,
    timeout: TIMEOUT_MS,
    extensions: { prf: { evalByCredential } },
  };
  const { rawId, clientExtensionResults } = await startAuthentication({ optionsJSON }).catch(notDone);
  const prf = prfOf(clientExtensionResults);
  if (!prf) throw new TroubleError("passkey-keys");
  return { id: rawId, prf };
}

/** Make a passkey for a member; throws TroubleError `passkey`. `label`: what they call it. */
export async function makePasskey(
  { challenge, site, known = [] }: PasskeyQuestion,
  { memberId, name, label }: { memberId: string; name: string; label: string },
): Promise<WithPrf & { passkey: MadePasskey }> {
  const salt = makePasskeySalt();
  const optionsJSON: PublicKeyCredentialCreationOptionsJSON = {
    challenge,
    rp: { id: site, name: "YouthSafe" },
    user: { id: memberId, name, displayName: name },
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ alg, type: "public-key" as const })),
    excludeCredentials: known.map((id) => ({ id, type: "public-key" as const })),
    authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
    attestation: "none",
    timeout: TIMEOUT_MS,
    extensions: { prf: { eval: { first: salt } } },
  };
  const { rawId, response, clientExtensionResults } = await startRegistration({ optionsJSON }).catch(notDone);
  const passkey = { id: rawId, client_data: response.clientDataJSON, attestation: response.attestationObject, label };
  const given = prfOf(clientExtensionResults);
  return { passkey, salt, prf: given ?? (await askedForPrf(clientExtensionResults, { id: rawId, site, salt })) };
}

/** Many devices give nothing while a passkey is made, only when it is used: then it is used once, for nobody. */
async function askedForPrf(results: unknown, made: { id: string; site: string; salt: Bytes }): Promise<Bytes | null> {
  const prf = isObject(results) ? Reflect.get(results, "prf") : null;
  if (!isObject(prf) || Reflect.get(prf, "enabled") !== true) return null;
  const question = { challenge: b64(random(32)), site: made.site };
  const used = await askPasskey(question, [{ id: made.id, salt: b64(made.salt) }]).catch(() => null);
  return used?.prf ?? null;
}
