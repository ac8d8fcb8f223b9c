/** In the key worker: making the keys of a new instance, and sending what the server may hold of them, all of it or nothing. */
import { type Bytes, b64, FormatError } from "../../../crypto/bytes.ts";
import { composeChange } from "../../../crypto/change.ts";
import { KIT_ID, sealGrant, type TeamSecret } from "../../../crypto/keyring.ts";
import { type KitKeys, kitKeys } from "../../../crypto/kit.ts";
import { publicKeyOf, random } from "../../../crypto/primitives.ts";
import { sealRootGrant } from "../../../crypto/root_grant.ts";
import { makeRootKey, type RootKey } from "../../../crypto/root_key.ts";
import type { Bundle, Roster, Weekly } from "../../../crypto/roster.ts";
import { type Guard, isFlag, shape } from "../../guards.ts";
import { kindOf, TroubleError } from "../../trouble.ts";
import { post, postFor } from "../requests.ts";
import { forgetFreshSecrets, freshSecrets } from "./fresh_secrets.ts";
import { LIFE_SECONDS, newSignIn } from "./new_sign_in.ts";

/** `link`: what followed the # of the set-up link. */
export interface SetUpTyped {
  link: string;
  name: string;
  team: string;
  code: string;
}

/** Until somebody says at the desk when it reads. */
const NO_HOURS: Weekly = [null, null, null, null, null, null, null];
const isLinkAnswer: Guard<{ demo: boolean }> = shape<{ demo: boolean }>({ demo: isFlag });

/** Ask whether the link is good; throws `set-up-link`. */
export async function checkSetUpLink({ link }: { link: string }): Promise<{ demo: boolean }> {
  return postFor("/set-up/link", isLinkAnswer, { secret: link }).catch(linkTrouble);
}

function linkTrouble(error: unknown): never {
  const kind = kindOf(error);
  if (kind === "missing") throw new TroubleError("set-up-link");
  throw kind === "conflict" ? new TroubleError("used-code") : error;
}

/** Make the instance's keys, and send everything that the server may hold, all of it or nothing. */
export async function finishSetUp({ link, name, team, code }: SetUpTyped): Promise<null> {
  const secrets = freshSecrets();
  const { demo } = await checkSetUpLink({ link });
  const [root, keys, seed] = [await makeRootKey(), await kitKeys(secrets.kit), random(32)];
  const [instanceId, memberId] = [random(16), random(16)];
  const change = await firstChange({ root, keys, instanceId, memberId, seed, name, team, demo });
  const signIn = await newSignIn(secrets, { memberId, seed, instanceId, root, code });
  const body = { secret: link, change: b64(change.content), signature: b64(change.signature), ...signIn };
  await post("/set-up", body).catch(linkTrouble);
  forgetFreshSecrets();
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
