/** Keyboard shortcuts in the account: who sees which, and the switch. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../../tests/dom.ts";
import { fireEvent, render, waitFor } from "@testing-library/preact";
import { atDesk, part } from "../../../../tests/desk_member.ts";
import { shortcutsAreOn } from "../../shortcuts.ts";
import { ShortcutsPanel } from "./shortcuts_panel.tsx";

async function page(role = "caseworker") {
  const { desk } = await atDesk({ below: "account/?keyboard", role });
  render(<ShortcutsPanel desk={desk} />);
}

const listed = () => [...part("shortcuts").querySelectorAll("dt")].map((each) => each.textContent.trim());

test("whoever reads reports sees every key, and who asked for them is led there", async () => {
  await page();
  assert.equal(document.activeElement.textContent, "Keyboard shortcuts");
  assert.deepEqual(listed(), ["j", "k", "Enter", "/", "r", "Ctrl Enter", "n", "t", "h", "c", "Esc", "?"]);
});

test("whoever reads none sees the one that leads here", async () => {
  await page("auditor");
  assert.deepEqual(listed(), ["?"]);
});

test("one switch takes them away and brings them back, in this browser", async () => {
  await page();
  assert.match(part("shortcuts-state").textContent, /are on/);
  fireEvent.click(part("shortcuts-switch"));
  await waitFor(() => assert.match(part("shortcuts-state").textContent, /are off/));
  assert.equal(shortcutsAreOn(), false);
  fireEvent.click(part("shortcuts-switch"));
  await waitFor(() => assert.match(part("shortcuts-state").textContent, /are on/));
  assert.equal(shortcutsAreOn(), true);
});
