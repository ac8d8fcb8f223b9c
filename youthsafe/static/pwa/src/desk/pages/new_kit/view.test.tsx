/** A new recovery kit: nothing is sent before it is on paper, and a new root only where somebody asks for one. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../../tests/dom.ts";
import { fireEvent, render, waitFor } from "@testing-library/preact";
import { atDesk, part } from "../../../../tests/desk_member.ts";
import { TroubleError } from "../../trouble.ts";
import { View } from "./view.tsx";

const KIT = Array.from({ length: 24 }, (_each, at) => `kit${at}`);

async function page({ root = false, renewKit } = {}) {
  const { desk, keyWorker } = await atDesk({ below: "new-kit/", role: "coordinator" });
  const sent = [];
  keyWorker.beginSetUp = async () => ({ words: [], kit: { words: KIT, line: "youthsafe-kit-1:A" }, secondFactor: "" });
  keyWorker.renewKit = renewKit ?? (async (typed) => sent.push(typed) && desk.session);
  render(<View desk={desk} visit={desk.visit.value} />);
  if (root) fireEvent.click(part("changes-root"));
  fireEvent.click(part("make"));
  await waitFor(() => assert.ok(part("kit")));
  return { sent };
}

async function typeThree(wordOf = (place) => KIT[place]) {
  fireEvent.click(part("printed"));
  await waitFor(() => assert.ok(part("kit-check")));
  for (const input of document.querySelectorAll('[id^="kit-word-"]:is(input)'))
    fireEvent.input(input, { target: { value: wordOf(Number(input.id.replace("kit-word-", ""))) } });
  fireEvent.submit(part("kit-check"));
}

test("the old kit dies only when the new one is on paper", async () => {
  const { sent } = await page();
  await typeThree(() => "other");
  await waitFor(() => assert.equal(document.querySelectorAll(".error:not([hidden])").length, 3));
  assert.deepEqual(sent, []);
  fireEvent.click(part("show-kit"));
  await waitFor(() => assert.ok(part("kit")));
  await typeThree();
  await waitFor(() => assert.match(part("done").textContent, /The old one is dead/));
  assert.deepEqual(sent, [{ changesRoot: false }]);
});

test("a new root comes only where it was ticked", async () => {
  const { sent } = await page({ root: true });
  await typeThree();
  await waitFor(() => assert.deepEqual(sent, [{ changesRoot: true }]));
});

test("where it was refused, the same kit is still there to be tried again", async () => {
  await page({ renewKit: () => Promise.reject(new TroubleError("team-secret")) });
  await typeThree();
  await waitFor(() => assert.ok(part("trouble").textContent.length > 0));
  assert.ok(part("kit-check"));
});
