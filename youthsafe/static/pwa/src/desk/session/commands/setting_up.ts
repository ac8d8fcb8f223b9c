/**
 * In the key worker: what the first coordinator's browser makes for a new instance. It is kept here until the server has taken it, and
 * ends with the worker.
 */
import { type Bytes, b64, equal, FormatError } from "../../../crypto/bytes.ts";
import { composeChange } from "../../../crypto/change.ts";
import { KIT_ID, sealGrant, sealWrap, stretchPassphrase, type TeamSecret } from "../../../crypto/keyring.ts";
import { type KitKeys, kitKeys, kitToLine, kitToWords, makeKit, sealKitWrap } from "../../../crypto/kit.ts";
import { fingerprint, publicKeyOf, random } from "../../../crypto/primitives.ts";
import { makePassphrase, passphraseToWords } from "../../../crypto/receipt.ts";
import { sealRootGrant } from "../../../crypto/root_grant.ts";
import { makeRootKey, type RootKey } from "../../../crypto/root_key.ts";
import type { Bundle, Roster, Weekly } from "../../../crypto/roster.ts";
import { wordList } from "../../../crypto/words.ts";
import { type Guard, isFlag, shape } from "../../guards.ts";
import { kindOf, TroubleError } from "../../trouble.ts";
import { post, postFor } from "../requests.ts";
import { base32 } from "./base32.ts";
import { secretOf } from "./passphrase.ts";

/** What a person must see once: words and kit for paper, the second factor's secret for their app. */
export interface SetUpMade {
  words: readonly string[];
  kit: { words: readonly string[]; line: string };
  /** In base32, as authenticator apps take it. */
  secondFactor: string;
}

/** `link`: what followed the # of the set-up link. */
export interface SetUpTyped {
  link: string;
  name: string;
  team: string;
  code: string;
}

interface Prepared {
  passphrase: Bytes;
  kit: Bytes;
  secondFactor: Bytes;
}

const SALTED = { memory: 65_536, passes: 3 };
export const LIFE_SECONDS = 28 * 86_400;
/** Until somebody says at the desk when it reads. */
const NO_HOURS: Weekly = [null, null, null, null, null, null, null];
const isLinkAnswer: Guard<{ demo: boolean }> = shape<{ demo: boolean }>({ demo: isFlag });

let prepared: Prepared | null = null;

function ready(): Prepared {
  if (!prepared) throw new TroubleError("locked");
  return prepared;
}

/** Ask whether the link is good; throws `set-up-link`. */
export async function checkSetUpLink({ link }: { link: string }): Promise<{ demo: boolean }> {
  return postFor("/set-up/link", isLinkAnswer, { secret: link }).catch(linkTrouble);
}

function linkTrouble(error: unknown): never {
  const kind = kindOf(error);
  throw kind === "missing"
    ? new TroubleError("set-up-link")
    : kind === "conflict"
      ? new TroubleError("used-code")
      : error;
}

/** Make what only people may have; asked again, it gives the same. */
export async function beginSetUp(): Promise<SetUpMade> {
  prepared ??= { passphrase: makePassphrase(), kit: makeKit(), secondFactor: random(20) };
  return {
    words: passphraseToWords(prepared.passphrase, wordList("en")),
    kit: { words: await kitToWords(prepared.kit, wordList("en")), line: await kitToLine(prepared.kit) },
    secondFactor: base32(prepared.secondFactor),
  };
}

/** Whether these are the words that were shown; throws TroubleError for what they cannot be. */
export async function checkSetUpWords({ words }: { words: string }): Promise<boolean> {
  return equal(secretOf(words), ready().passphrase);
}

/** Make the instance's keys, and send everything that the server may hold, all of it or nothing. */
export async function finishSetUp({ link, name, team, code }: SetUpTyped): Promise<null> {
  const { passphrase, kit, secondFactor } = ready();
  const { demo } = await checkSetUpLink({ link });
  const [root, keys, seed] = [await makeRootKey(), await kitKeys(kit), random(32)];
  const [instanceId, memberId] = [random(16), random(16)];
  const change = await firstChange({ root, keys, instanceId, memberId, seed, name, team, demo });
  const salt = random(16);
  const { proof, wrapKey } = await stretchPassphrase({ secret: passphrase, salt, ...SALTED });
  const pin = { instanceId, fingerprint: await fingerprint(root.publicKey) };
  const wrap = await sealWrap({ memberId, salt, ...SALTED, wrapKey, seed, ...pin });
  const kitWrap = await sealKitWrap({ keys, instanceId, scalar: root.scalar });
  const body = {
    secret: link,
    change: b64(change.content),
    signature: b64(change.signature),
    salt: b64(salt),
    proof: b64(proof),
    wrap: b64(wrap),
    second_factor: b64(secondFactor),
    code,
    kit_token: b64(keys.token),
    kit_wrap: b64(kitWrap),
  };
  await post("/set-up", body).catch(linkTrouble);
  prepared = null;
  return null;
}

interface First {
  root: RootKey;
  keys: KitKeys;
  instanceId: Bytes;
  memberId: Bytes;
  seed: Bytes;
  name: string;
  team: string;
  demo: boolean;
}

/** One coordinator and one general team, whose secret the coordinator and the kit hold. */
async function firstChange({ root, keys, instanceId, memberId, seed, name, team, demo }: First) {
  const teamSeed = random(32);
  const [publicKey, recoveryKey, teamKey] = await Promise.all([seed, keys.seed, teamSeed].map(publicKeyOf));
  if (!publicKey || !recoveryKey || !teamKey) throw new FormatError("a key is missing");
  const secret: TeamSecret = { teamId: random(16), seeds: [{ epoch: 1, seed: teamSeed }] };
  const issuedAt = Math.floor(Date.now() / 1000);
  const life = { instanceId, issuedAt, notAfter: issuedAt + LIFE_SECONDS };
  const named = { id: secret.teamId, epoch: 1, publicKey: teamKey };
  const roster: Roster = {
    ...life,
    version: 1,
    recoveryKey,
    teams: [named],
    members: [{ id: memberId, role: "coordinator", publicKey, name, teams: [secret.teamId] }],
  };
  const listed = { ...named, kind: 1, staffed: true, name: team, languages: ["en"], weekly: NO_HOURS };
  const bundle: Bundle = { ...life, serial: 1, demo, closedDays: [], teams: [listed] };
  const fromKit = { secret, instanceId, granterId: KIT_ID };
  const grants = await Promise.all([
    sealGrant({ ...fromKit, recipientId: memberId, recipientKey: publicKey }),
    sealGrant({ ...fromKit, recipientId: KIT_ID, recipientKey: recoveryKey }),
    sealRootGrant({ root, instanceId, recipientId: memberId, recipientKey: publicKey }),
  ]);
  teamSeed.fill(0);
  return composeChange(root, null, { roster, bundle, grants });
}
