/** Texts in the page's language, with their places filled and their forms chosen. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../tests/dom.ts";
import { render } from "@testing-library/preact";
import { _, loadCatalogue, ngettext, setCatalogue } from "./texts.ts";

const ENGLISH = { plural: { one: 0, other: 1 }, texts: {} };
const POLISH = {
  plural: { one: 0, few: 1, many: 2 },
  texts: {
    Claim: "Przejmij",
    "Claimed by %(name)s": "Przejęte przez: %(name)s",
    "%(count)s report": ["%(count)s zgłoszenie", "%(count)s zgłoszenia", "%(count)s zgłoszeń"],
  },
};
const drawn = (words) => render(<p>{words}</p>).container.textContent;

test.afterEach(() => {
  setCatalogue(ENGLISH);
  document.documentElement.lang = "en";
});

test("a text is translated where the catalogue has it, and English elsewhere", () => {
  setCatalogue(POLISH);
  assert.equal(_("Claim"), "Przejmij");
  assert.equal(_("Release"), "Release");
});

test("a place is filled with a value of its own direction, and never with markup", () => {
  setCatalogue(POLISH);
  const { container } = render(<p>{_("Claimed by %(name)s", { name: "<b>Ada</b>" })}</p>);
  assert.equal(container.textContent, "Przejęte przez: <b>Ada</b>");
  assert.equal(container.querySelector("bdi").textContent, "<b>Ada</b>");
});

test("a number has the form that the language wants", () => {
  setCatalogue(POLISH);
  document.documentElement.lang = "pl";
  const said = (count) => drawn(ngettext("%(count)s report", "%(count)s reports", count));
  assert.deepEqual([1, 3, 5, 22].map(said), ["1 zgłoszenie", "3 zgłoszenia", "5 zgłoszeń", "22 zgłoszenia"]);
});

test("a number without a translation is said in English", () => {
  document.documentElement.lang = "ar";
  assert.equal(drawn(ngettext("%(count)s page", "%(count)s pages", 1)), "1 page");
  assert.equal(drawn(ngettext("%(count)s page", "%(count)s pages", 2)), "2 pages");
});

test("a page's own translations come to those that are there", async () => {
  setCatalogue(POLISH);
  globalThis.fetch = async () => new Response(JSON.stringify({ ...POLISH, texts: { Release: "Zwolnij" } }));
  await loadCatalogue("/assets/desk_report_pl-AAAAAAAA.json", "sha256-x");
  assert.deepEqual([_("Claim"), _("Release")], ["Przejmij", "Zwolnij"]);
});

test("English asks for no catalogue, and what is none is refused", async () => {
  let asked = 0;
  globalThis.fetch = async () => {
    asked += 1;
    return new Response(JSON.stringify({ texts: { Claim: 7 } }));
  };
  await loadCatalogue("", "");
  assert.equal(asked, 0);
  await assert.rejects(loadCatalogue("/assets/desk_pl-AAAAAAAA.json", "sha256-x"), TypeError);
});
