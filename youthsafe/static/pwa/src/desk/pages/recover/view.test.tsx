/** Coming back by the kit: what is typed, who comes back, who stays, and what is sent at the end. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../../tests/dom.ts";
import { fireEvent, render, waitFor } from "@testing-library/preact";
import { atDesk, part } from "../../../../tests/desk_member.ts";
import { TroubleError } from "../../trouble.ts";
import { View } from "./view.tsx";

const KIT = Array.from({ length: 24 }, (_each, at) => `kit${at}`);
const MADE = {
  words: ["one", "two", "three", "four", "five", "six"],
  kit: { words: KIT, line: "youthsafe-kit-1:AAAA" },
  secondFactor: "ABCDEFGHIJKLMNOPABCDEFGHIJKLMNOP",
};
const OPENED = {
  members: [
    { id: "ada", name: "Ada", role: "coordinator" },
    { id: "bob", name: "Bob", role: "caseworker" },
    { id: "eve", name: "Eve", role: "coordinator" },
  ],
  teams: ["Early help"],
};

async function page(worker = {}) {
  const { desk, keyWorker } = await atDesk({ below: "recover/" });
  desk.expire();
  const sent = [];
  Object.assign(keyWorker, {
    openKit: async (typed) => sent.push(typed) && OPENED,
    beginSetUp: async () => MADE,
    checkSetUpWords: async () => true,
    finishComingBack: async (typed) => sent.push(typed) && null,
    ...worker,
  });
  render(<View desk={desk} visit={desk.visit.value} />);
  return { sent };
}

const type = (selector, value) => fireEvent.input(document.querySelector(selector), { target: { value } });
const errors = () => [...document.querySelectorAll(".error:not([hidden])")].map((each) => each.textContent);

async function oldKit(typed = "all the words") {
  await waitFor(() => assert.ok(part("old-kit")));
  type("#kit", typed);
  fireEvent.submit(part("old-kit"));
}

async function toTheEnd() {
  await waitFor(() => assert.ok(part("words-check")));
  type("#words", "any");
  fireEvent.submit(part("words-check"));
  await waitFor(() => assert.ok(part("kit")));
  fireEvent.click(part("printed"));
  await waitFor(() => assert.ok(part("kit-check")));
  for (const input of document.querySelectorAll('[id^="kit-word-"]:is(input)'))
    fireEvent.input(input, { target: { value: KIT[Number(input.id.replace("kit-word-", ""))] } });
  fireEvent.submit(part("kit-check"));
  await waitFor(() => assert.ok(part("finish")));
  type("#code", "123456");
  fireEvent.submit(part("finish"));
  await waitFor(() => assert.ok(part("done")));
}

test("the first coordinator comes back, and of the others only who is ticked stays", async () => {
  const { sent } = await page();
  await oldKit();
  await waitFor(() => assert.ok(part("who-form")));
  document.querySelector('[name=stay][value="bob"]').checked = true;
  fireEvent.submit(part("who-form"));
  await toTheEnd();
  assert.deepEqual(sent, ["all the words", { id: "ada", name: "Ada", stay: ["bob"], code: "123456" }]);
  assert.match(part("done").textContent, /The old kit is dead/);
});

test("somebody new has a name, and nobody stays unless somebody says so", async () => {
  const { sent } = await page();
  await oldKit();
  await waitFor(() => assert.ok(part("who-form")));
  fireEvent.click(document.querySelector('[name=who][value=""]'));
  fireEvent.submit(part("who-form"));
  await waitFor(() => assert.deepEqual(errors(), ["Write your sign-in name."]));
  type("#name", "ＡDA");
  fireEvent.submit(part("who-form"));
  await waitFor(() => assert.deepEqual(errors(), ["Somebody has this name already."]));
  type("#name", "Grace");
  fireEvent.submit(part("who-form"));
  await toTheEnd();
  assert.deepEqual(sent[1], { id: "", name: "Grace", stay: [], code: "123456" });
});

for (const [kind, words] of Object.entries({
  "kit-count": /24 words/,
  "kit-check": /not those of a kit/,
  "kit-dead": /a newer one has taken its place/,
})) {
  test(`${kind} is said at the field, and nothing goes on`, async () => {
    await page({ openKit: () => Promise.reject(new TroubleError(kind)) });
    await oldKit();
    await waitFor(() => assert.match(errors()[0], words));
    assert.ok(part("old-kit"));
  });
}

test("a server whose answer does not fit the kit is said to be the fault", async () => {
  await page({ openKit: () => Promise.reject(new TroubleError("kit-server")) });
  await oldKit();
  await waitFor(() => assert.match(part("trouble").textContent, /does not fit this kit. Nothing was changed/));
});
