/** Work asked of everybody, as it is set from Settings. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../../tests/dom.ts";
import { fireEvent, render, waitFor } from "@testing-library/preact";
import { atDesk, part } from "../../../../tests/desk_member.ts";
import { View } from "./view.tsx";

async function page(answers) {
  const member = await atDesk({ below: "work-asked/", role: "coordinator", answers });
  render(<View desk={member.desk} visit={member.visit} />);
  await waitFor(() => assert.match(part("work").textContent, /./));
  return member;
}

test("it is raised for some hours and ended before its time", async () => {
  const state = { work: null, highest: 4 };
  const { asked } = await page({
    "GET /junk/work": () => ({ ...state }),
    "POST /junk/work": () => {
      state.work = { step: 3, until: "2026-11-23T15:00Z" };
      return 204;
    },
    "POST /junk/work/end": () => {
      state.work = null;
      return 204;
    },
  });
  assert.match(part("work").textContent, /No more than usual/);
  document.querySelector("#work-step").value = "3";
  document.querySelector("#work-hours").value = "6";
  fireEvent.submit(part("raise"));
  await waitFor(() => assert.match(part("work").textContent, /Step 3 is asked of everybody/));
  assert.deepEqual(asked.find(({ method }) => method === "POST").body, { step: 3, hours: 6 });
  assert.match(part("outcome").textContent, /Saved/);
  fireEvent.click(part("end"));
  await waitFor(() => assert.match(part("work").textContent, /No more than usual/));
});

test("a refusal is said below the panel", async () => {
  await page({ "GET /junk/work": { work: null, highest: 4 }, "POST /junk/work": 429 });
  fireEvent.submit(part("raise"));
  await waitFor(() => assert.match(part("press-trouble").textContent, /Too many tries/));
});
