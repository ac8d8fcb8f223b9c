/** The app as a whole: what is on the screen when it is locked, left, or answered too late. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../tests/dom.ts";
import { act, fireEvent, render, waitFor } from "@testing-library/preact";
import { atDesk, isShown, openedOf, part, sessionOf, summaryOf } from "../../tests/desk_member.ts";
import { App } from "./app.tsx";
import { PageLoading, pageFilesOf, pageTextsOf } from "./page_loading.ts";
import { SecurityEvents } from "./session/security_events.tsx";
import { Tools } from "./tools.tsx";

const ID = "A".repeat(22);

async function app(options = {}) {
  const answers = {
    "GET /reports": { reports: [summaryOf(ID)], next: null, taken_back: [], stopped: null },
    "POST /sign-out": 204,
  };
  const member = await atDesk({
    report: async () => openedOf(ID, { summary: { claimed_by: { id: "me", name: "Ada" } } }),
    answers,
    ...options,
  });
  render(
    <>
      <Tools desk={member.desk} />
      <App desk={member.desk} loading={new PageLoading({})} />
    </>,
  );
  return member;
}

/** A closed report that somebody else had claimed: opening it again asks in a dialog. */
const closed = async () =>
  openedOf(ID, { summary: { state: "closed", closed: "2026-11-23T09:00Z", claimed_by: { id: "tom", name: "Tom" } } });

const rows = () => document.querySelectorAll("[data-report]").length;

test("a page is got when it is opened, and shown", async () => {
  await app();
  await waitFor(() => assert.equal(rows(), 1));
  assert.equal(part("member").textContent, "Ada");
});

test("a lock takes everything of a report off the screen, also who is signed in", async () => {
  const { desk } = await app({ below: `reports/${ID}/` });
  await waitFor(() => assert.ok(part("body")));
  await act(() => desk.lock());
  assert.ok(part("body") === null && part("member") === null);
  assert.match(part("who").textContent, /Signed in as Ada/);
});

test("a lock ends the dialog that stands there, and a press on it afterwards does nothing", async () => {
  const { desk, asked } = await app({ below: `reports/${ID}/`, report: closed });
  await waitFor(() => assert.ok(part("body")));
  fireEvent.click(document.querySelector('[data-action="reopen"]'));
  await waitFor(() => assert.ok(document.querySelector("dialog")));
  const yes = document.querySelector('dialog button[value="yes"]');
  await act(() => desk.lock());
  assert.ok(document.querySelector("dialog") === null);
  fireEvent.click(yes);
  await null;
  assert.equal(
    asked.some(({ method, path }) => method === "POST" && path.endsWith("/reopen")),
    false,
  );
});

test("a question goes with the page that it was about", async () => {
  const { desk } = await app({ below: `reports/${ID}/`, report: closed });
  await waitFor(() => assert.ok(part("body")));
  fireEvent.click(document.querySelector('[data-action="reopen"]'));
  await waitFor(() => assert.ok(document.querySelector("dialog")));
  await act(() => desk.go("inbox/"));
  assert.ok(document.querySelector("dialog") === null);
  assert.equal(desk.questions.waiting.value.length, 0);
});

test("an answer to somebody who left is not heard", async () => {
  const { desk } = await app();
  await waitFor(() => assert.equal(rows(), 1));
  const asking = desk.get("/reports", (value) => value !== null);
  desk.lock();
  await desk.open(sessionOf());
  await assert.rejects(asking, { kind: "locked" });
});

test("whoever comes back from a report finds the list as it was", async () => {
  const { desk, asked } = await app();
  await waitFor(() => assert.equal(rows(), 1));
  await act(() => desk.go(`reports/${ID}/`));
  await waitFor(() => assert.ok(part("body")));
  const looks = asked.length;
  await act(() => desk.go("inbox/"));
  assert.equal(rows(), 1, "before the server was asked again");
  await waitFor(() => assert.ok(asked.length > looks));
  await waitFor(() => assert.ok(document.activeElement.closest("[data-report]")));
});

test("another who signs in elsewhere ends this session at once", async () => {
  const { desk } = await app();
  await act(() => desk.expire());
  assert.ok(document.querySelector("#code"));
  assert.equal(desk.session, null);
});

test("signing out shows nothing of a report while the server is told", async () => {
  const { desk } = await app({ below: `reports/${ID}/` });
  await waitFor(() => assert.ok(part("body")));
  const leaving = desk.signOut();
  await waitFor(() => assert.equal(desk.state.value.kind, "leaving"));
  await leaving;
  await waitFor(() => assert.ok(document.querySelector("#code")));
  assert.equal(location.pathname, "/staff/en/");
});

test("a minute before it locks the page says so, and only to somebody who is signed in", async () => {
  const { desk } = await app();
  await act(() => desk.warn(true));
  assert.match(part("locks-soon").textContent, /locks in a minute/);
  await act(() => desk.lock());
  assert.equal(part("locks-soon").textContent, "");
});

test("a team key that does not open, and lists that end soon, are told on every page", async () => {
  const { desk } = await app();
  const session = { ...sessionOf(), alarms: ["grant"], notAfter: Date.now() + 86_400_000 };
  await act(() => desk.open(session));
  await waitFor(() => assert.match(part("notices").textContent, /team keys does not open/));
  assert.match(part("notices").textContent, /lists of teams and people end on/);
});

test("a page that cannot be got is said, and tried again with the next look", async () => {
  const { desk, visit } = await atDesk({
    answers: { "GET /reports": { reports: [], next: null, taken_back: [], stopped: null } },
  });
  let signal = false;
  const real = visit.page.View;
  visit.page.View = () => (signal ? real() : Promise.reject(new TypeError("no signal")));
  render(<App desk={desk} loading={new PageLoading({})} />);
  await waitFor(() => assert.match(part("view").textContent, /We cannot reach the server/));
  signal = true;
  await act(() => desk.refresh());
  await waitFor(() => assert.ok(isShown(part("fresh"))));
  visit.page.View = real;
});

test("a page whose file failed is got by a press, under an address that no browser keeps a failure of", async () => {
  const { desk, visit } = await atDesk({});
  const real = visit.page.View;
  visit.page.View = () => Promise.reject(new TypeError("kept in mind"));
  const got = [];
  const getModule = async (address) => {
    got.push(address);
    if (got.length === 1) throw new TypeError("no signal");
    return { View: () => <p data-part="in" /> };
  };
  const files = { [visit.page.name]: [["/assets/desk_view-AAAAAAAA.js", "sha256-x"]] };
  render(<App desk={desk} loading={new PageLoading(files, {}, { getModule, vouch: async () => {} })} />);
  for (let tries = 1; tries <= 2; tries += 1) {
    await waitFor(() => assert.ok(part("try-again")));
    fireEvent.click(part("try-again"));
    await waitFor(() => assert.equal(got.length, tries));
  }
  await waitFor(() => assert.ok(part("in")));
  assert.deepEqual(got, ["/assets/desk_view-AAAAAAAA.js?try=1", "/assets/desk_view-AAAAAAAA.js?try=2"]);
  visit.page.View = real;
});

test("what pages share is here before a page's own file is asked for", async () => {
  const { desk, visit } = await atDesk({});
  const vouched = [];
  let signal = false;
  const vouch = async ([address]) => {
    vouched.push(address);
    if (!signal) throw new TypeError("no signal");
  };
  const shared = ["/assets/desk-AAAAAAAA.js", "sha256-x"];
  const files = { [visit.page.name]: [shared, ["/assets/desk-BBBBBBBB.js", "sha256-y"]] };
  const getModule = async () => ({ View: () => <p data-part="in" /> });
  render(<App desk={desk} loading={new PageLoading(files, {}, { getModule, vouch })} />);
  await waitFor(() => assert.ok(part("try-again")));
  assert.deepEqual(vouched, ["/assets/desk-AAAAAAAA.js"]);
  signal = true;
  fireEvent.click(part("try-again"));
  await waitFor(() => assert.ok(part("in")));
  assert.deepEqual(vouched.slice(1), ["/assets/desk-AAAAAAAA.js", "/assets/desk-BBBBBBBB.js?try=1"]);
});

test("what the HTML says of a page's files is taken only where each is an address and a sum", () => {
  const file = ["/assets/desk_view-AAAAAAAA.js", "sha256-x"];
  const [files, texts] = [{ inbox: [file, file] }, { inbox: file }];
  assert.deepEqual(pageFilesOf(JSON.stringify(files)), files);
  assert.deepEqual(pageTextsOf(JSON.stringify(texts)), texts);
  for (const strange of [7, null, { inbox: [["/x"]] }, { inbox: "/x" }, { inbox: ["/x"] }]) {
    assert.deepEqual(pageFilesOf(JSON.stringify(strange)), {});
    assert.deepEqual(pageTextsOf(JSON.stringify(strange)), {});
  }
});

test("an entrance is shown without a session, and no other page is", async () => {
  const { desk, visit } = await app();
  const { page } = visit;
  await act(() => desk.expire());
  assert.ok(document.querySelector("#code"));
  const entrance = {
    ...page,
    name: "entrance",
    permission: null,
    View: async () => ({ View: () => <p data-part="in" /> }),
  };
  await act(() => {
    desk.visit.value = { ...visit, page: entrance };
  });
  await waitFor(() => assert.ok(part("in")));
});

test("an officer for places begins with the places, also at an address that their role does not open", async () => {
  const counts = { candidate: 0, active: 0, paused: 0, withdrawn: 0, due: 0 };
  const answers = { "GET /havens": { havens: [], next: null, counts } };
  const { asked } = await app({ below: "inbox/", role: "places", answers });
  await waitFor(() => assert.ok(part("no-places")));
  assert.deepEqual([...document.querySelectorAll("[data-tab]")].map((each) => each.dataset.tab).slice(0, 2), [
    "places",
    "helplines",
  ]);
  assert.ok(asked.every(({ path }) => !path.startsWith("/reports")));
});

test("what happened to the own keys is said above every page until it was read", async () => {
  const event = { id: "e", kind: "second-factor-reset", other: "Bea", at: "2026-11-23T08:00Z" };
  const { desk, asked } = await atDesk({
    answers: { "GET /account/events": { events: [event] }, "POST /account/events/e/read": 204 },
  });
  render(<SecurityEvents desk={desk} />);
  await waitFor(() => assert.match(part("security-event").textContent, /Bea took your second factor away/));
  fireEvent.click(part("event-read"));
  await waitFor(() => assert.ok(part("security-event") === null));
  assert.ok(asked.some(({ path }) => path === "/account/events/e/read"));
});
