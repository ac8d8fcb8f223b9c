import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { RefusalError } from "../src/lib/errors.ts";
import { WorkerClient } from "../src/lib/worker_client.ts";
import { serve } from "../src/lib/worker_server.ts";

const ADDRESS = "/assets/calculator-NGPLF7QO.js";
const methods = {
  add: ({ name, to }: { name: number; to: number }) => name + to,
  slowly: async () => "done",
  refuse: () => {
    throw new RefusalError("words-word", 4);
  },
  fail: () => {
    throw new Error("a text that nobody reads");
  },
};
let silent = false;
let ended = 0;

/** A worker in this very process: what is posted to it arrives at the server's end, and the other way round. */
class FakeWorker extends EventTarget {
  onmessage: ((event: MessageEvent) => void) | null = null;

  postMessage(data: unknown) {
    globalThis.postMessage = (answer: unknown) => this.onmessage?.(new MessageEvent("message", { data: answer }));
    if (!silent) inside.dispatchEvent(new MessageEvent("message", { data: structuredClone(data) }));
  }

  terminate() {
    ended += 1;
  }
}

const inside = new EventTarget();
Object.assign(globalThis, {
  addEventListener: inside.addEventListener.bind(inside),
  location: { origin: "https://safe.example" },
  Worker: FakeWorker,
});
serve(methods);

const client = () => new WorkerClient<typeof methods>("calculator", ADDRESS, 1_000);

beforeEach(() => {
  silent = false;
  ended = 0;
});

test("questions are answered by their name, also one that has a field of that name", async () => {
  const line = client();
  const sums = [line.ask("add", { name: 1, to: 2 }), line.ask("add", { name: 3, to: 4 }), line.ask("slowly")];
  assert.deepEqual(await Promise.all(sums), [3, 7, "done"]);
});

test("a refusal comes with its kind and its word, and any other error as one kind without its text", async () => {
  await assert.rejects(client().ask("refuse"), { kind: "words-word", word: 4 });
  await assert.rejects(client().ask("fail"), { kind: "sealing", message: "sealing" });
});

test("a worker that is ended leaves no question open", async () => {
  silent = true;
  const line = client();
  const asked = line.ask("slowly");
  line.hangUp("locked");
  await assert.rejects(asked, { kind: "locked" });
  assert.equal(ended, 1);
});

test("a worker that stays silent is ended, and the next question begins another", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  silent = true;
  const line = client();
  const asked = line.ask("slowly");
  mock.timers.tick(1_000);
  await assert.rejects(asked, { kind: "worker" });
  mock.timers.reset();
  silent = false;
  assert.equal(await line.ask("slowly"), "done");
});
