/** My account: what it shows, and that a key or factor changes only after both factors were given. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../../tests/dom.ts";
import { fireEvent, render, waitFor } from "@testing-library/preact";
import { atDesk, isShown, part } from "../../../../tests/desk_member.ts";
import { TroubleError } from "../../trouble.ts";
import { View } from "./view.tsx";

const ACCOUNT = {
  member: { id: "me", name: "Ada", role: 1 },
  app: true,
  passkeys: [],
  codes_left: 3,
  mail: null,
  confirmed: true,
};
const PASSKEY = { id: "key", label: "My phone", made: "2026-11-20T09:00Z", opens_keys: true };
const session = (id, here = false) => ({ id, begun: "2026-11-23T08:00Z", seen: "2026-11-23T09:00Z", here });
const WORDS = { words: ["one", "two", "three", "four", "five", "six"], places: [1, 4, 6] };

async function page({ account = {}, sessions = [session("a", true)], answers = {}, worker = {} } = {}) {
  const member = await atDesk({
    below: "account/",
    answers: { "GET /account": { ...ACCOUNT, ...account }, "GET /sessions": { sessions }, ...answers },
  });
  Object.assign(member.keyWorker, worker);
  render(<View desk={member.desk} visit={member.visit} />);
  await waitFor(() => assert.ok(part("panel-words")));
  return member;
}

const panel = (name) => part(`panel-${name}`);
const said = (name) => panel(name).querySelector('[data-part="outcome"]').textContent;
const wrong = (name) => panel(name).querySelector('[role="alert"]').textContent;

test("an account says which factors there are and how many recovery codes are left", async () => {
  await page({ account: { passkeys: [PASSKEY] } });
  assert.match(panel("app").textContent, /Set up/);
  assert.match(panel("passkeys").textContent, /My phone.*Unlocks the desk too/);
  assert.match(panel("codes").textContent, /left: 3/);
});

test("new words count once three of them were typed from paper", async () => {
  const typed = [];
  await page({
    worker: {
      newWords: async () => WORDS,
      changeWords: async (words) => {
        typed.push(words);
        if (words[1] !== "four") throw new TroubleError("words-again", 4);
      },
    },
  });
  fireEvent.click(part("new-words"));
  await waitFor(() => assert.match(part("six-words").textContent, /onetwothree/));
  fireEvent.click(part("written"));
  const type = (words) => {
    for (const [at, each] of [...part("typed-back").querySelectorAll("input")].entries()) each.value = words[at];
    fireEvent.submit(part("typed-back"));
  };
  const idle = () =>
    waitFor(() => assert.equal(part("typed-back").querySelector("button").getAttribute("aria-disabled"), null));
  await waitFor(() => assert.ok(part("typed-back")));
  await idle();
  type(["one", "for", "six"]);
  await waitFor(() => assert.match(document.querySelector("#word-4-error").textContent, /Word 4 is not the one/));
  await idle();
  type(["one", "four", "six"]);
  await waitFor(() => assert.match(said("words"), /new words count/));
  assert.equal(typed.length, 2);
});

test("recovery codes are shown once, and are gone from the page afterwards", async () => {
  await page({ answers: { "POST /account/recovery-codes": { codes: ["ABCDE-FGHJK"] } } });
  fireEvent.click(part("new-codes"));
  await waitFor(() => assert.match(part("recovery-codes").textContent, /ABCDE-FGHJK/));
  fireEvent.click(part("have-codes"));
  await waitFor(() => assert.ok(part("recovery-codes") === null));
  assert.doesNotMatch(document.body.textContent, /ABCDE/);
});

test("after ten minutes both factors are asked again, and then what was pressed is done", async () => {
  let confirmed = false;
  const given = [];
  await page({
    answers: { "POST /account/recovery-codes": () => (confirmed ? { codes: ["ABCDE-FGHJK"] } : 403) },
    worker: {
      confirmBoth: async (typed) => {
        given.push(typed);
        confirmed = true;
      },
    },
  });
  fireEvent.click(part("new-codes"));
  await waitFor(() => assert.ok(part("confirm")));
  document.querySelector("#words").value = "one two three four five six";
  document.querySelector("#confirm-code").value = "123 456";
  fireEvent.submit(part("confirm"));
  await waitFor(() => assert.ok(part("recovery-codes")));
  assert.deepEqual(given, [{ words: "one two three four five six", factor: { code: "123456" } }]);
});

test("words or a code that are wrong are said, and nothing is changed", async () => {
  const { asked } = await page({
    answers: { "POST /account/recovery-codes": 403 },
    worker: {
      confirmBoth: async () => {
        throw new TroubleError("refused");
      },
    },
  });
  fireEvent.click(part("new-codes"));
  await waitFor(() => assert.ok(part("confirm")));
  fireEvent.submit(part("confirm"));
  await waitFor(() => assert.match(part("panel-trouble").textContent, /second factor is not right/));
  assert.equal(asked.filter(({ path }) => path === "/account/recovery-codes").length, 1);
  fireEvent.click(part("leave-confirm"));
  await waitFor(() => assert.ok(panel("codes")));
});

test("the only second factor has no button that removes it", async () => {
  await page({ account: { app: false, passkeys: [PASSKEY] } });
  assert.equal(isShown(part("remove-app")), false);
  assert.match(panel("passkeys").textContent, /your only second factor/);
});

test("another browser is signed out, and this one is named", async () => {
  const { asked } = await page({
    sessions: [session("a", true), session("b")],
    answers: { "POST /sessions/b/end": 204 },
  });
  const [here, other] = panel("sessions").querySelectorAll("li");
  assert.match(here.textContent, /This browser/);
  fireEvent.click(other.querySelector("button"));
  await waitFor(() => assert.match(said("sessions"), /signed out/));
  assert.ok(asked.some(({ path }) => path === "/sessions/b/end"));
});

test("an address that is none is said beside its field", async () => {
  const { asked } = await page({ answers: { "POST /account/mail": 400 } });
  document.querySelector("#mail").value = "no address";
  fireEvent.submit(part("mail"));
  await waitFor(() => assert.match(wrong("mail"), /nothing was saved/));
  assert.deepEqual(asked.find(({ path }) => path === "/account/mail").body, { address: "no address" });
});

test("another address is kept once the member has shown that it is them", async () => {
  let confirmed = false;
  const { asked } = await page({
    answers: { "POST /account/mail": () => (confirmed ? 204 : 403) },
    worker: {
      confirmBoth: async () => {
        confirmed = true;
      },
    },
  });
  document.querySelector("#mail").value = "ada@council.example";
  fireEvent.submit(part("mail"));
  await waitFor(() => assert.ok(part("confirm")));
  fireEvent.submit(part("confirm"));
  await waitFor(() => assert.match(said("mail"), /Saved/));
  assert.deepEqual(asked.findLast(({ path }) => path === "/account/mail").body, { address: "ada@council.example" });
});

test("a passkey is not made by a device before the member has shown that it is them", async () => {
  await page({
    answers: {
      "POST /account/passkeys/question": { challenge: "AA", site: "localhost", known: [] },
      "GET /account": { ...ACCOUNT, confirmed: false },
    },
  });
  Object.assign(globalThis, { PublicKeyCredential: class {} });
  fireEvent.submit(part("add-passkey"));
  await waitFor(() => assert.ok(part("confirm")));
});
