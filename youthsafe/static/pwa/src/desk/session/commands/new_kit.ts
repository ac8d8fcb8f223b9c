/** In the key worker: a new recovery kit in the place of the old one, and with it a new root where somebody wants one. */
import { b64 } from "../../../crypto/bytes.ts";
import { isRefusal } from "../../../crypto/change.ts";
import { kitKeys, sealKitWrap } from "../../../crypto/kit.ts";
import { publicKeyOf } from "../../../crypto/primitives.ts";
import { signRootChange } from "../../../crypto/root_change.ts";
import { makeRootKey } from "../../../crypto/root_key.ts";
import { TroubleError } from "../../trouble.ts";
import type { Keys } from "../key_ring.ts";
import { post } from "../requests.ts";
import { forgetFreshSecrets, freshSecrets } from "./fresh_secrets.ts";
import { renewedChange } from "./renewing.ts";

/** `changesRoot`: whether the root is exchanged too, signed by the old one, so that pins follow. */
export interface TypedKit {
  changesRoot: boolean;
}

/** Sign and send it, all of it or nothing. Throws TroubleError `team-secret` unless this coordinator holds the key of every team. */
export async function replaceKit(keys: Keys, { changesRoot }: TypedKit): Promise<void> {
  const { root: held, change: before, member } = keys;
  if (!held) throw new TroubleError("no-root");
  const secrets = before.roster.teams.map(({ id }) => {
    const secret = keys.secrets[b64(id)];
    if (!secret) throw new TroubleError("team-secret");
    return secret;
  });
  const root = changesRoot ? await makeRootKey() : held;
  const made = await kitKeys(freshSecrets().kit);
  const { instanceId, roster } = before;
  const changedAt = Math.floor(Date.now() / 1000);
  const coordinators = roster.members.filter(({ role }) => role === "coordinator");
  const signed = await renewedChange({
    root,
    before,
    secrets,
    recoveryKey: await publicKeyOf(made.seed),
    members: roster.members,
    rootTo: changesRoot ? coordinators : [],
    ...(changesRoot && { rootChange: await signRootChange(held, { instanceId, newRoot: root.publicKey, changedAt }) }),
    granterId: member.id,
  }).catch((error: unknown) => {
    throw isRefusal(error) ? new TroubleError("signature") : error;
  });
  await post("/getting-started/kit", {
    change: b64(signed.content),
    signature: b64(signed.signature),
    kit_token: b64(made.token),
    kit_wrap: b64(await sealKitWrap({ keys: made, instanceId, scalar: root.scalar })),
  });
  forgetFreshSecrets();
}
