import assert from "node:assert/strict";
import test from "node:test";

import "./dom.ts";
import { inboxAddress, listAt } from "../src/desk/pages/inbox/address.ts";
import { PAGES } from "../src/desk/pages/registry.ts";
import { reportAddress } from "../src/desk/pages/report/address.ts";
import { backOf, inOrder, placeOf, routeOf } from "../src/desk/routes.ts";

const BASE = "/staff/en/";
const ID = "A".repeat(22);
const at = (below) => routeOf(new URL(BASE + below, "https://a.test"), BASE, PAGES);

test("every address leads to its page", () => {
  const pages = { "inbox/": "inbox", "inbox/?show=mine": "inbox", "floods/": "floods", [reportAddress(ID)]: "report" };
  for (const [below, name] of Object.entries(pages)) assert.equal(at(below).page.name, name, below);
  assert.equal(at(reportAddress(ID)).id, ID);
});

test("every line of the menu leads to the page that has it", () => {
  for (const page of PAGES) for (const { address } of page.menu) assert.equal(at(address).page, page, address);
});

test("no two pages have one path or one name", () => {
  for (const key of ["path", "name"]) assert.equal(new Set(PAGES.map((page) => page[key])).size, PAGES.length);
});

test("pages stand by their numbers, and those without one follow in the order that they came in", () => {
  const page = (name, order) => ({ ...PAGES[0], name, order });
  const pages = inOrder([page("a"), page("b", 20), page("c"), page("d", 10)]);
  assert.deepEqual(
    pages.map(({ name }) => name),
    ["d", "b", "a", "c"],
  );
});

test("every list has an address of its own, and one that is not known shows the open reports", () => {
  const lists = [
    { tab: "open", only: null },
    { tab: "mine", only: null },
    { tab: "closed", only: { hour: "2026-11-23T09:00Z", step: 2 } },
    { tab: "open", only: { hour: "2026-11-23T09:00Z", step: 0 } },
  ];
  for (const list of lists) assert.deepEqual(listAt(at(inboxAddress(list.tab, list.only)).query), list);
  for (const below of [
    "",
    "inbox/?show=other",
    "inbox/?hour=now&step=2",
    "inbox/?hour=2026-11-23T09:00Z&step=x",
    "reports/short/",
  ]) {
    assert.equal(at(below).page.name, "inbox");
    assert.deepEqual(listAt(at(below).query), { tab: "open", only: null });
  }
});

test("the first address and that of the inbox are one place, and two reports are two", () => {
  assert.equal(placeOf(at("")), placeOf(at("inbox/")));
  assert.notEqual(placeOf(at("inbox/")), placeOf(at("inbox/?show=mine")));
  assert.notEqual(placeOf(at(reportAddress(ID))), placeOf(at(reportAddress("B".repeat(22)))));
});

test("a history that another page wrote has no list to come back to", () => {
  assert.equal(backOf({ back: "/staff/en/inbox/" }), "/staff/en/inbox/");
  for (const state of [null, undefined, 7, {}, { back: 7 }, { back: null }]) assert.equal(backOf(state), null);
});
