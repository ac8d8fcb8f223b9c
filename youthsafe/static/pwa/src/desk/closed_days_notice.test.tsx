/** The closed days that were signed come to an end: whoever sets the hours is told long before a promise could pass them. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../tests/dom.ts";
import { render } from "@testing-library/preact";
import { atDesk, part, sessionOf } from "../../tests/desk_member.ts";
import { londonDay } from "../lib/london.ts";
import { ClosedDaysNotice } from "./closed_days_notice.tsx";

async function page(role, ...ahead) {
  const { desk } = await atDesk({ role });
  const closedDays = new Set(ahead.map((days) => londonDay(Date.now()) + days));
  render(<ClosedDaysNotice desk={desk} session={{ ...sessionOf(role), closedDays }} />);
  return part("closed-days-end");
}

test("a coordinator is told, and led to the hours, when the last one is near or over", async () => {
  for (const days of [119, -1]) {
    const notice = await page("coordinator", -30, days);
    assert.match(notice.textContent, /last closed day that is signed/);
    assert.equal(notice.querySelector("a").getAttribute("href"), "/staff/en/hours/");
    notice.remove();
  }
});

test("nobody is told while it is far, or where no day is closed, and nobody who cannot change it", async () => {
  assert.ok((await page("coordinator", 3, 120)) === null);
  assert.ok((await page("coordinator")) === null);
  assert.ok((await page("caseworker", 3)) === null);
});
