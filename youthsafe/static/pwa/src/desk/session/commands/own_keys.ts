/** In the key worker: a member changes the own words, adds a passkey that opens the keys, and gives both factors again. */
import { type Bytes, b64, unb64 } from "../../../crypto/bytes.ts";
import type { Wrapped } from "../../../crypto/keyring.ts";
import { nameOfCredential, sealPasskeyWrap } from "../../../crypto/passkey_wrap.ts";
import { isText, shape } from "../../guards.ts";
import { kindOf, TroubleError } from "../../trouble.ts";
import { isSalted } from "../../wire.ts";
import type { Keys } from "../key_ring.ts";
import type { MadePasskey, PasskeyAnswer, WithPrf } from "../passkeys.ts";
import { post, postFor } from "../requests.ts";
import { drawWords, type FreshWords, type ShownWords } from "./fresh_words.ts";
import { secretOf } from "./passphrase.ts";
import { stretcher } from "./stretching.ts";

/** A second factor as somebody gave it: a code, or what a passkey signed. */
export type TypedFactor = { code: string } | { passkey: PasskeyAnswer };

let fresh: FreshWords | null = null;

/** Six new words; the old ones count until they were typed back. */
export async function newWords(): Promise<ShownWords> {
  fresh = await drawWords();
  return fresh.shown;
}

/** Put the new words in the place of the old ones; throws TroubleError. `typed`: those that were asked for. */
export async function changeWords(keys: Keys, { typed }: { typed: readonly string[] }): Promise<null> {
  if (!fresh) throw new TroubleError("locked");
  fresh.check(typed);
  await post("/account/words", await fresh.wrap(keys.member.id, keys.own));
  fresh = null;
  return null;
}

/** A member's seed under what a passkey gave, in Base64; null where it gave nothing. */
export async function wrapUnder(
  { passkey, prf, salt }: WithPrf & { passkey: MadePasskey },
  memberId: Bytes,
  own: Wrapped,
): Promise<string | null> {
  if (!prf) return null;
  const credential = await nameOfCredential(unb64(passkey.id));
  return b64(await sealPasskeyWrap({ memberId, credential, salt, prf, ...own }));
}

const isKept = shape<{ id: string }>({ id: isText });

/** Keep a passkey, with the keys under what its PRF gives, where it gives something. */
export async function addPasskey(keys: Keys, made: WithPrf & { passkey: MadePasskey }): Promise<{ id: string }> {
  return postFor("/account/passkeys", isKept, {
    ...made.passkey,
    wrap: await wrapUnder(made, keys.member.id, keys.own),
  });
}

/** Give both factors again; throws TroubleError `refused` whatever was wrong. */
export async function confirmBoth(
  { name }: { name: string },
  { words, factor }: { words: string; factor: TypedFactor },
): Promise<null> {
  const stretch = stretcher(await secretOf(words));
  const { salt, memory, passes } = await postFor("/sign-in/start", isSalted, { name });
  const { proof } = await stretch({ salt: unb64(salt, 16), memory, passes });
  await post("/account/confirm", { proof: b64(proof), ...factor }).catch((error: unknown) => {
    throw kindOf(error) === "invalid" ? new TroubleError("refused") : error;
  });
  return null;
}
