import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { outcomeOf, retryAfter } from "../src/outbox/delivery.ts";
import { alone, backoff, mayGo, Outbox, settled } from "../src/outbox/outbox.ts";
import { Store } from "../src/outbox/store.ts";

const NO_ROOM = { attempt: async () => undefined };

const HOUR = 3_600_000;
const OURS = { "Content-Type": "application/problem+json" };
const PROBLEM = '{"type":"urn:youthsafe:problem:invalid-input"}';
const SEALED = { id: "r1", body: '{"sealed":1}' };

function desk(answers, { store = new Store(NO_ROOM), start = 10 * HOUR + 5 } = {}) {
  const desk = { left: null, time: start, sent: [], told: [], woken: [], store };
  desk.outbox = new Outbox({
    store,
    now: () => desk.time,
    deliver: async (item) => {
      desk.sent.push(item.body);
      return answers.shift() ?? { kind: "later", wait: 0 };
    },
    changed: (item, kind) => desk.told.push(kind),
    rested: (items) => {
      desk.left = items;
    },
    alone: (action) => action(),
    wake: (action, wait) => {
      desk.woken.push({ action, wait });
    },
  });
  return desk;
}

test("a report that the server has is forgotten here", async () => {
  const { outbox, store, told } = desk([{ kind: "sent", wait: 0 }]);
  await outbox.add(SEALED);
  await outbox.send("due");
  assert.deepEqual(told, ["sending", "sent"]);
  assert.deepEqual(await store.items(), []);
});

test("a report that was not answered stays, and goes again later", async () => {
  const here = desk([
    { kind: "later", wait: 0 },
    { kind: "sent", wait: 0 },
  ]);
  await here.outbox.add(SEALED);
  await here.outbox.send("due");
  assert.equal((await here.store.items())[0].state, "waiting");
  assert.equal(here.woken.at(-1).wait, 5_000);
  here.time += 5_000;
  await here.woken.at(-1).action();
  await here.outbox.send("due");
  assert.equal(here.sent.length, 2);
  assert.equal(here.told.at(-1), "sent");
});

test("what is kept holds the sealed body and the hour, and no answer and no code", async () => {
  const { outbox, store } = desk([]);
  await outbox.add({ ...SEALED, words: ["never"] });
  assert.deepEqual(await store.items(), [
    { ...SEALED, sealed_at: 10 * HOUR, state: "waiting", tries: 0, due: 0, not_before: 0 },
  ]);
});

test("a store that keeps nothing says so, and the report goes out from memory", async () => {
  const { outbox, sent } = desk([{ kind: "sent", wait: 0 }]);
  assert.equal(await outbox.add(SEALED), false);
  await outbox.send("due");
  assert.deepEqual(sent, [SEALED.body]);
});

test("after each round a page hears what is still there", async () => {
  const here = desk([
    { kind: "later", wait: 0 },
    { kind: "sent", wait: 0 },
  ]);
  await here.outbox.add(SEALED);
  await here.outbox.send("due");
  assert.deepEqual(
    here.left.map(({ id, tries }) => [id, tries]),
    [["r1", 1]],
  );
  await here.outbox.send("hand");
  assert.deepEqual(here.left, []);
});

const withLocks = async (locks, action) => {
  const own = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  Object.defineProperty(globalThis, "navigator", { value: { locks }, configurable: true });
  try {
    return await action();
  } finally {
    if (own) Object.defineProperty(globalThis, "navigator", own);
    else delete globalThis.navigator;
  }
};

test("whoever waits for a lock that nobody gives back goes on without it", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const stuck = {
    request: (name, { signal }) => new Promise((_, no) => signal.addEventListener("abort", () => no(signal.reason))),
  };
  await withLocks(stuck, async () => {
    const done = alone(async () => "sent");
    mock.timers.tick(45_000);
    assert.equal(await done, "sent");
  });
  mock.timers.reset();
});

test("a browser that refuses locks sends all the same, and what goes wrong inside a lock runs once", async () => {
  await withLocks(
    {
      request: async () => {
        throw new DOMException("", "SecurityError");
      },
    },
    async () => {
      assert.equal(await alone(async () => "sent"), "sent");
    },
  );
  let runs = 0;
  await withLocks({ request: (name, options, action) => action() }, async () => {
    await assert.rejects(
      alone(async () => {
        runs += 1;
        throw new Error("inside");
      }),
      /inside/,
    );
  });
  assert.equal(runs, 1);
});

test("calls during a round do not send the same report twice", async () => {
  const { outbox, sent } = desk([{ kind: "sent", wait: 0 }]);
  await outbox.add(SEALED);
  await Promise.all([outbox.send("due"), outbox.send("online"), outbox.send("hand")]);
  assert.equal(sent.length, 1);
});

test("a report that was put in during a round goes out in the next", async () => {
  const { outbox, sent } = desk([
    { kind: "sent", wait: 0 },
    { kind: "sent", wait: 0 },
  ]);
  await outbox.add(SEALED);
  const round = outbox.send("due");
  await outbox.add({ id: "r2", body: "two" });
  await Promise.all([round, outbox.send("due")]);
  assert.deepEqual(sent.sort(), ["two", SEALED.body].sort());
});

test("a report that is put in while a round comes to its end goes out all the same", async () => {
  const store = new Store(NO_ROOM);
  const items = store.items.bind(store);
  const here = desk([{ kind: "sent", wait: 0 }], { store });
  let looks = 0;
  store.items = async () => {
    const found = await items();
    looks += 1;
    if (looks === 2) {
      // the last look of a round that found nothing
      await here.outbox.add(SEALED);
      void here.outbox.send("due");
    }
    return found;
  };
  await here.outbox.send("online");
  assert.deepEqual(here.sent, [SEALED.body]);
});

test("a clock that is set back holds up no report", async () => {
  const year = 365 * 24 * HOUR;
  const here = desk(
    [
      { kind: "later", wait: 60_000 },
      { kind: "sent", wait: 0 },
    ],
    { start: year },
  );
  await here.outbox.add(SEALED);
  await here.outbox.send("due");
  here.time = HOUR;
  await here.outbox.send("due");
  assert.equal(here.sent.length, 2);
});

test("what waits because of a clock that was set back wakes the page soon", async () => {
  const store = new Store(NO_ROOM);
  await store.add({ ...SEALED, sealed_at: 0, state: "waiting", tries: 3, due: 9e12, not_before: 9e12 });
  const here = desk([{ kind: "later", wait: 0 }], { store });
  await here.outbox.send("due");
  assert.equal(here.woken.at(-1).wait, 20_000 * 2);
});

test("a refused or conflicting report is kept out of the way and not sent again", async () => {
  for (const kind of ["refused", "conflict"]) {
    const { outbox, store, sent } = desk([{ kind, wait: 0 }]);
    await outbox.add(SEALED);
    await outbox.send("due");
    await outbox.send("hand");
    assert.equal((await store.items())[0].state, kind);
    assert.equal(sent.length, 1);
  }
});

test("the wait doubles up to a quarter of an hour", () => {
  assert.deepEqual([1, 2, 3, 20].map(backoff), [5_000, 10_000, 20_000, 900_000]);
});

test("what the server asked us to wait holds for the network, not for somebody pressing the button", () => {
  const item = settled(
    { ...SEALED, sealed_at: 0, state: "waiting", tries: 0, due: 0, not_before: 0 },
    { kind: "later", wait: 60_000 },
    0,
  );
  assert.deepEqual(
    ["due", "online", "hand"].map((reason) => mayGo(item, reason, 30_000)),
    [false, false, true],
  );
  assert.ok(mayGo(item, "due", 60_000));
});

test("only a 201 that names the report means sent", async () => {
  const kind = async (status, body, headers = {}) =>
    (await outcomeOf(new Response(body, { status, headers }), "r1", 0)).kind;
  assert.equal(await kind(201, '{"id":"r1"}'), "sent");
  assert.equal(await kind(201, '{"id":"other"}'), "later");
  assert.equal(await kind(200, "<html>sign in to the Wi-Fi</html>"), "later");
  for (const status of [408, 425, 429, 500, 502, 503]) assert.equal(await kind(status, PROBLEM, OURS), "later");
});

test("only the server in its own words refuses a report, whatever a filter on the way answers", async () => {
  const kind = async (status, body, type) =>
    (await outcomeOf(new Response(body, { status, headers: type ? { "Content-Type": type } : {} }), "r1", 0)).kind;
  const said = OURS["Content-Type"];
  assert.equal(await kind(409, PROBLEM, said), "conflict");
  for (const status of [400, 404, 413, 415])
    assert.equal(await kind(status, PROBLEM, `${said}; charset=utf-8`), "refused");
  for (const status of [400, 401, 403, 404, 407, 409, 413, 451]) {
    assert.equal(await kind(status, "<h1>This page is blocked</h1>", "text/html"), "later");
    assert.equal(await kind(status, PROBLEM, "application/json"), "later");
    for (const other of ["{}", "null", '{"type":"about:blank"}', "not JSON"])
      assert.equal(await kind(status, other, said), "later");
  }
});

test("Retry-After is read as seconds and as a date", () => {
  assert.equal(retryAfter("120", 0), 120_000);
  assert.equal(retryAfter("Thu, 01 Jan 1970 00:02:00 GMT", 60_000), 60_000);
  assert.equal(retryAfter("Thu, 01 Jan 1970 00:00:00 GMT", 60_000), 0);
  for (const nothing of [null, "", "soon"]) assert.equal(retryAfter(nothing, 0), 0);
});

test("only the server itself can ask a report to wait, and for a quarter of an hour at most", async () => {
  const wait = async (body, headers) => (await outcomeOf(new Response(body, { status: 503, headers }), "r1", 0)).wait;
  assert.equal(await wait(PROBLEM, { ...OURS, "Retry-After": "60" }), 60_000);
  assert.equal(await wait(PROBLEM, { ...OURS, "Retry-After": "86400" }), 900_000);
  assert.equal(await wait("<h1>Sign in to the Wi-Fi</h1>", { "Content-Type": "text/html", "Retry-After": "86400" }), 0);
});
