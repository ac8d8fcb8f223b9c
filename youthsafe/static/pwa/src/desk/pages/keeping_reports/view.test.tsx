/** How long reports are kept: nothing is saved before it was seen, and what waits can be put back. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../../tests/dom.ts";
import { fireEvent, render, waitFor } from "@testing-library/preact";
import { atDesk, part } from "../../../../tests/desk_member.ts";
import { View } from "./view.tsx";

const NOTHING = { holds_from: "2026-11-23T09:30Z", removes: 0, removals: [] };
const SHORTER = {
  holds_from: "2026-11-25T00:00Z",
  removes: 4,
  removals: [{ day: "2026-11-25", closed: 4, unclaimed: 0 }],
};
const retention = (more = {}) => ({
  days: { closed: 90, unclaimed: 365 },
  coming: null,
  foreseen: NOTHING,
  closed: { least: 30, most: 2555 },
  unclaimed: { least: 90, most: 2555 },
  ...more,
});

async function page(first, answers = {}) {
  const state = { now: first };
  const member = await atDesk({
    below: "keeping-reports/",
    role: "coordinator",
    answers: { "GET /retention": () => state.now, ...answers },
  });
  render(<View desk={member.desk} visit={member.visit} />);
  await waitFor(() => assert.ok(part("days")));
  return { ...member, state };
}

const field = (name) => document.querySelector(`#keep-${name}`);
const type = (name, value) => fireEvent.input(field(name), { target: { value } });
const posted = ({ asked }, path) => asked.filter((each) => each.method === "POST" && each.path === path);

async function answer(desk, yes) {
  await waitFor(() => assert.equal(desk.questions.waiting.value.length, 1));
  desk.questions.waiting.value[0].settle(yes);
}

test("it says what holds and what goes next", async () => {
  await page(retention({ foreseen: { ...NOTHING, removals: [{ day: "2026-12-03", closed: 2, unclaimed: 1 }] } }));
  assert.match(part("days").textContent, /90 days.*365/);
  assert.match(part("next").textContent, /3 December 2026.*2.*1/);
});

test("with nothing to go that is said too", async () => {
  await page(retention());
  assert.match(part("next").textContent, /no report would go/);
});

test("fewer days are saved only after what they erase was seen and somebody said yes to it", async () => {
  const member = await page(retention(), { "POST /retention/foresee": SHORTER, "POST /retention": {} });
  type("closed", "30");
  assert.ok(part("save") === null);
  fireEvent.submit(part("change"));
  await waitFor(() => assert.match(part("preview").textContent, /25 November 2026: 4 reports/));
  fireEvent.click(part("save"));
  await answer(member.desk, false);
  assert.equal(posted(member, "/retention").length, 0);
  fireEvent.click(part("save"));
  await answer(member.desk, true);
  await waitFor(() => assert.equal(part("outcome").textContent, "Saved."));
  assert.deepEqual(posted(member, "/retention")[0].body, { closed: 30, unclaimed: 365, removes: 4 });
});

test("more days are saved without a question", async () => {
  await page(retention(), { "POST /retention/foresee": NOTHING, "POST /retention": {} });
  type("closed", "120");
  fireEvent.submit(part("change"));
  await waitFor(() => assert.ok(part("save")));
  fireEvent.click(part("save"));
  await waitFor(() => assert.equal(part("outcome").textContent, "Saved."));
});

test("another number in the field takes away what was seen", async () => {
  await page(retention(), { "POST /retention/foresee": SHORTER });
  type("closed", "30");
  fireEvent.submit(part("change"));
  await waitFor(() => assert.ok(part("save")));
  type("closed", "31");
  await waitFor(() => assert.ok(part("save") === null));
});

test("a number that cannot be is said at its field, and nothing is asked of the server", async () => {
  const member = await page(retention());
  for (const wrong of ["29", "", "a month", "2556", "30.5"]) {
    type("closed", wrong);
    fireEvent.submit(part("change"));
    await waitFor(() => assert.match(document.querySelector("#keep-closed-error").textContent, /from 30 to 2,555/));
    assert.equal(field("closed").getAttribute("aria-invalid"), "true");
  }
  assert.equal(posted(member, "/retention/foresee").length, 0);
});

test("where another number would go than was seen, nothing is saved and the new one is shown", async () => {
  const seen = [SHORTER, { ...SHORTER, removes: 9 }];
  const member = await page(retention(), { "POST /retention/foresee": () => seen.shift(), "POST /retention": 409 });
  type("closed", "30");
  fireEvent.submit(part("change"));
  await waitFor(() => assert.ok(part("save")));
  fireEvent.click(part("save"));
  await answer(member.desk, true);
  await waitFor(() => assert.match(part("press-trouble").textContent, /Nothing was saved/));
  assert.match(part("preview").textContent, /9 reports/);
});

test("a change that waits says from when it holds, and can be put back", async () => {
  const coming = { days: { closed: 30, unclaimed: 365 }, holds_from: "2026-11-25T00:00Z" };
  const member = await page(retention({ coming }), { "POST /retention/foresee": NOTHING, "POST /retention": {} });
  assert.match(part("coming").textContent, /From 25 November 2026 on it is 30 and 365 days/);
  assert.equal(field("closed").value, "30");
  member.state.now = retention();
  fireEvent.click(part("put-back"));
  await waitFor(() => assert.ok(part("coming") === null));
  assert.deepEqual(posted(member, "/retention")[0].body, { closed: 90, unclaimed: 365, removes: 0 });
});
