/** Taking reports: one press, what pupils then see beside it, and another press. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../../tests/dom.ts";
import { fireEvent, render, waitFor } from "@testing-library/preact";
import { atDesk, part } from "../../../../tests/desk_member.ts";
import { View } from "./view.tsx";

async function page(answers) {
  const member = await atDesk({ below: "taking-reports/", role: "coordinator", answers });
  render(<View desk={member.desk} visit={member.visit} />);
  await waitFor(() => assert.ok(part("state")));
  return member;
}

const presses = ({ asked }) => asked.filter(({ method }) => method === "POST").map(({ path }) => path);

test("one press stops the form and says so; what pupils then see stood there before", async () => {
  const state = { stopped: null };
  const member = await page({
    "GET /form": () => ({ ...state }),
    "POST /form/stop": () => {
      state.stopped = { since: "2026-11-23T09:30Z", reason: "member" };
      return { ...state };
    },
  });
  assert.match(part("preview").textContent, /The form is closed.*999/s);
  fireEvent.click(part("stop"));
  await waitFor(() => assert.match(part("outcome").textContent, /Stopped/));
  assert.deepEqual(presses(member), ["/form/stop"]);
  assert.match(part("state").textContent, /Since.*no reports are taken/);
  assert.ok(part("stop") === null);
  assert.ok(part("take-again"));
});

test("another press takes reports again", async () => {
  const state = { stopped: { since: "2026-11-23T09:30Z", reason: "member" } };
  const member = await page({
    "GET /form": () => ({ ...state }),
    "POST /form/take-again": () => {
      state.stopped = null;
      return { ...state };
    },
  });
  fireEvent.click(part("take-again"));
  await waitFor(() => assert.match(part("outcome").textContent, /can send reports again/));
  assert.deepEqual(presses(member), ["/form/take-again"]);
  assert.ok(part("stop"));
});

test("a form that closed itself opens by itself, and can be stopped besides", async () => {
  await page({ "GET /form": { stopped: { since: "2026-11-23T09:30Z", reason: "unread" } } });
  assert.match(part("state").textContent, /opens again by itself/);
  assert.deepEqual([part("take-again"), part("stop") !== null], [null, true]);
});

test("where the press did not arrive, that is said beside the button and nothing is claimed", async () => {
  await page({ "GET /form": { stopped: null }, "POST /form/stop": 500 });
  fireEvent.click(part("stop"));
  await waitFor(() => assert.match(part("press-trouble").textContent, /went wrong/));
  assert.equal(part("outcome").textContent, "");
  assert.ok(part("stop"));
});
