/** The page of keyboard shortcuts: who sees which, and the switch. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../../tests/dom.ts";
import { fireEvent, render, waitFor } from "@testing-library/preact";
import { atDesk, part } from "../../../../tests/desk_member.ts";
import { shortcutsAreOn } from "../../shortcuts.ts";
import { View } from "./view.tsx";

async function page(role = "caseworker") {
  const { desk, visit } = await atDesk({ below: "keyboard/", role });
  render(<View desk={desk} visit={visit} />);
}

const listed = () => [...part("shortcuts").querySelectorAll("dt")].map((each) => each.textContent);

test("whoever reads reports sees every key", async () => {
  await page();
  assert.deepEqual(listed(), ["j", "k", "Enter", "r", "CtrlEnter", "n", "t", "h", "c", "Esc", "?"]);
});

test("whoever reads none sees the one that leads here", async () => {
  await page("auditor");
  assert.deepEqual(listed(), ["?"]);
});

test("one switch takes them away and brings them back, in this browser", async () => {
  await page();
  assert.match(part("state").textContent, /are on/);
  fireEvent.click(part("switch"));
  await waitFor(() => assert.match(part("state").textContent, /are off/));
  assert.equal(shortcutsAreOn(), false);
  fireEvent.click(part("switch"));
  await waitFor(() => assert.match(part("state").textContent, /are on/));
  assert.equal(shortcutsAreOn(), true);
});
