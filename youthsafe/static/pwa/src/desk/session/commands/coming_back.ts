/** In the key worker: one coordinator comes back by the recovery kit, with new keys, new keys of every team and a new kit. */
import { type Bytes, b64, equal, FormatError, unb64 } from "../../../crypto/bytes.ts";
import { type Change, ChangeError, checkSignatures, parseChange } from "../../../crypto/change.ts";
import { KIT_ID, openGrant, type TeamSecret } from "../../../crypto/keyring.ts";
import { type KitKeys, kitKeys, openKitWrap, readKit } from "../../../crypto/kit.ts";
import { CodeError } from "../../../crypto/matching.ts";
import { fingerprint, publicKeyOf, random, SealError } from "../../../crypto/primitives.ts";
import { checkRootKey, type RootKey } from "../../../crypto/root_key.ts";
import type { Member, Role } from "../../../crypto/roster.ts";
import { readStaffPin } from "../../../trust/staff_pins.ts";
import { type Guard, isText, listOf, shape } from "../../guards.ts";
import { kindOf, TroubleError } from "../../trouble.ts";
import { post, postFor } from "../requests.ts";
import { type FreshSecrets, forgetFreshSecrets, freshSecrets } from "./fresh_secrets.ts";
import { newSignIn } from "./new_sign_in.ts";
import { listOfWords } from "./passphrase.ts";
import { renewedChange } from "./renewing.ts";

/** What the page may know of an instance that a kit opened: no key. */
export interface OpenedByKit {
  members: { id: string; name: string; role: Role }[];
  teams: readonly string[];
}

/** `id`: of a member of the roster, or empty for somebody new; `stay`: the ids of those who can still sign in. */
export interface ComingBack {
  id: string;
  name: string;
  stay: readonly string[];
  code: string;
}

interface SealedToKit {
  wrap: string;
  grants: string[];
  change: string;
  signature: string;
}

interface Opened {
  token: string;
  root: RootKey;
  before: Change;
  secrets: TeamSecret[];
}

const isSealedToKit: Guard<SealedToKit> = shape<SealedToKit>({
  wrap: isText,
  grants: listOf(isText),
  change: isText,
  signature: isText,
});

let opened: Opened | null = null;

/** Open what the server keeps under the kit; throws TroubleError. Nothing is believed that the kit does not bear out. */
export async function openKit({ typed }: { typed: string }): Promise<OpenedByKit> {
  const keys = await kitKeys(await secretOfKit(typed));
  const token = b64(keys.token);
  const found = await postFor("/recovery", isSealedToKit, { token }).catch((error: unknown) => {
    throw kindOf(error) === "missing" ? new TroubleError("kit-dead") : error;
  });
  opened = { token, ...(await believed(keys, found).catch(refused)) };
  const { roster, bundle } = opened.before;
  return {
    members: roster.members.map(({ id, name, role }) => ({ id: b64(id), name, role })),
    teams: bundle.teams.map(({ name }) => name),
  };
}

async function secretOfKit(typed: string): Promise<Bytes> {
  return readKit(typed, await listOfWords()).catch((error: unknown) => {
    if (!(error instanceof CodeError)) throw error;
    if (error.kind === "word") throw new TroubleError("kit-word", error.word);
    throw new TroubleError(error.kind === "count" ? "kit-count" : "kit-check");
  });
}

function refused(error: unknown): never {
  const isRefusal = error instanceof FormatError || error instanceof SealError || error instanceof ChangeError;
  throw isRefusal ? new TroubleError("kit-server") : error;
}

/** The kit says which root and instance; the root says who and which teams; each team's secret must be the one that it names. */
async function believed(keys: KitKeys, found: SealedToKit): Promise<Omit<Opened, "token">> {
  const { instanceId, scalar } = await openKitWrap({ keys, wrap: unb64(found.wrap) });
  const before = await parseChange(unb64(found.change));
  await checkSignatures(before, unb64(found.signature, 64));
  const root = { scalar, publicKey: before.root };
  await checkRootKey(root);
  const { roster } = before;
  if (!equal(roster.instanceId, instanceId)) throw new SealError("another instance");
  if (!equal(roster.recoveryKey, await publicKeyOf(keys.seed))) throw new SealError("another kit's roster");
  const pin = await readStaffPin();
  const known = !pin || (equal(pin.fingerprint, await fingerprint(before.root)) && equal(pin.instanceId, instanceId));
  if (!known) throw new TroubleError("pin");
  const { newest } = pin ?? {};
  if (newest && !(before.number > newest.number || equal(before.head, newest.head))) throw new TroubleError("head");
  const grants = found.grants.map((grant) =>
    openGrant({ grant: unb64(grant), roster, recipientId: KIT_ID, seed: keys.seed }),
  );
  const secrets = await Promise.all(grants);
  if (!roster.teams.every(({ id }) => secrets.some(({ teamId }) => equal(teamId, id))))
    throw new SealError("a team without a grant");
  return { root, before, secrets };
}

/** Sign and send the change that leaves this coordinator and whoever stays; the old kit is dead with it. */
export async function finishComingBack(typed: ComingBack): Promise<null> {
  if (!opened) throw new TroubleError("locked");
  const secrets = freshSecrets();
  const { token, root, before } = opened;
  const seed = random(32);
  const memberId = typed.id ? unb64(typed.id, 16) : random(16);
  const change = await changeBack(opened, secrets, typed, { memberId, publicKey: await publicKeyOf(seed) });
  const { instanceId } = before;
  const signIn = await newSignIn(secrets, { memberId, seed, instanceId, root, code: typed.code });
  const body = { token, change: b64(change.content), signature: b64(change.signature), ...signIn };
  await post("/recovery/restore", body).catch((error: unknown) => {
    const kind = kindOf(error);
    if (kind === "missing") throw new TroubleError("kit-dead");
    throw kind === "conflict" ? new TroubleError("used-code") : error;
  });
  forgetFreshSecrets();
  opened = null;
  return null;
}

async function changeBack(
  { root, before, secrets }: Opened,
  { kit }: FreshSecrets,
  { name, stay }: ComingBack,
  { memberId, publicKey }: { memberId: Bytes; publicKey: Bytes },
) {
  const { roster } = before;
  const back: Member = { id: memberId, role: "coordinator", publicKey, name, teams: roster.teams.map(({ id }) => id) };
  const stays = ({ id }: Member): boolean => stay.includes(b64(id)) && !equal(id, memberId);
  return renewedChange({
    root,
    before,
    secrets,
    recoveryKey: await publicKeyOf((await kitKeys(kit)).seed),
    members: [back, ...roster.members.filter(stays)],
    rootTo: [back],
    granterId: memberId,
  });
}
