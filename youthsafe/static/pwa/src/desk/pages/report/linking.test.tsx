/** Two reports that are the same thing: found by number, written on both cards, and undone. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../../tests/dom.ts";
import { fireEvent, waitFor } from "@testing-library/preact";
import { cardOf, entryOf, part, summaryOf } from "../../../../tests/desk_member.ts";
import { cardPage, ID, lines } from "../../../../tests/report_page.tsx";
import { TroubleError } from "../../trouble.ts";

const OTHER = "B".repeat(22);
const NUMBERS = { [ID]: "Kestrel 214K", [OTHER]: "Wren 300A", third: "Wren 301C" };
const OPENED = { opened: true, state: "open" };
const number = () => document.querySelector("#linking-number");
const fault = () => document.querySelector("#linking-number-error").textContent;
const said = (name) => part(name)?.textContent ?? "";
const linkedWith = (id) => entryOf(1, { state: { links: id }, linked: [{ id, number: NUMBERS[id] }] });

/** A report's page; the server lists `reports`, of which the last is on a second page. */
async function linkingPage({
  reports = [summaryOf(ID, OPENED), summaryOf(OTHER, OPENED)],
  others = cardOf(),
  ...options
} = {}) {
  const listed = (some, next = null) => ({ reports: some, next, taken_back: [], stopped: null });
  let page = 0;
  const lists = () => {
    page += 1;
    if (page === 1) return listed(reports.slice(0, -1), `0.1.${"A".repeat(22)}`);
    return listed(page === 2 ? reports.slice(-1) : []);
  };
  const made = await cardPage({ answers: { "GET /reports": lists }, ...options });
  made.keyWorker.numbers = async (ids) => ids.map((id) => NUMBERS[id]);
  const { card } = made.keyWorker;
  made.keyWorker.card = async (id) => (id === OTHER ? others : card());
  return made;
}

function look(typed) {
  fireEvent.input(number(), { target: { value: typed } });
  fireEvent.submit(part("linking"));
}

test("a report is found by its number however it is typed, and stands on both cards", async () => {
  const { sent } = await linkingPage();
  look(" wren 300 ");
  await waitFor(() => assert.match(said("linking-outcome"), /on both case cards/));
  assert.deepEqual(sent, [
    { id: ID, seen: 0, note: "", changes: { links: OTHER } },
    { id: OTHER, seen: 0, note: "", changes: { links: ID } },
  ]);
  assert.equal(number().value, "");
});

for (const [typed, reports, words] of [
  ["Heron 100", undefined, /No report that you may see has this number/],
  ["we", undefined, /No report that you may see has this number/],
  ["Kestrel 214K", undefined, /That is this report/],
  ["Wren 30", [summaryOf(OTHER, OPENED), summaryOf("third", OPENED)], /More than one report/],
  ["Wren 300A", [summaryOf(OTHER)], /Nobody has opened that report yet/],
]) {
  test(`nothing is written where ${typed} is not one other report that was opened`, async () => {
    const { sent } = await linkingPage({ reports });
    look(typed);
    await waitFor(() => assert.match(fault(), words));
    assert.deepEqual(sent, []);
  });
}

test("what stands on one card only is completed by a second press", async () => {
  const others = cardOf(entryOf(1, { state: { links: ID } }));
  const { sent } = await linkingPage({ others });
  look("Wren 300A");
  await waitFor(() => assert.match(said("linking-outcome"), /on both case cards/));
  assert.deepEqual(
    sent.map(({ id }) => id),
    [ID],
  );
});

test("links are shown with their numbers, and taken from both cards by a later entry", async () => {
  const others = cardOf(entryOf(4, { state: { links: ID } }));
  const { sent } = await linkingPage({ entries: [linkedWith(OTHER)], others });
  assert.equal(part("links").querySelector("a").textContent, "Wren 300A");
  assert.match(part("links").querySelector("a").getAttribute("href"), new RegExp(`reports/${OTHER}/$`));
  fireEvent.click(part("part"));
  await waitFor(() => assert.match(said("linking-outcome"), /taken from both/));
  assert.deepEqual(
    sent.map(({ id, changes }) => [id, changes]),
    [
      [ID, { links: "" }],
      [OTHER, { links: "" }],
    ],
  );
});

test("a card that was changed meanwhile, or cannot be had, is said beside the number", async () => {
  const { ofCard, keyWorker } = await linkingPage();
  ofCard.written = "unseen";
  look("Wren 300A");
  await waitFor(() => assert.match(fault(), /somebody changed the card meanwhile/));
  keyWorker.numbers = async () => {
    throw new TroubleError("offline");
  };
  look("Wren 300A");
  await waitFor(() => assert.notEqual(fault(), ""));
  assert.equal(number().value, "Wren 300A");
});

test("what an entry changed of the links stands between the messages", async () => {
  const first = { ...linkedWith(OTHER), changed: { links: OTHER } };
  await cardPage({ entries: [first, entryOf(2, { changed: { links: "" } })] });
  assert.match(lines()[0], /The same thing: Wren 300A/);
  assert.match(lines()[1], /no other report any more/);
});
