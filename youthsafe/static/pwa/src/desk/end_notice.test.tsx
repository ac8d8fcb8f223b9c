/** Before the signed lists end: who is told, from when, and that a coordinator signs them again with one press. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../tests/dom.ts";
import { act, fireEvent, render, waitFor } from "@testing-library/preact";
import { atDesk, part, sessionOf } from "../../tests/desk_member.ts";
import { App } from "./app.tsx";
import { PageLoading } from "./page_loading.ts";
import { TroubleError } from "./trouble.ts";

const DAY = 86_400_000;
const endsIn = (role, days) => ({ ...sessionOf(role), notAfter: Date.now() + days * DAY });

async function page(role, days, signAgain = async () => endsIn(role, 28)) {
  const member = await atDesk({ role });
  member.keyWorker.signAgain = signAgain;
  render(<App desk={member.desk} loading={new PageLoading({})} />);
  await act(() => member.desk.open(endsIn(role, days)));
  await waitFor(() => assert.ok(document.querySelector("h1"))); // the page below is here, and takes the focus no more
  return member;
}

for (const [role, days, told] of [
  ["coordinator", 15, null],
  ["coordinator", 13, "notice"],
  ["coordinator", 6, "notice warn"],
  ["caseworker", 13, null],
]) {
  test(`${days} days before the end a ${role} ${told ? "is asked to sign" : "is not disturbed"}`, async () => {
    await page(role, days);
    assert.equal(part("sign-soon")?.className ?? null, told);
    assert.equal(part("notices").textContent.includes("end on"), told !== null);
  });
}

test("a caseworker is told six days before, and whom to ask", async () => {
  await page("caseworker", 6);
  assert.match(part("notices").textContent, /Ask your coordinator/);
  assert.equal(part("sign-again"), null);
});

test("one press signs them again, and says until when", async () => {
  await page("coordinator", 6);
  fireEvent.click(part("sign-again"));
  await waitFor(() => assert.match(part("signed-again").textContent, /signed again/));
  assert.equal(part("sign-soon"), null);
  assert.ok(document.activeElement === part("signed-again"));
});

test("what could not be signed is said beside the button, which stays", async () => {
  await page("coordinator", 6, () => Promise.reject(new TroubleError("offline")));
  fireEvent.click(part("sign-again"));
  await waitFor(() => assert.match(part("sign-trouble").textContent, /cannot reach the server/));
  assert.ok(part("sign-again"));
});
