/** The task list: what is left is said, each thing is done beside its words, and the form opens only at the end. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../../tests/dom.ts";
import { fireEvent, render, waitFor } from "@testing-library/preact";
import { atDesk, isShown, part } from "../../../../tests/desk_member.ts";
import { View } from "./view.tsx";

const SAID = { name: "", contact: "", data_protection_officer: "", complaints: "", accessibility: "" };
const NAMES = ["controller", "general-team", "smaller-team", "hours", "mail", "people"];
const standingOf = (missing = [], changes = {}) => ({
  open: false,
  one_team: false,
  enough: 2,
  borough: "Madeupton",
  steps: NAMES.map((name) => ({ name, done: !missing.includes(name) })),
  teams: [{ id: "t", name: "Early help", kind: 1, people: 1 }],
  readers: { count: 2, without_mail: 0 },
  controller: SAID,
  ...changes,
});

async function page(first, answers = {}) {
  const state = { now: first };
  const given = { "GET /getting-started": () => state.now, ...answers };
  const member = await atDesk({ below: "getting-started/", role: "coordinator", answers: given });
  render(<View desk={member.desk} visit={member.visit} />);
  await waitFor(() => assert.ok(part("steps")));
  return { ...member, state };
}

const step = (name) => document.querySelector(`[data-step="${name}"]`);

test("what is done and what is not is said of each step, and the form cannot be opened before", async () => {
  await page(standingOf(["controller", "people"]));
  assert.deepEqual(
    NAMES.map((name) => step(name).dataset.done),
    ["no", "yes", "yes", "yes", "yes", "no"],
  );
  assert.match(step("people").textContent, /Early help: 1 of 2 people/);
  assert.match(part("left").textContent, /Still to do: 2/);
  assert.equal(part("open"), null);
  assert.match(part("state").textContent, /It is closed/);
});

test("mail that works is said to tell nobody who has no address", async () => {
  await page(standingOf([], { readers: { count: 2, without_mail: 2 } }));
  assert.match(step("mail").textContent, /Done.*2 of 2 people who open reports have no address.*not told/);
});

test("nothing is marked as wrong before something was pressed, and enough people are counted alone", async () => {
  const teams = [{ id: "t", name: "Early help", kind: 1, people: 3 }];
  await page(standingOf([], { teams }));
  assert.equal(document.querySelectorAll('[data-part="press-trouble"]:not([hidden])').length, 0);
  assert.match(part("readers").textContent, /^Early help: 3 people can/);
});

test("whose pages these are and in which languages is said, so that another borough's are noticed", async () => {
  const { desk } = await page(standingOf());
  const names = desk.languages.map(({ name }) => name).join(", ");
  assert.ok(names);
  assert.match(part("pack").textContent, /^The pages are those of Madeupton, in: /);
  assert.ok(part("pack").textContent.includes(names));
});

test("who runs the site is sent as it was typed, and saved is said there", async () => {
  const done = standingOf([], { controller: { ...SAID, name: "Council" } });
  const { asked } = await page(standingOf(["controller"]), { "POST /getting-started/controller": done });
  document.querySelector("#controller-name").value = "Council";
  fireEvent.submit(part("controller-form"));
  await waitFor(() => assert.match(step("controller").textContent, /Saved/));
  assert.deepEqual(asked.at(-1).body, { ...SAID, name: "Council" });
});

test("that there is no smaller team is a decision of its own, which can be taken back", async () => {
  const { asked } = await page(standingOf(["smaller-team"]), {
    "POST /getting-started/teams": standingOf([], { one_team: true }),
  });
  fireEvent.click(part("one-team"));
  await waitFor(() => assert.equal(step("smaller-team").dataset.done, "yes"));
  assert.deepEqual(asked.at(-1).body, { one_team: true });
});

test("the form opens after a question, and that it is open is said", async () => {
  const { desk, asked } = await page(standingOf(), { "POST /getting-started/open": standingOf([], { open: true }) });
  fireEvent.click(part("open"));
  await waitFor(() => assert.equal(desk.questions.waiting.value.length, 1));
  desk.questions.waiting.value[0].settle(false);
  await null;
  assert.equal(
    asked.some(({ method }) => method === "POST"),
    false,
  );
  fireEvent.click(part("open"));
  await waitFor(() => assert.equal(desk.questions.waiting.value.length, 1));
  desk.questions.waiting.value[0].settle(true);
  await waitFor(() => assert.match(part("state").textContent, /It is open/));
});

test("where something is missing after all, the list is shown as it is now", async () => {
  const { desk, state } = await page(standingOf(), { "POST /getting-started/open": 409 });
  state.now = standingOf(["people"]);
  fireEvent.click(part("open"));
  await waitFor(() => assert.equal(desk.questions.waiting.value.length, 1));
  desk.questions.waiting.value[0].settle(true);
  await waitFor(() => assert.equal(step("people").dataset.done, "no"));
  assert.match(part("opening").textContent, /Nothing was changed/);
});

test("an open form with something missing is a warning and no end of it", async () => {
  await page(standingOf(["people"], { open: true }));
  assert.match(part("left").textContent, /stays open: put it right today/);
  assert.equal(isShown(part("open")), false);
});

test("the smaller team is made by a signed change, and its name is checked before", async () => {
  const { desk, state, keyWorker } = await page(standingOf(["smaller-team"]));
  const made = [];
  keyWorker.addTeam = async (typed) => {
    made.push(typed);
    state.now = standingOf(["people"], { teams: [{ id: "s", name: "Trust", kind: 2, people: 1 }] });
    return desk.session;
  };
  fireEvent.submit(part("make-smaller-team"));
  await waitFor(() => assert.match(step("smaller-team").textContent, /Write the name of the team/));
  document.querySelector("#team-smaller-team").value = "Early help";
  fireEvent.submit(part("make-smaller-team"));
  await waitFor(() => assert.match(step("smaller-team").textContent, /Another team has this name/));
  document.querySelector("#team-smaller-team").value = " Trust ";
  fireEvent.submit(part("make-smaller-team"));
  await waitFor(() => assert.match(step("smaller-team").textContent, /The team is there/));
  assert.deepEqual(made, [{ name: "Trust", kind: 2 }]);
});
