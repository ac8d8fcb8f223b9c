/** A browser is woken for a member only when they switch it on, and the desk says what came of each press. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../../tests/dom.ts";
import { fireEvent, render, waitFor } from "@testing-library/preact";
import { atDesk, isShown, part } from "../../../../tests/desk_member.ts";
import { WokenPanel } from "./woken_panel.tsx";

const ENDPOINT = "https://push.example/1";

/** A browser with a push service. `endpoints`: that the server knows of the member. */
async function atBrowser({ subscribed = false, endpoints = [], permission = "granted", answers = {} } = {}) {
  const browser = { here: null, words: null, bound: null };
  const subscription = {
    endpoint: ENDPOINT,
    unsubscribe: async () => {
      browser.here = null;
    },
  };
  if (subscribed) browser.here = subscription;
  const pushManager = {
    getSubscription: async () => browser.here,
    subscribe: async ({ applicationServerKey }) => {
      browser.bound = applicationServerKey;
      browser.here = subscription;
      return subscription;
    },
  };
  const registration = { pushManager };
  globalThis.PushManager = class {};
  globalThis.Notification = { permission, requestPermission: async () => permission };
  globalThis.caches = {
    open: async () => ({
      put: async (_address, response) => {
        browser.words = await response.text();
      },
    }),
    delete: async () => {
      browser.words = null;
    },
  };
  const serviceWorker = {
    register: async () => registration,
    ready: Promise.resolve(registration),
    getRegistration: async () => registration,
  };
  Object.defineProperty(navigator, "serviceWorker", { value: serviceWorker, configurable: true });
  const known = [...endpoints];
  const member = await atDesk({
    below: "account/",
    answers: {
      "GET /devices": () => ({ endpoints: known }),
      "POST /devices/key": { key: "a-key" },
      "POST /devices": () => {
        known.push(ENDPOINT);
        return 204;
      },
      "POST /devices/remove": () => {
        known.length = 0;
        return 204;
      },
      "POST /devices/test": { woken: true, problem: null },
      ...answers,
    },
  });
  render(<WokenPanel desk={member.desk} />);
  return { ...member, browser };
}

const state = () => part("woken-state").textContent;
const outcome = () => part("woken-outcome").textContent;

test("a browser without a push service says so", async () => {
  delete globalThis.PushManager;
  const { desk } = await atDesk({ below: "account/" });
  render(<WokenPanel desk={desk} />);
  await waitFor(() => assert.match(state(), /cannot show alerts/));
  assert.ok(!isShown(part("wake")));
});

test("switched on, it is bound to the key of this instance, told to the server, and knows what to say", async () => {
  const { asked, browser } = await atBrowser();
  await waitFor(() => assert.ok(isShown(part("wake"))));
  fireEvent.click(part("wake"));
  await waitFor(() => assert.match(state(), /are on in this browser/));
  assert.equal(browser.bound, "a-key");
  assert.equal(browser.words, "Something is waiting at the desk");
  assert.deepEqual(asked.find(({ method, path }) => method === "POST" && path === "/devices").body, {
    endpoint: ENDPOINT,
  });
  assert.match(outcome(), /From now on/);
});

test("one that is woken for another member is off for this one", async () => {
  await atBrowser({ subscribed: true, endpoints: [] });
  await waitFor(() => assert.match(state(), /are off in this browser/));
});

test("a press tries it", async () => {
  await atBrowser({ subscribed: true, endpoints: [ENDPOINT] });
  await waitFor(() => assert.ok(isShown(part("try-waking"))));
  fireEvent.click(part("try-waking"));
  await waitFor(() => assert.match(outcome(), /push service took it/));
});

test("switched off, it is forgotten on both sides", async () => {
  const { browser } = await atBrowser({ subscribed: true, endpoints: [ENDPOINT] });
  await waitFor(() => assert.ok(isShown(part("wake-no-more"))));
  fireEvent.click(part("wake-no-more"));
  await waitFor(() => assert.match(outcome(), /no more alerts/));
  assert.equal(browser.here, null);
});

test("where notices are refused, nothing is asked of anybody", async () => {
  const { asked } = await atBrowser({ permission: "denied" });
  await waitFor(() => assert.match(state(), /told to show no alerts/));
  assert.deepEqual(
    asked.filter(({ path }) => path.startsWith("/devices")),
    [],
  );
});
