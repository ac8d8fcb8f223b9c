/**
 * In the key worker: what an invited person's browser makes. It is kept here until the server has taken it, and ends with the worker; the
 * secret of the link never leaves this browser.
 */
import { type Bytes, b64, FormatError, unb64 } from "../../../crypto/bytes.ts";
import {
  acceptOffer,
  answerMac,
  checkWords,
  invitationKeys,
  type Offer,
  readInvitationLine,
} from "../../../crypto/invitation.ts";
import { publicKeyOf, random, SealError } from "../../../crypto/primitives.ts";
import type { Role } from "../../../crypto/roster.ts";
import { kindOf, TroubleError } from "../../trouble.ts";
import { isOffered, isRecoveryCodes } from "../../wire.ts";
import type { MadePasskey, PasskeyQuestion, WithPrf } from "../passkeys.ts";
import { postFor } from "../requests.ts";
import type { AppSecret } from "../second_factor.tsx";
import { drawWords, type FreshWords, type ShownWords } from "./fresh_words.ts";
import { wrapUnder } from "./own_keys.ts";
import { listOfWords } from "./passphrase.ts";

/** What the page shows of an offer that the link's maker vouches for. */
export interface JoiningOffer {
  member: string;
  name: string;
  role: Role;
  until: string;
  app: AppSecret;
  question: PasskeyQuestion;
}

/** The second factor that somebody chose. */
export type ChosenFactor = { code: string } | (WithPrf & { passkey: MadePasskey });

interface Joining {
  token: Bytes;
  macKey: Bytes;
  offer: Bytes;
  found: Offer;
  seed: Bytes;
  words: FreshWords;
}

let joining: Joining | null = null;

function begun(): Joining {
  if (!joining) throw new TroubleError("invitation");
  return joining;
}

function linkTrouble(error: unknown): never {
  const kind = kindOf(error);
  if (error instanceof FormatError || kind === "missing") throw new TroubleError("invitation");
  if (error instanceof SealError) throw new TroubleError("offer");
  throw kind === "conflict" ? new TroubleError("invitation-used") : error;
}

/** Ask what was offered, and believe it only where the maker of the link vouches for it. `line`: what stands beside its address. */
export async function lookAtInvitation({ line }: { line: string }): Promise<JoiningOffer> {
  try {
    const { secret, memberId } = readInvitationLine(line);
    const { token, macKey } = await invitationKeys(secret);
    const given = await postFor("/join/start", isOffered, { token: b64(token) });
    const offer = unb64(given.offer);
    const found = await acceptOffer(macKey, offer, unb64(given.offer_mac), memberId);
    const words = await drawWords();
    joining ??= { token, macKey, offer, found, seed: random(32), words };
    const { name, role } = found;
    const question = { challenge: given.challenge, site: given.site };
    return { member: b64(memberId), name, role, until: given.until, app: given.app, question };
  } catch (error) {
    return linkTrouble(error);
  }
}

export const joiningWords = (): ShownWords => begun().words.shown;

/** Throws TroubleError `words-again`. */
export function checkJoiningWords({ typed }: { typed: readonly string[] }): null {
  begun().words.check(typed);
  return null;
}

/** Send the key with its proof, the wrapped seed and the second factor, and give what the person must keep and say. */
export async function answerInvitation(chosen: ChosenFactor): Promise<{ codes: string[]; said: string[] }> {
  const { token, macKey, offer, found, seed, words } = begun();
  const list = await listOfWords();
  const publicKey = await publicKeyOf(seed);
  const own = { seed, instanceId: found.instanceId, fingerprint: found.fingerprint };
  const answer = { offer, publicKey };
  const factor =
    "code" in chosen
      ? { code: chosen.code, passkey: null }
      : { code: null, passkey: { ...chosen.passkey, wrap: await wrapUnder(chosen, found.memberId, own) } };
  const { codes } = await postFor("/join", isRecoveryCodes, {
    token: b64(token),
    public_key: b64(publicKey),
    proof: b64(await answerMac(macKey, answer)),
    words: await words.wrap(found.memberId, own),
    ...factor,
  }).catch(linkTrouble);
  const said = await checkWords(macKey, answer, list);
  seed.fill(0);
  joining = null;
  return { codes, said };
}
