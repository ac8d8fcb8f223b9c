/** A page to refer a case on: filled from what was opened, completed by hand, kept like every draft, and sent nowhere. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../../tests/dom.ts";
import { fireEvent, waitFor } from "@testing-library/preact";
import { entryOf, isShown, messageOf, part } from "../../../../tests/desk_member.ts";
import { cardPage, ID, withEntries } from "../../../../tests/report_page.tsx";

const row = (label, says = null) => ({ label, says });
const EVERYTHING = [
  "number",
  "received",
  "danger",
  "told",
  "wish",
  "chronology",
  "level",
  "categories",
  "summary",
  "made",
];
const MASH = {
  to: "mash",
  title: "To the hub",
  rows: [...EVERYTHING.map((says) => row(`Row ${says}`, says)), row("Child’s name"), row("Address")],
};
const SCHOOL = { to: "school", title: "To a school", rows: [row("Row number", "number"), row("Child’s name")] };
const FORMS = { "GET /referral-forms": { language: "en", forms: [MASH, SCHOOL] } };
const STATE = { level: "u2", categories: "hate", summary: "hijab pulled" };

const told = (count, danger = "yes") => ({
  ...withEntries(count),
  answers: [
    { field: 1, codes: [danger], text: danger },
    { field: 4, codes: null, text: "He pulled it.\nTwice." },
    { field: 9, codes: null, text: "A quiet room" },
    { field: 14, codes: ["ask"], text: "ask" },
  ],
  thread: [messageOf("m", { text: "and again today" })],
});

const choose = (to) => fireEvent.change(document.querySelector("#referral-to"), { target: { value: to } });
const box = (label) =>
  [...document.querySelectorAll('[data-part="referring"] textarea')].find(
    (each) => document.querySelector(`label[for="${each.id}"]`).textContent === label,
  );
const says = (label) => {
  const found = [...part("referral-sheet").querySelectorAll("dl > div")].find(
    (each) => each.firstChild.textContent === label,
  );
  return found?.querySelector("dd").textContent;
};

async function referring({
  forms = FORMS,
  entries = [entryOf(1, { state: STATE, changed: STATE, note: "rang the school" })],
} = {}) {
  const made = await cardPage({ entries, first: told(entries.length), answers: forms });
  fireEvent.click(part("refer"));
  await waitFor(() => assert.ok(document.querySelector("#referral-to")));
  return made;
}

test("the page says what was told word for word, what happened since, and who made it", async () => {
  await referring();
  choose("mash");
  await waitFor(() => assert.ok(part("referral-sheet")));
  const found = Object.fromEntries(EVERYTHING.map((name) => [name, says(`Row ${name}`)]));
  assert.equal(found.number, "Kestrel 214K");
  assert.match(found.received, /Written between .* and .*\. Received .*2026/);
  assert.equal(found.danger, "Yes");
  assert.match(found.told, /He pulled it\.\nTwice\./);
  assert.match(found.wish, /ask them before you talk to their school\.\nA quiet room/);
  assert.match(found.chronology, /and again today.*rang the school|rang the school.*and again today/);
  assert.match(found.level, /Today/);
  assert.equal(found.categories, "Hate");
  assert.equal(found.summary, "hijab pulled");
  assert.match(found.made, /^Ada, .*20\d\d/);
});

test("before the level is chosen the page shows nothing of what is covered", async () => {
  await cardPage({ first: told(0, "no"), answers: FORMS });
  fireEvent.click(part("refer"));
  await waitFor(() => assert.ok(document.querySelector("#referral-to")));
  choose("mash");
  await waitFor(() => assert.match(part("level-first").textContent, /Choose the level/));
  assert.ok(part("referral-sheet") === null);
  fireEvent.change(document.querySelector("#card-level"), { target: { value: "u3" } });
  await waitFor(() => assert.ok(part("referral-sheet")));
});

test("what nobody knows says so, and what is typed stands in its place", async () => {
  await referring({ entries: [] });
  choose("mash");
  await waitFor(() => assert.equal(says("Child’s name"), "Not known (anonymous report)"));
  assert.equal(says("Row level"), "Not set");
  fireEvent.input(box("Child’s name"), { target: { value: "Layla, 11" } });
  await waitFor(() => assert.equal(says("Child’s name"), "Layla, 11"));
  assert.equal(says("Address"), "Not known (anonymous report)");
});

test("what was typed goes to another page, is kept as a draft, and is gone with the page", async () => {
  const { desk, asked } = await referring();
  choose("mash");
  await waitFor(() => assert.ok(box("Child’s name")));
  fireEvent.input(box("Child’s name"), { target: { value: "Layla, 11" } });
  choose("school");
  await waitFor(() => assert.equal(says("Child’s name"), "Layla, 11"));
  assert.equal(says("Row danger"), undefined);
  const kept = JSON.parse(desk.drafts.of(`referral ${ID}`));
  assert.deepEqual(kept, { to: "school", typed: { "Child’s name": "Layla, 11" } });
  assert.deepEqual(desk.drafts.reports, []);
  fireEvent.click(part("end-referral"));
  await waitFor(() => assert.ok(part("referral-sheet") === null));
  assert.equal(desk.drafts.of(`referral ${ID}`), "");
  assert.ok(asked.every(({ body, path }) => !JSON.stringify([body, path]).includes("Layla")));
});

test("a page that was put away by mistake is brought back with what was typed", async () => {
  await referring();
  choose("mash");
  await waitFor(() => assert.ok(box("Address")));
  fireEvent.input(box("Address"), { target: { value: "12 Hollow Lane" } });
  fireEvent.click(part("end-referral"));
  await waitFor(() => assert.ok(isShown(part("bring-back"))));
  fireEvent.click(part("bring-back"));
  await waitFor(() => assert.equal(says("Address"), "12 Hollow Lane"));
  assert.ok(part("bring-back") === null);
});

test("a page that two tabs wrote on keeps what each of them typed", async () => {
  const { desk } = await referring();
  choose("school");
  await waitFor(() => assert.ok(part("end-referral")));
  fireEvent.click(part("end-referral"));
  const draft = (typed) => JSON.stringify({ to: "mash", typed });
  const both = [draft({ Address: "one" }), draft({ Address: "two", "Child’s name": "Layla" })];
  desk.drafts.keep(`referral ${ID}`, both.join("\n\n"));
  await waitFor(() => assert.ok(part("refer")));
  fireEvent.click(part("refer"));
  await waitFor(() => assert.equal(says("Address"), "one\n\ntwo"));
  assert.equal(says("Child’s name"), "Layla");
});

test("it is copied as text, and a browser that lets nobody copy says so", async () => {
  const copied = [];
  await referring();
  choose("school");
  await waitFor(() => assert.ok(part("referral-sheet")));
  for (const [write, words] of [
    [async (text) => copied.push(text), /^Copied/],
    [() => Promise.reject(new Error("no")), /does not let us copy/],
  ]) {
    Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText: write } });
    fireEvent.click(part("copy-referral"));
    await waitFor(() => assert.match(part("copied").textContent, words));
  }
  assert.equal(copied.length, 1);
});

test("a server that cannot be reached is said, and a pack without such pages too", async () => {
  const answers = { "GET /referral-forms": 503 };
  await cardPage({ first: told(0), answers });
  fireEvent.click(part("refer"));
  await waitFor(() => assert.match(part("referring-trouble").textContent, /Something went wrong with us/));
  answers["GET /referral-forms"] = { language: "en", forms: [] };
  fireEvent.click(part("refer"));
  await waitFor(() => assert.match(part("referring").textContent, /has no pages for referrals/));
});
