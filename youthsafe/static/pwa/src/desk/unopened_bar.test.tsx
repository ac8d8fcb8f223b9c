/** What nobody has opened is in the tab's title and above every page. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../tests/dom.ts";
import { act, render, waitFor } from "@testing-library/preact";
import { atDesk, part } from "../../tests/desk_member.ts";
import { Tools } from "./tools.tsx";
import { withCount } from "./unopened_bar.tsx";

const alerts = (changes = {}) => ({ urgent: 0, others: 0, last: null, failing: false, ...changes });

async function atPage(found, below = "account/") {
  const member = await atDesk({ below, answers: { "GET /alerts": found } });
  render(<Tools desk={member.desk} />);
  await act(() => member.desk.lookWhatWaits());
  return member;
}

const said = () => part("unopened").textContent;

test("while nothing waits, nothing is said", async () => {
  await atPage(alerts({ last: "2026-11-23T09:00Z" }));
  assert.equal(said(), "");
});

test("what waits is counted, danger by itself, and leads to the inbox", async () => {
  await atPage(alerts({ urgent: 1, others: 2 }));
  assert.match(said(), /In danger now: 1.*Not opened yet: 3/);
  assert.equal(part("unopened").querySelector("a").getAttribute("href"), "/staff/en/inbox/");
});

test("a hundred are as many as are counted", async () => {
  await atPage(alerts({ others: 100 }));
  assert.match(said(), /Not opened yet: 99\+/);
});

test("it says when an alert went out last, and that one does not", async () => {
  const { desk } = await atPage(alerts({ others: 1, last: "2026-11-23T09:00Z" }));
  assert.match(said(), /Last alert: in the hour from 23 Nov.*09:00/);
  await act(() => {
    desk.unopened.value = alerts({ others: 1, last: "2026-11-23T09:00Z", failing: true });
  });
  assert.match(said(), /Alerts do not go out/);
});

test("above the list that shows them all there is no bar, but the list counts for the title", async () => {
  const { desk } = await atPage(alerts({ others: 1 }), "inbox/");
  assert.equal(said(), "");
  await act(() => desk.noteUnopened({ urgent: 2, others: 3 }));
  assert.equal(withCount("Inbox", desk.unopened.value), "(5) Inbox");
});

test("above a part of it there is one", async () => {
  await atPage(alerts({ others: 1 }), "inbox/?show=mine");
  await waitFor(() => assert.match(said(), /Not opened yet: 1/));
});

test("a lock forgets what waits", async () => {
  const { desk } = await atPage(alerts({ others: 1 }));
  await act(() => desk.lock());
  assert.equal(desk.unopened.value, null);
  assert.equal(withCount("Locked", desk.unopened.value), "Locked");
});

test("whoever reads no reports asks for nothing", async () => {
  const { desk, asked } = await atDesk({ role: "auditor", below: "account/" });
  await desk.lookWhatWaits();
  assert.deepEqual(
    asked.filter(({ path }) => path === "/alerts"),
    [],
  );
});
