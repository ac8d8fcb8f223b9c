/** Helplines: who is due, an alert, what differs here, and what stands on every screen and never does. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../../tests/dom.ts";
import { fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { atDesk, part } from "../../../../tests/desk_member.ts";
import { View } from "./view.tsx";

const NOTHING = { phone: null, text_to: null, text_say: null, hours: null, hours_text: null };
const helpline = (changes = {}) => ({
  id: "frank",
  name: "FRANK",
  ways: ["phone", "text"],
  fixed: false,
  may_be_tried: true,
  due: true,
  pack: { ...NOTHING, phone: "0300 123 6600", text_to: "82111", hours: "unknown" },
  local: NOTHING,
  differs: false,
  changed_on: null,
  silent_since: null,
  checked_on: null,
  checked_by: null,
  checked_how: null,
  ...changes,
});
const TRIED = { due: false, checked_on: "2026-11-20", checked_by: "places", checked_how: "phone" };
const changed = (changes = {}, faults = []) => ({ helpline: helpline(changes), faults });

async function page(helplines, answers = {}) {
  const member = await atDesk({
    below: "helplines/",
    role: "coordinator",
    answers: { "GET /helplines": { helplines }, ...answers },
  });
  render(<View desk={member.desk} visit={member.visit} />);
  await waitFor(() => assert.ok(document.querySelector("[data-place]") ?? part("none-due")));
  return member;
}

async function opened(one = helpline(), answers = {}) {
  const member = await page([one], answers);
  fireEvent.click(part("open"));
  await waitFor(() => assert.ok(part("detail")));
  return member;
}

async function answer(desk, yes) {
  await waitFor(() => assert.equal(desk.questions.waiting.value.length, 1));
  desk.questions.waiting.value[0].settle(yes);
}

const posts = (asked) => asked.filter(({ method }) => method === "POST");

test("each says by which role it was tried, how and when", async () => {
  await page([helpline(), helpline({ id: "beat", name: "Beat", ...TRIED })]);
  const [untried, tried] = document.querySelectorAll("[data-place]");
  assert.match(untried.textContent, /Due for checking.*Nobody has tried it yet/);
  assert.match(tried.textContent, /Tried on 20 November 2026 by an officer for places: calling/);
});

test("those that are due stand alone when somebody asks for them, and none is said to be none", async () => {
  await page([helpline(TRIED)]);
  fireEvent.click(document.querySelector('[data-list="due"]'));
  await waitFor(() => assert.ok(part("none-due")));
});

test("where nothing was said no notice stands", async () => {
  await page([helpline()]);
  assert.equal(part("press-trouble").hidden, true);
});

test("marking it as checked sends the way and the day", async () => {
  const { asked } = await opened(helpline(), { "POST /helplines/frank/checked": changed(TRIED) });
  document.querySelector("#helpline-way").value = "text";
  document.querySelector("#helpline-day").value = "2026-11-20";
  fireEvent.submit(part("tried"));
  await waitFor(() => assert.match(part("outcome").textContent, /Pupils see the day/));
  assert.deepEqual(posts(asked)[0].body, { way: "text", on: "2026-11-20" });
  assert.ok(document.activeElement === part("outcome"));
});

test("pupils are told of an alert only after a yes, and no longer once it answers again", async () => {
  const { desk, asked } = await opened(helpline(), {
    "POST /helplines/frank/alert": changed({ silent_since: "2026-11-23" }),
    "POST /helplines/frank/alert/end": changed(),
  });
  fireEvent.click(part("alert"));
  await answer(desk, false);
  assert.deepEqual(posts(asked), []);
  fireEvent.click(part("alert"));
  await answer(desk, true);
  await waitFor(() => assert.match(part("badges").textContent, /Pupils read that it does not answer/));
  fireEvent.click(part("end-alert"));
  await waitFor(() => assert.match(part("outcome").textContent, /not told that any more/));
});

test("what differs is sent as it was typed, beside what the pack has, and goes again", async () => {
  const differs = { differs: true, local: { ...NOTHING, phone: "020 7946 0123" } };
  const { asked } = await opened(helpline(), {
    "POST /helplines/frank/change": changed(differs),
    "POST /helplines/frank/change/end": changed(),
  });
  assert.match(part("change").textContent, /In the pack: 0300 123 6600/);
  document.querySelector("#helpline-phone").value = " 020 7946 0123 ";
  fireEvent.submit(part("change"));
  await waitFor(() => assert.match(part("outcome").textContent, /Pupils see it now. Try it out/));
  assert.deepEqual(posts(asked)[0].body, { ...NOTHING, phone: "020 7946 0123" });
  fireEvent.click(part("restore"));
  await waitFor(() => assert.match(part("outcome").textContent, /content pack again/));
});

test("what is wrong is said at its field, and nothing was changed", async () => {
  await opened(helpline(), {
    "POST /helplines/frank/change": changed({}, [{ field: "phone", fault: "emergency" }]),
  });
  document.querySelector("#helpline-phone").value = "999";
  fireEvent.submit(part("change"));
  await waitFor(() => assert.match(part("press-trouble").textContent, /Nothing was changed/));
  assert.equal(screen.getByLabelText("Number to call").getAttribute("aria-invalid"), "true");
  assert.match(document.querySelector("#helpline-phone-error").textContent, /stands on every screen/);
  assert.equal(document.querySelector("#helpline-phone").value, "999");
});

test("999 offers nothing, and Childline only that it was tried", async () => {
  await opened(helpline({ fixed: true, may_be_tried: false, due: false }));
  assert.deepEqual([part("tried"), part("alert"), part("change")], [null, null, null]);
  assert.match(document.body.textContent, /Nobody tries 999 out/);
});

test("Childline can be tried and not changed", async () => {
  await opened(helpline({ fixed: true }));
  assert.ok(part("tried"));
  assert.deepEqual([part("alert"), part("change")], [null, null]);
  assert.ok(part("fixed"));
});

test("a server that refuses is told from one that cannot be reached", async () => {
  await opened(helpline(), { "POST /helplines/frank/checked": 409 });
  fireEvent.submit(part("tried"));
  await waitFor(() => assert.match(part("press-trouble").textContent, /This is how it stands now/));
  globalThis.fetch = async () => {
    throw new TypeError("offline");
  };
  fireEvent.submit(part("tried"));
  await waitFor(() => assert.match(part("press-trouble").textContent, /cannot reach the server/));
});
