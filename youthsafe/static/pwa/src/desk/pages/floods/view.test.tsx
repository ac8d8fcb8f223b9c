/** Floods: what a coordinator can do, what a caseworker sees, and that no row moves. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../../tests/dom.ts";
import { fireEvent, render, waitFor } from "@testing-library/preact";
import { atDesk, isShown, part } from "../../../../tests/desk_member.ts";
import { View } from "./view.tsx";

const group = (hour, changes = {}) => ({
  hour: `2026-11-23T0${hour}:00Z`,
  step: 0,
  urgent: false,
  opened: false,
  count: 40,
  ...changes,
});
const floods = (groups, more = {}) => ({
  groups,
  busiest: null,
  flood: { hour: 40, day: 120, few: 10, reading: 12 },
  closed: [],
  work: null,
  highest: 4,
  ...more,
});
const rows = (list) => [...document.querySelectorAll(`[data-part="${list}"] > li`)];
const acts = (row) => row.querySelector('[data-part="act"]');

async function page(first, { role = "coordinator", ...answers } = {}) {
  const state = { now: first };
  const member = await atDesk({ below: "floods/", role, answers: { "GET /junk": () => state.now, ...answers } });
  render(<View desk={member.desk} visit={member.visit} />);
  await waitFor(() => assert.match(part("work").textContent, /./));
  return { ...member, state };
}

/** Answer the question that waits. */
async function answer(desk, yes) {
  await waitFor(() => assert.equal(desk.questions.waiting.value.length, 1));
  desk.questions.waiting.value[0].settle(yes);
}

test("without a flood there is nothing to close, and the busiest hour is said", async () => {
  await page(floods([], { busiest: { hour: "2026-11-23T09:00Z", count: 3 } }));
  assert.match(part("no-groups").textContent, /No flood. Busiest hour: 3 reports that nobody has claimed/);
});

test("a caseworker sees a flood and can do nothing", async () => {
  await page(floods([group(1)]), { role: "caseworker" });
  assert.equal(isShown(acts(rows("groups")[0])), false);
  assert.ok(part("coordinators-only"));
  assert.ok(part("raise") === null);
});

test("nothing is closed before somebody said yes to exactly what is shown", async () => {
  const { desk, asked, state } = await page(floods([group(1)]), { "POST /junk": { id: "x", held: 0 } });
  fireEvent.click(acts(rows("groups")[0]));
  await answer(desk, false);
  assert.equal(
    asked.some(({ method }) => method === "POST"),
    false,
  );
  fireEvent.click(acts(rows("groups")[0]));
  state.now = floods([], { closed: [{ id: "x", at: "2026-11-23T10:00Z", ...group(1) }] });
  await answer(desk, true);
  await waitFor(() => assert.match(rows("groups")[0].textContent, /They are closed/));
  assert.deepEqual(asked.find(({ method }) => method === "POST").body, group(1));
  assert.equal(rows("groups")[0].className, "row gone");
  assert.match(rows("closed")[0].textContent, /: 40/);
});

test("how many stay open because they are on hold is said beside the button", async () => {
  const { desk, state } = await page(floods([group(1)]), { "POST /junk": { id: "x", held: 2 } });
  fireEvent.click(acts(rows("groups")[0]));
  state.now = floods([]);
  await answer(desk, true);
  await waitFor(() => assert.match(rows("groups")[0].textContent, /On hold, so they stay open: 2/));
});

test("what was closed can be put back", async () => {
  const { asked, state } = await page(floods([], { closed: [{ id: "x", at: "2026-11-23T10:00Z", ...group(1) }] }), {
    "POST /junk/x/undo": { count: 40 },
  });
  state.now = floods([group(1)]);
  fireEvent.click(acts(rows("closed")[0]));
  await waitFor(() => assert.match(rows("closed")[0].textContent, /back among the open reports/));
  assert.ok(asked.some(({ path }) => path === "/junk/x/undo"));
  assert.equal(rows("groups").length, 1);
});

test("a refusal is said beside the button, no row moves, and what is new waits in the bar", async () => {
  const { desk, state } = await page(floods([group(1), group(2)]), { "POST /junk": 409 });
  fireEvent.click(acts(rows("groups")[1]));
  state.now = floods([group(3), group(1), group(2, { count: 77 })]);
  await answer(desk, true);
  await waitFor(() => assert.match(rows("groups")[1].querySelector("[role=alert]").textContent, /More came/));
  assert.match(rows("groups")[1].textContent, /77/);
  assert.equal(rows("groups").length, 2);
  assert.match(part("news-words").textContent, /New reports: 40/);
  fireEvent.click(part("show-news"));
  await waitFor(() => assert.equal(rows("groups").length, 3));
});

test("reports in danger that nobody opened are opened first", async () => {
  await page(floods([group(1, { urgent: true }), group(2, { urgent: true, opened: true })]));
  const [unread, read] = rows("groups");
  assert.ok(unread.querySelector('[data-part="open-first"]'));
  assert.equal(isShown(acts(unread)), false);
  assert.equal(isShown(acts(read)), true);
});

test("the work that everybody is asked for is raised and ended", async () => {
  const { asked, state } = await page(floods([]), { "POST /junk/work": 204, "POST /junk/work/end": 204 });
  document.querySelector("#work-step").value = "3";
  document.querySelector("#work-hours").value = "6";
  state.now = floods([], { work: { step: 3, until: "2026-11-23T15:00Z" } });
  fireEvent.submit(part("raise"));
  await waitFor(() => assert.match(part("work").textContent, /Step 3 is asked of everybody/));
  assert.deepEqual(asked.find(({ method }) => method === "POST").body, { step: 3, hours: 6 });
  fireEvent.click(part("end"));
  await waitFor(() => assert.ok(asked.some(({ path }) => path === "/junk/work/end")));
});
