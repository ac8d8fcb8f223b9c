/** Setting up in the browser: what is shown, what is checked before anything is sent, and what is sent at the end. */
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

async function page(worker = {}) {
  const { desk, keyWorker } = await atDesk({ below: "set-up/" });
  desk.expire();
  const sent = [];
  Object.assign(keyWorker, {
    checkSetUpLink: async (link) => sent.push({ link }) && { demo: false },
    beginSetUp: async () => MADE,
    checkSetUpWords: async (words) => words === MADE.words.join(" "),
    finishSetUp: async (typed) => sent.push(typed) && null,
    ...worker,
  });
  render(<View desk={desk} visit={desk.visit.value} />);
  return { sent };
}

const SECRET = "s".repeat(43);

const paste = (secret = SECRET) => {
  document.querySelector("#secret").value = secret;
  fireEvent.submit(part("paste"));
};

const type = (selector, value) => fireEvent.input(document.querySelector(selector), { target: { value } });
const submit = (name) => fireEvent.submit(part(name));
const errors = () => [...document.querySelectorAll(".error:not([hidden])")].map((each) => each.textContent);

async function names(name = "Ada", team = "Early help") {
  if (part("paste")) paste();
  await waitFor(() => assert.ok(part("names")));
  type("#name", name);
  type("#team", team);
  submit("names");
}

async function words(typed = MADE.words.join(" ")) {
  await waitFor(() => assert.ok(part("words-check")));
  type("#words", typed);
  submit("words-check");
}

async function kit(wordOf = (place) => ` ${KIT[place].toUpperCase()} `) {
  await waitFor(() => assert.ok(part("kit")));
  fireEvent.click(part("printed"));
  await waitFor(() => assert.ok(part("kit-check")));
  for (const input of document.querySelectorAll('[id^="kit-word-"]:is(input)')) {
    fireEvent.input(input, { target: { value: wordOf(Number(input.id.replace("kit-word-", ""))) } });
  }
  submit("kit-check");
}

test("a link that is over is said before anybody begins, and another can be pasted at once", async () => {
  const over = new TroubleError("set-up-link");
  const next = "n".repeat(43);
  await page({ checkSetUpLink: async (link) => link === next || Promise.reject(over) });
  paste();
  await waitFor(() => assert.match(part("trouble").textContent, /Nothing was saved. Ask whoever runs the server/));
  await waitFor(() => assert.ok(document.querySelector("[aria-disabled]") === null));
  paste(`https://example.org/staff/en/set-up/ ${next}`);
  await waitFor(() => assert.ok(part("names")));
});

test("where no answer comes it is said, and the same secret can be tried again", async () => {
  let online = false;
  await page({ checkSetUpLink: async () => (online ? { demo: false } : Promise.reject(new TroubleError("offline"))) });
  paste();
  await waitFor(() => assert.match(part("trouble").textContent, /cannot reach the server/));
  online = true;
  await waitFor(() => assert.ok(document.querySelector("[aria-disabled]") === null));
  fireEvent.submit(part("paste"));
  await waitFor(() => assert.ok(part("names")));
});

test("from the names to the last code nothing is sent, and then everything at once", async () => {
  const { sent } = await page();
  await names();
  await waitFor(() => assert.match(part("step").textContent, /2.*4/));
  assert.deepEqual(
    [...part("words-made").children].map((each) => each.textContent),
    MADE.words,
  );
  await words();
  await kit();
  await waitFor(() => assert.ok(part("finish")));
  assert.match(part("second-factor").textContent, /ABCD EFGH/);
  assert.deepEqual(sent, [{ link: SECRET }]);
  type("#code", "123 456");
  submit("finish");
  await waitFor(() => assert.ok(part("done")));
  assert.deepEqual(sent[1], { link: SECRET, name: "Ada", team: "Early help", code: "123456" });
  assert.equal(part("sign-in").getAttribute("href"), "/staff/en/getting-started/");
  assert.equal(document.body.textContent.includes("three"), false, "no secret is left on the screen");
});

test("what is missing or too long is said at its field", async () => {
  await page();
  await names("", "Early help");
  await waitFor(() => assert.deepEqual(errors(), ["Write your sign-in name."]));
  await names("Ada", "");
  await waitFor(() => assert.deepEqual(errors(), ["Write the name of the team."]));
  await names("Ada", "ä".repeat(41));
  await waitFor(() => assert.deepEqual(errors(), ["This name is too long."]));
});

test("a name with a sign that cannot be seen is said at its field, and joiners of a script are none", async () => {
  const unseen = "There is a sign in this name that cannot be seen. Type the name again.";
  await page();
  for (const name of [
    "Ada\u200b Officer",
    "Ada\u00ad",
    "\u202eAda",
    "Ada\ufe0f",
    "A\u034fda",
    "\u3164",
    "Ada\u2800",
    "A\u00a0B",
  ]) {
    await names(name);
    await waitFor(() => assert.deepEqual(errors(), [unseen], JSON.stringify(name)));
    await names("Ada", name);
    await waitFor(() => assert.deepEqual(errors(), [unseen], JSON.stringify(name)));
    await names("", "Early help");
    await waitFor(() => assert.deepEqual(errors(), ["Write your sign-in name."]));
  }
  await names("\ufdfa".repeat(26));
  await waitFor(() => assert.deepEqual(errors(), ["This name is too long."]));
  await names(" علی\u200cرضا ");
  await waitFor(() => assert.ok(part("words-made")));
});

test("words that are others, and a kit that is not on paper, go no further", async () => {
  await page();
  await names();
  await words("six five four three two one");
  await waitFor(() => assert.match(errors()[0], /not the six words/));
  await words();
  await kit(() => "other");
  await waitFor(() => assert.equal(errors().length, 3));
  fireEvent.click(part("show-kit"));
  await waitFor(() => assert.ok(part("kit")));
});

test("a wrong code is said at its field, and the words and the kit stay as they are", async () => {
  let right = false;
  await page({ finishSetUp: () => (right ? Promise.resolve(null) : Promise.reject(new TroubleError("used-code"))) });
  await names();
  await words();
  await kit();
  await waitFor(() => assert.ok(part("finish")));
  type("#code", "000000");
  submit("finish");
  await waitFor(() => assert.match(errors()[0], /Nothing was saved/));
  right = true;
  type("#code", "123456");
  submit("finish");
  await waitFor(() => assert.ok(part("done")));
});

test("going back shows the same words again", async () => {
  await page();
  await names();
  await waitFor(() => assert.ok(part("words-made")));
  fireEvent.click(part("back"));
  await waitFor(() => assert.equal(document.querySelector("#name").value, "Ada"));
  submit("names");
  await waitFor(() => assert.match(part("words-made").textContent, /one.*six/));
});
