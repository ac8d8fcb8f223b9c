/** Settings: what a coordinator finds there, and what nobody else does. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../../tests/dom.ts";
import { render } from "@testing-library/preact";
import { atDesk } from "../../../../tests/desk_member.ts";
import { may } from "../../session/session.ts";
import { View } from "./view.tsx";

async function page(role) {
  const member = await atDesk({ below: "settings/", role });
  render(<View desk={member.desk} visit={member.visit} />);
  return { ...member, listed: [...document.querySelectorAll("[data-page]")] };
}

test("a coordinator finds every page that says that it belongs here, with a line about it", async () => {
  const { desk, listed } = await page("coordinator");
  const belonging = desk.pages.filter(({ settings, permission }) => settings && may(desk.session, permission));
  assert.deepEqual(
    listed.map((each) => each.getAttribute("data-page")),
    belonging.map(({ name }) => name),
  );
  for (const name of ["taking_reports", "keeping_reports", "work_asked"]) {
    const row = listed.find((each) => each.getAttribute("data-page") === name);
    assert.match(row.querySelector("a").getAttribute("href"), /^\/staff\/en\/[a-z-]+\/$/);
    assert.match(row.querySelector(".row-meta").textContent, /\w+ \w+/);
  }
});

test("a caseworker has no entry for it in the menu", async () => {
  const { desk } = await page("caseworker");
  const entries = desk.pages.filter(({ permission }) => permission && may(desk.session, permission));
  assert.equal(
    entries.some(({ name, settings }) => name === "settings" || settings),
    false,
  );
});
