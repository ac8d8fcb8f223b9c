import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { keep } from "../src/app/offline.ts";
import { KeyWorkerClient } from "../src/desk/session/key_worker_client.ts";
import { WorkerClient } from "../src/lib/worker_client.ts";

const GENUINE = "/assets/sealer-NGPLF7QO.js";
const FALSE = [
  "/en/evil-worker.js",
  "https://elsewhere.example/assets/sealer-NGPLF7QO.js",
  "//elsewhere.example/assets/sealer-NGPLF7QO.js",
  "/assets/proof_worker-NGPLF7QO.js",
  "/assets/../en/sealer-NGPLF7QO.js",
  "/assets/sealer-NGPLF7QO.js?next=/en/evil.js",
  "/assets/sealer-NGPLF7QO.js\n",
  "data:text/javascript,0",
  "blob:https://safe.example/sealer-NGPLF7QO.js",
  "",
  undefined,
];
let started;

beforeEach(() => {
  started = [];
  globalThis.location = { origin: "https://safe.example" };
  globalThis.Worker = class extends EventTarget {
    constructor(address) {
      super();
      started.push(address);
    }

    postMessage() {}

    terminate() {}
  };
});

test("a page starts the worker that it means, on its own site", () => {
  const line = new WorkerClient("sealer", GENUINE, 1_000);
  line.ask("accept", {}).catch(() => {});
  line.hangUp();
  const keyWorker = new KeyWorkerClient("/assets/key_worker-JOYSPL55.js");
  keyWorker.look().catch(() => {});
  keyWorker.wipe();
  assert.deepEqual(started, [
    "https://safe.example/assets/sealer-NGPLF7QO.js",
    "https://safe.example/assets/key_worker-JOYSPL55.js",
  ]);
});

for (const address of FALSE) {
  test(`a page that names ${JSON.stringify(address)} in a worker's place starts nothing and says so`, async () => {
    await assert.rejects(new WorkerClient("sealer", address, 1_000).ask("accept", {}), { kind: "worker" });
    await assert.rejects(new KeyWorkerClient(address).look(), { kind: "browser" });
    assert.deepEqual(started, []);
  });
}

test("whatever a page names, only the service worker is registered", async () => {
  const registered = [];
  const serviceWorker = {
    register: async (address) => {
      registered.push(address);
      throw new Error("enough");
    },
  };
  Object.defineProperty(globalThis, "navigator", { value: { serviceWorker }, configurable: true });
  assert.equal(await keep("/en/evil.js", "en"), "failed");
  assert.deepEqual(registered, ["/sw.js"]);
});
