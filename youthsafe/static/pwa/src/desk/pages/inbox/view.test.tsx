/** The inbox: what a line says, what waits in the bar, and that nothing moves by itself. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../../tests/dom.ts";
import { fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { atDesk, isShown, part, summaryOf } from "../../../../tests/desk_member.ts";
import { OF_ROLE } from "../../../generated/permissions.ts";
import { PAGES } from "../registry.ts";
import { View } from "./view.tsx";

const listed = (reports, more = {}) => ({ reports, next: null, taken_back: [], stopped: null, ...more });
const ids = () => [...document.querySelectorAll("[data-report]")].map((row) => row.dataset.report);
const row = (id) => document.querySelector(`[data-report="${id}"]`);

/** An inbox whose list is what `list.now` says when it is asked for. */
async function inbox(reports, options = {}) {
  const list = { now: listed(reports) };
  const member = await atDesk({ answers: { "GET /reports": () => list.now }, ...options });
  render(<View desk={member.desk} visit={member.visit} />);
  await waitFor(() => assert.ok(isShown(part("fresh"))));
  return { ...member, list };
}

test("a line says what is known of a report without opening it, and leads to it", async () => {
  await inbox([summaryOf("a", { urgent: true, claimed_by: { id: "asha", name: "Asha" } })]);
  assert.match(row("a").textContent, /In danger now/);
  assert.match(row("a").textContent, /New, nobody has opened it/);
  assert.match(row("a").textContent, /Claimed by Asha/);
  assert.equal(row("a").className, "row urgent");
  assert.equal(row("a").querySelector("a").getAttribute("href"), "/staff/en/reports/a/");
});

const groups = () =>
  [...document.querySelectorAll("[data-turn]")].map((group) => [
    group.querySelector("h2").textContent,
    ...[...group.querySelectorAll("[data-report]")].map(({ dataset }) => dataset.report),
  ]);

test("what is open stands under whose turn it is, and an answered line stays where it stood", async () => {
  const [danger, ours, theirs] = [
    summaryOf("danger", { urgent: true, unanswered: true }),
    summaryOf("ours", { unanswered: true }),
    summaryOf("theirs", { unanswered: false }),
  ];
  const { desk, list } = await inbox([danger, ours, theirs]);
  const shown = [
    ["In danger now: your team’s turn 1", "danger"],
    ["Your team’s turn 1", "ours"],
    ["Waiting for them 1", "theirs"],
  ];
  assert.deepEqual(groups(), shown);
  list.now = listed([danger, summaryOf("ours", { unanswered: false, answers: 1 }), theirs]);
  await desk.refresh();
  assert.deepEqual(groups(), shown);
});

test("what is closed is nobody's turn", async () => {
  await inbox([summaryOf("a", { state: "closed" })], { below: "inbox/?show=closed" });
  assert.deepEqual([ids(), groups()], [["a"], []]);
});

test("an empty list says that it is empty", async () => {
  await inbox([], { below: "inbox/?show=mine" });
  assert.match(document.querySelector('[data-empty="mine"]').textContent, /You have claimed no reports/);
});

test("what is new waits in a bar and moves nothing until somebody asks for it", async () => {
  const { desk, list } = await inbox([summaryOf("a"), summaryOf("b")]);
  list.now = listed([summaryOf("new", { urgent: true }), summaryOf("a"), summaryOf("b", { follow_ups: 1 })]);
  await desk.refresh();
  await waitFor(() => assert.match(part("news-words").textContent, /New reports: 1.*In danger now: 1.*Wrote again: 1/));
  assert.deepEqual(ids(), ["a", "b"]);
  fireEvent.click(part("show-news"));
  await waitFor(() => assert.deepEqual(ids(), ["new", "a", "b"]));
  assert.equal(isShown(part("show-news")), false);
  assert.equal(document.activeElement.closest("[data-report]").dataset.report, "new");
});

test("a report that left the list stays in its place, struck, until the list is put in order", async () => {
  const { desk, list } = await inbox([summaryOf("a"), summaryOf("b")]);
  list.now = listed([summaryOf("b")]);
  await desk.refresh();
  await waitFor(() => assert.match(row("a").textContent, /No longer in this list/));
  assert.deepEqual(ids(), ["a", "b"]);
  assert.equal(row("a").querySelector("a").hasAttribute("href"), false);
});

test("a line that did not change is not touched", async () => {
  const { desk } = await inbox([summaryOf("a"), summaryOf("b")]);
  const before = row("a");
  const changes = [];
  const everything = { attributes: true, characterData: true, childList: true, subtree: true };
  const observer = new MutationObserver((found) => changes.push(...found.map(({ type }) => type)));
  observer.observe(part("list"), everything);
  await desk.refresh();
  await new Promise((resolve) => setTimeout(resolve, 20));
  observer.disconnect();
  assert.ok(row("a") === before);
  assert.deepEqual(changes, []);
});

test("an older list that comes back after a newer one is not shown", async () => {
  const answers = [];
  const { desk, list } = await inbox([summaryOf("a")]);
  list.now = new Promise((resolve) => answers.push(resolve));
  const older = desk.refresh();
  list.now = listed([summaryOf("a", { hold: true })]);
  await desk.refresh();
  answers[0](listed([summaryOf("a")]));
  await older;
  await waitFor(() => assert.match(row("a").textContent, /On hold/));
});

test("a report that is damaged at the server stands as a line that leads nowhere, and the others as ever", async () => {
  await inbox([summaryOf("a", { damaged: true }), summaryOf("b")]);
  assert.match(row("a").textContent, /cannot be read/);
  assert.ok(row("a").querySelector("a") === null);
  assert.ok(row("b").querySelector("a[href]"));
});

test("a page more is asked for by where the last one ended", async () => {
  const { asked, list } = await inbox([summaryOf("a")]);
  list.now = listed([summaryOf("a")], { next: "1.2.x" });
  fireEvent.click(part("more"));
  await waitFor(() => assert.ok(isShown(part("more"))));
  list.now = listed([summaryOf("b")]);
  fireEvent.click(part("more"));
  await waitFor(() => assert.ok(asked.some(({ path }) => path.includes("after=1.2.x"))));
});

test("reports that were taken back unread in danger are told above the open ones", async () => {
  const { desk, list } = await inbox([summaryOf("a")]);
  list.now = listed([summaryOf("a")], { taken_back: [{ team: "team", hour: "2026-11-23T09:00Z", count: 2 }] });
  await desk.refresh();
  await waitFor(() => assert.match(part("taken-back").textContent, /taken back before anybody opened them: 2/));
});

test("an answer that is not sent is shown at its line, and above the list where its report is not in it", async () => {
  const { desk } = await inbox([summaryOf("a")]);
  desk.drafts.keep("a", "half an answer");
  desk.drafts.keep("elsewhere", "another");
  await desk.refresh();
  await waitFor(() => assert.match(row("a").textContent, /Your answer is not sent yet/));
  assert.equal(part("unsent").querySelector("a").getAttribute("href"), "/staff/en/reports/elsewhere/");
});

for (const [role, leads] of [
  ["caseworker", false],
  ["coordinator", true],
]) {
  test(`a ${role} sees since when no reports are taken, and is ${leads ? "" : "not "}led to where that is changed`, async () => {
    const list = listed([], { stopped: { since: "2026-11-23T09:30Z", reason: "member" } });
    await inbox([], { role, answers: { "GET /reports": () => list } });
    assert.match(part("stopped").textContent, /Since .*9:30.* no reports are taken/);
    assert.equal(part("stopped").querySelector("a") !== null, leads);
  });
}

for (const [reason, words] of [
  ["unread", /waited too long.*Open what waits/],
  ["nobody", /nobody of the team was here.*signed in/],
]) {
  test(`a form that closed itself (${reason}) says why, and what opens it again`, async () => {
    const list = listed([], { stopped: { since: "2026-11-23T09:30Z", reason } });
    await inbox([], { role: "coordinator", answers: { "GET /reports": () => list } });
    assert.match(part("stopped").textContent, words);
    assert.ok(part("stopped").querySelector("a") === null);
  });
}

test("a list of one hour and step says so, and leads to all", async () => {
  const { asked } = await inbox([], { below: "inbox/?hour=2026-11-23T09:00Z&step=2" });
  assert.match(part("narrowed").textContent, /cost step 2 of work/);
  assert.equal(part("all").getAttribute("href"), "/staff/en/inbox/");
  const query = new URLSearchParams(asked[0].path.split("?")[1]);
  assert.deepEqual([query.get("hour"), query.get("step")], ["2026-11-23T09:00Z", "2"]);
});

test("a server that cannot be reached is said, and the list stays", async () => {
  const { desk, list } = await inbox([summaryOf("a")]);
  list.now = 503;
  await desk.refresh();
  await waitFor(() => assert.match(part("trouble").textContent, /Something went wrong with us/));
  assert.deepEqual(ids(), ["a"]);
});

test("the menu has every list and every page that the member may open, and says which is shown", async () => {
  await inbox([], { below: "inbox/?show=closed" });
  const links = [...screen.getByRole("navigation").querySelectorAll("a")];
  const open = PAGES.filter(({ permission }) => OF_ROLE.caseworker.includes(permission));
  const tabs = links.map(({ dataset }) => dataset.tab);
  assert.deepEqual(tabs.slice(0, 4), ["open", "mine", "closed", "floods"]);
  assert.deepEqual(
    tabs,
    open.flatMap(({ menu }) => menu.map(({ name }) => name)),
  );
  assert.deepEqual(
    links.filter((link) => link.getAttribute("aria-current")).map(({ dataset }) => dataset.tab),
    ["closed"],
  );
});

const line = (id, state = {}, number = `Kestrel ${id}`) => ({ id, number, state });
const isoDay = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** A key worker that knows these cards, and remembers what it was asked. */
function cards(...known) {
  const looked = [];
  const cardLines = async (reports) => {
    looked.push(reports.map(({ id }) => id));
    return reports.flatMap(({ id }) => known.filter((each) => each.id === id));
  };
  return { looked, cardLines };
}

const ENTERED = { state: "open", opened: true, entries: 2 };

test("a line says what the team wrote on the card", async () => {
  const [late, later] = [isoDay(-2), isoDay(3)];
  const { cardLines } = cards(
    line("a", { level: "u1", categories: "hate online", summary: "hijab pulled", step: "ring the school", day: late }),
    line("b", { wait: later }),
    line("c"),
  );
  await inbox([summaryOf("a", ENTERED), summaryOf("b", ENTERED), summaryOf("c")], { cardLines });
  await waitFor(() => assert.match(row("a").textContent, /Kestrel a/));
  assert.match(row("a").textContent, /Now \(U1\).*Hate, Something online.*hijab pulled.*Due on .*: ring the school/);
  assert.match(row("b").textContent, /Waits until/);
  assert.match(row("c").textContent, /Kestrel c/);
  assert.ok(row("c").querySelector('[data-part="card"]') === null);
});

test("a card is read again when it has more entries, and not otherwise", async () => {
  const { looked, cardLines } = cards(line("a"), line("b"));
  const { desk, list } = await inbox([summaryOf("a", ENTERED), summaryOf("b")], { cardLines });
  await waitFor(() => assert.deepEqual(looked, [["a", "b"]]));
  await desk.refresh();
  list.now = listed([summaryOf("a", { ...ENTERED, entries: 12 }), summaryOf("b")]);
  await desk.refresh();
  await waitFor(() => assert.deepEqual(looked, [["a", "b"], ["a"]]));
});

test("cards are read forty at a time, and after the lock none is known", async () => {
  const reports = Array.from({ length: 90 }, (_, at) => summaryOf(`r${at}`, ENTERED));
  const { looked, cardLines } = cards(line("r0"));
  const { desk } = await inbox(reports, { cardLines });
  await waitFor(() =>
    assert.deepEqual(
      looked.map(({ length }) => length),
      [40, 40, 10],
    ),
  );
  assert.equal(desk.cards.lines.value.size, 1);
  desk.lock();
  assert.equal(desk.cards.lines.value.size, 0);
});

test("cards that cannot be read now are read at the next look, and the list stands as ever", async () => {
  let failing = true;
  const cardLines = async () => {
    if (failing) throw new Error("nobody answers");
    return [line("a")];
  };
  const { desk } = await inbox([summaryOf("a", ENTERED)], { cardLines });
  assert.doesNotMatch(row("a").textContent, /Kestrel/);
  failing = false;
  await desk.refresh();
  await waitFor(() => assert.match(row("a").textContent, /Kestrel a/));
});

const type = (words) => fireEvent.input(document.querySelector("#search-words"), { target: { value: words } });
const choose = (name, value) => fireEvent.change(document.querySelector(`#search-${name}`), { target: { value } });

test("a search finds reports of every page by what their cards say", async () => {
  const { cardLines } = cards(
    line("a", { level: "u2", categories: "hate", summary: "Hijab pulled at school" }),
    line("b", { level: "u3", categories: "hate knife", summary: "Café, a blade" }),
    line("c", { step: "ring Hilly Fields school" }, "Heron 214C"),
  );
  const { desk, list } = await inbox([summaryOf("a", ENTERED)], { cardLines });
  const pages = [
    listed([summaryOf("a", ENTERED)], { next: "0.1.x" }),
    listed([summaryOf("b", ENTERED), summaryOf("c", ENTERED)]),
  ];
  let asked = 0;
  Object.defineProperty(list, "now", { get: () => pages[asked++ % 2] });
  fireEvent.click(part("search"));
  await waitFor(() => assert.equal(document.activeElement.id, "search-words"));
  assert.deepEqual(ids(), ["a"]);
  await waitFor(() => assert.equal(desk.cards.lines.value.size, 3));
  type("school");
  await waitFor(() => assert.match(part("search-found").textContent, /2 of 3 reports/));
  assert.deepEqual(inResults(), ["a", "c"]);
  assert.equal(isShown(part("list")), false);
  for (const [words, found] of [
    ["CAFE blade", ["b"]],
    ["214c heron", ["c"]],
    ["hate", ["a", "b"]],
    ["no such", []],
  ]) {
    type(words);
    await waitFor(() => assert.deepEqual(inResults(), found));
  }
  type("");
  choose("category", "hate");
  await waitFor(() => assert.deepEqual(inResults(), ["a", "b"]));
  choose("level", "u3");
  await waitFor(() => assert.deepEqual(inResults(), ["b"]));
  fireEvent.click(part("search-end"));
  await waitFor(() => assert.ok(isShown(part("list"))));
  assert.ok(document.activeElement === part("search"));
});

const inResults = () => [...part("searching").querySelectorAll("[data-report]")].map((each) => each.dataset.report);

test("Escape in an empty search ends it", async () => {
  await inbox([summaryOf("a", ENTERED)]);
  fireEvent.click(part("search"));
  await waitFor(() => assert.ok(part("searching")));
  fireEvent.keyDown(document.querySelector("#search-words"), { key: "Escape" });
  await waitFor(() => assert.ok(part("searching") === null));
});

test("what is due is counted, and one press leaves no more than that", async () => {
  const [before, after] = [isoDay(-1), isoDay(2)];
  const { cardLines } = cards(
    line("late", { step: "ring the school", day: before }),
    line("later", { step: "ring the school", day: after }),
    line("look", { wait: before }),
    line("none"),
  );
  const reports = ["late", "later", "look", "none"].map((id) => summaryOf(id, ENTERED));
  await inbox(reports, { cardLines });
  await waitFor(() => assert.equal(part("due").textContent, "Due: 2"));
  fireEvent.click(part("due"));
  await waitFor(() => assert.deepEqual(inResults(), ["late", "look"]));
  fireEvent.click(document.querySelector("#search-due"));
  await waitFor(() => assert.ok(isShown(part("list"))));
});

test("of what is closed nothing is due", async () => {
  const { cardLines } = cards(line("a", { step: "ring", day: isoDay(-1) }));
  const { desk } = await inbox([summaryOf("a", { ...ENTERED, state: "closed" })], {
    below: "inbox/?show=closed",
    cardLines,
  });
  await waitFor(() => assert.equal(desk.cards.lines.value.size, 1));
  assert.equal(isShown(part("due")), false);
});
