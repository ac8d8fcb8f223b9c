/** In the key worker: what a new coordinator writes on paper and into an app. It lives here until it was sent, and ends with the worker. */
import { type Bytes, equal } from "../../../crypto/bytes.ts";
import { kitToLine, kitToWords, makeKit } from "../../../crypto/kit.ts";
import { random } from "../../../crypto/primitives.ts";
import { makePassphrase, passphraseToWords } from "../../../crypto/receipt.ts";
import { TroubleError } from "../../trouble.ts";
import { base32 } from "./base32.ts";
import { listOfWords, secretOf } from "./passphrase.ts";

/** What a person must see once: words and kit for paper, the second factor's secret for their app. */
export interface SetUpMade {
  words: readonly string[];
  kit: { words: readonly string[]; line: string };
  /** In base32, as authenticator apps take it. */
  secondFactor: string;
}

export interface FreshSecrets {
  passphrase: Bytes;
  kit: Bytes;
  secondFactor: Bytes;
}

let fresh: FreshSecrets | null = null;

/** Throws `locked` before anything was made. */
export function freshSecrets(): FreshSecrets {
  if (!fresh) throw new TroubleError("locked");
  return fresh;
}

export function forgetFreshSecrets(): void {
  fresh = null;
}

/** Make what only people may have; asked again, it gives the same. */
export async function beginSetUp(): Promise<SetUpMade> {
  const list = await listOfWords();
  fresh ??= { passphrase: makePassphrase(), kit: makeKit(), secondFactor: random(20) };
  return {
    words: passphraseToWords(fresh.passphrase, list),
    kit: { words: await kitToWords(fresh.kit, list), line: await kitToLine(fresh.kit) },
    secondFactor: base32(fresh.secondFactor),
  };
}

/** Whether these are the words that were shown; throws TroubleError for what they cannot be. */
export async function checkSetUpWords({ words }: { words: string }): Promise<boolean> {
  return equal(await secretOf(words), freshSecrets().passphrase);
}
