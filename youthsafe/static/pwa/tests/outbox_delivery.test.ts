import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { deliver } from "../src/outbox/delivery.ts";
import { solve } from "../src/outbox/proof_of_work.ts";

const ITEM = { id: "r1", body: '{"sealed":1}' };
const realFetch = globalThis.fetch;

afterEach(() => {
  globalThis.fetch = realFetch;
});

/** Answers in turn, and what was asked. */
function server(...answers) {
  const asked = [];
  globalThis.fetch = async (address, { body, headers }) => {
    asked.push({ body, proof: headers["Youthsafe-Work"] });
    const { status, type = "application/problem+json", content } = answers.shift();
    return new Response(JSON.stringify(content), { status, headers: { "Content-Type": type } });
  };
  return asked;
}

const wanted = (challenge) => ({ status: 428, content: { type: "urn:youthsafe:problem:work-wanted", challenge } });
const kept = { status: 201, type: "application/json", content: { id: "r1" } };
const prove = async ({ number }) => `proof ${number}`;

test("work that is wanted is done, and the identical body goes again with the proof beside it", async () => {
  const asked = server(wanted({ number: 7 }), kept);
  assert.equal((await deliver("/x", ITEM, prove)).kind, "sent");
  assert.deepEqual(asked, [
    { body: ITEM.body, proof: undefined },
    { body: ITEM.body, proof: "proof 7" },
  ]);
});

test("no work is done for a report that is taken without", async () => {
  server(kept);
  const never = () => {
    throw new Error("asked");
  };
  assert.equal((await deliver("/x", ITEM, never)).kind, "sent");
});

test("work that was not good enough is never a refusal: the report waits and goes again", async () => {
  const asked = server(wanted({ number: 1 }), wanted({ number: 2 }));
  assert.deepEqual(await deliver("/x", ITEM, prove), { kind: "later", wait: 0 });
  assert.equal(asked.length, 2);
});

test("a worker that cannot be had is never a refusal", async () => {
  server(wanted({ number: 1 }));
  const lost = async () => {
    throw new Error("worker");
  };
  assert.equal((await deliver("/x", ITEM, lost)).kind, "later");
});

test("a 428 of somebody on the way is not worked for", async () => {
  const asked = server({ status: 428, type: "text/html", content: { challenge: { number: 1 } } });
  assert.equal((await deliver("/x", ITEM, prove)).kind, "later");
  assert.equal(asked.length, 1);
});

test("what is no challenge is given up", async () => {
  await assert.rejects(solve({ parameters: { nonce: "x", salt: "", keyPrefix: "" } }));
});

test("a challenge that a server made is solved by the browser with its own PBKDF2", async () => {
  const { createChallenge, verifySolution } = await import("altcha-lib");
  const { deriveKey } = await import("altcha-lib/algorithms/web/pbkdf2");
  const secrets = { hmacSignatureSecret: "a", hmacKeySignatureSecret: "b" };
  const challenge = await createChallenge({
    algorithm: "PBKDF2/SHA-256",
    cost: 100,
    counter: 40,
    deriveKey,
    ...secrets,
  });
  const payload = JSON.parse(atob(await solve(challenge)));
  assert.equal(payload.solution.counter, 40);
  assert.equal((await verifySolution({ ...payload, deriveKey, ...secrets })).verified, true);
});
