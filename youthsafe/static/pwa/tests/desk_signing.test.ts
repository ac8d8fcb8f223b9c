/** Signing a change in the key worker: what it follows is what was believed, and no other root signs it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { b64, unb64 } from "../src/crypto/bytes.ts";
import { acceptChange } from "../src/crypto/change.ts";
import { sealRootGrant } from "../src/crypto/root_grant.ts";
import { makeRootKey } from "../src/crypto/root_key.ts";
import { signChange } from "../src/desk/session/commands/changing.ts";
import { hoursChange } from "../src/desk/session/commands/hours.ts";
import { kindOf } from "../src/desk/trouble.ts";
import { begun } from "./desk_instance.ts";

const NOW = Date.parse("2026-11-23T10:00Z");
const make = (before) => hoursChange(before, { serial: 7, weeks: {}, closedDays: [20_900] }, NOW);

/** What is posted; `status`: what the server answers. */
function server(status = 200) {
  const posted = [];
  globalThis.fetch = async (address, { body }) => {
    posted.push({ address, ...JSON.parse(body) });
    return new Response("{}", { status });
  };
  return posted;
}

const refusal = (kind) => (error) => kindOf(error) === kind;

test("what is posted follows the change that was believed, under its root", async () => {
  const posted = server();
  const { keys, rootGrant, before } = await begun(NOW);
  await signChange(keys, b64(rootGrant), make);
  assert.equal(posted.length, 1);
  const [{ address, change, signature }] = posted;
  assert.match(address, /\/api\/v1\/staff\/changes$/);
  const after = await acceptChange({ content: unb64(change), signature: unb64(signature), before });
  assert.deepEqual(after.bundle.closedDays, [20_900]);
});

test("a member to whom nobody granted the root signs nothing", async () => {
  const posted = server();
  const { keys } = await begun(NOW);
  await assert.rejects(signChange(keys, null, make), refusal("forbidden"));
  assert.equal(posted.length, 0);
});

test("a grant of another root, and another member’s, are refused before anything is signed", async () => {
  const posted = server();
  const [{ keys }, other] = [await begun(NOW), await begun(NOW)];
  const recipient = {
    instanceId: keys.own.instanceId,
    recipientId: keys.member.id,
    recipientKey: keys.member.publicKey,
  };
  const foreign = await sealRootGrant({ root: await makeRootKey(), ...recipient });
  for (const grant of [foreign, other.rootGrant, new Uint8Array(10)]) {
    let asked = false;
    const signed = signChange(keys, b64(grant), (before) => {
      asked = true;
      return make(before);
    });
    await assert.rejects(signed, refusal("signature"));
    assert.equal(asked, false);
  }
  assert.equal(posted.length, 0);
});

test("a change that may not come into force is not posted", async () => {
  const posted = server();
  const { keys, rootGrant } = await begun(NOW);
  const withoutTeam = (before) => ({ ...make(before), roster: { ...make(before).roster, teams: [] } });
  await assert.rejects(signChange(keys, b64(rootGrant), withoutTeam), refusal("signature"));
  assert.equal(posted.length, 0);
});

test("where another was quicker at the server that is a conflict", async () => {
  server(409);
  const { keys, rootGrant } = await begun(NOW);
  await assert.rejects(signChange(keys, b64(rootGrant), make), refusal("conflict"));
});
