import assert from "node:assert/strict";
import { test } from "node:test";

import {
  ASSETS,
  assetsIn,
  BUNDLE,
  belongs,
  due,
  FORMAT,
  isLocale,
  isOurs,
  outdated,
  PAGES,
  partsOf,
  ruleFor,
  ruleOf,
  STATE,
} from "../src/sw/policy.ts";

const ORIGIN = "https://safe.example";
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** @param {string} path @param {{method?: string, mode?: string}} [more] */
const asked = (path, { method = "GET", mode = "navigate" } = {}) =>
  ruleFor({ method, url: ORIGIN + path, mode }, ORIGIN);

test("cards, support and the reporter's shells come from the phone first", () => {
  for (const path of [
    "/en/",
    "/ar/cards/bullying/tell-an-adult/",
    "/ta/support/",
    "/en/report/",
    "/en/replies/",
    "/offline",
    "/leaving",
  ]) {
    assert.equal(ruleOf(path), "pack", path);
  }
});

test("havens and the team's keys are asked for anew while there is a signal", () => {
  for (const path of ["/en/havens/", "/ar/havens/area/catford/", "/en/havens/AAAAAAAAAAAAAAAAAAAAAA/", BUNDLE])
    assert.equal(ruleOf(path), "fresh", path);
});

test("a lesson is kept once it was opened, and a poster never", () => {
  for (const path of ["/en/teach/bullying/", "/en/teach/bullying/handout/", "/en/report/practice/"])
    assert.equal(ruleOf(path), "opened", path);
  assert.equal(ruleOf("/en/havens/poster/"), "never");
});

test("nothing behind the staff door and nothing of the API but the signed keys is touched", () => {
  for (const path of [
    "/staff",
    "/staff/",
    "/staff/reports/abc/",
    "/api/v1/reports",
    "/api/v1/mailbox",
    "/api/v1/staff/key-ring",
    "/api/openapi.json",
  ]) {
    assert.equal(asked(path), null, path);
    assert.equal(asked(path, { mode: "cors" }), null, path);
    assert.equal(ruleOf(path), "never", path);
  }
});

test("nothing that is sent is touched", () => {
  for (const method of ["POST", "PUT", "DELETE", "HEAD"]) {
    assert.equal(asked("/api/v1/bundle", { method, mode: "cors" }), null);
    assert.equal(asked("/en/", { method }), null);
  }
});

test("nothing of another site is touched", () => {
  assert.equal(ruleFor({ method: "GET", url: "https://other.example/en/", mode: "navigate" }, ORIGIN), null);
});

test("an address nobody knows is a page that may need the offline page, but is not kept", () => {
  for (const path of ["/", "/nowhere", "/healthz", "/en"]) assert.equal(asked(path), "never", path);
});

test("what a page loads by itself is left to the browser unless it is kept", () => {
  assert.equal(asked("/assets/app-ABC.js", { mode: "no-cors" }), "asset");
  assert.equal(asked("/icon.svg", { mode: "no-cors" }), "pack");
  assert.equal(asked("/en/manifest.webmanifest", { mode: "cors" }), "pack");
  assert.equal(asked("/en/offline/pages.json", { mode: "cors" }), null);
  assert.equal(asked("/en/support/", { mode: "cors" }), null);
});

test("a first visit fetches everything, a second within five minutes nothing", () => {
  const { pages, places } = partsOf("ar");
  const reading = { locale: "ar", path: "/ar/", now: 10 * DAY };
  assert.deepEqual(due({ ...reading, at: () => 0 }), [pages, places, BUNDLE]);
  assert.deepEqual(due({ ...reading, at: () => reading.now - 4 * MINUTE }), []);
  assert.deepEqual(due({ ...reading, at: () => reading.now - 6 * MINUTE }), [pages]);
});

test("the havens are asked for again while somebody looks at them", () => {
  const { pages, places } = partsOf("en");
  const reading = { locale: "en", path: "/en/havens/", now: 10 * DAY };
  assert.deepEqual(due({ ...reading, at: () => reading.now - 6 * MINUTE }), [pages, places]);
});

test("a clock that was wrong does not stop renewal", () => {
  assert.equal(due({ locale: "en", path: "/en/", now: 10 * DAY, at: () => 20 * DAY }).length, 3);
});

test("a page's files are found, but for icons and the reader of mailboxes", () => {
  const html = `<link rel="apple-touch-icon" href="/assets/touch-180-E.png">
    <script src="/assets/app-A.js"></script><link href="/assets/app-B.css"><a href="/en/cards/"></a>
    <div data-sealer="/assets/sealer-C.js#sha256-Zm9v" data-reader="/assets/reader-D.js" data-lists="/assets/words_fr-G.js"></div><script src="/assets/app-A.js"></script>`;
  assert.deepEqual(assetsIn(html), ["/assets/app-A.js", "/assets/app-B.css", "/assets/sealer-C.js"]);
});

test("caches of another format are outdated, but hashed files outlive every format", () => {
  const older = [`youthsafe-pages-${FORMAT - 1}`, `youthsafe-state-${FORMAT - 1}`, `youthsafe-pages-${FORMAT + 1}`];
  assert.deepEqual(outdated([PAGES, STATE, ASSETS, ...older, "somebody-else"]), older);
});

test("only a language tag may become part of an address", () => {
  for (const tag of ["en", "ar", "zh-Hans", "pt-BR"]) assert.ok(isLocale(tag), tag);
  for (const tag of ["", "../api", "en/x", "EN", undefined, 7, "english"]) assert.ok(!isLocale(tag), String(tag));
});

const PAGE = '<!doctype html>\n<html lang="en" dir="ltr" data-exit="https://x.example" data-worker="/sw.js">';

test("only what names itself as ours is kept", () => {
  assert.ok(isOurs("/en/havens/", 200, PAGE));
  assert.ok(isOurs("/en/havens/", 404, PAGE));
  assert.ok(isOurs("/leaving", 200, '<!doctype html>\n<html lang="en" data-exit="https://x.example" data-stop>'));
  assert.ok(isOurs(BUNDLE, 200, '{"bundle":"AA","root":"AA","signature":"AA"}\n'));
  assert.ok(isOurs(BUNDLE, 404, '{"detail":"x","type":"urn:youthsafe:problem:not-found"}'));
  for (const [path, status, text] of /** @type {[string, number, string][]} */ ([
    ["/en/havens/", 200, "<!doctype html><html lang=en><h1>Sign in to the Wi-Fi</h1>"],
    ["/en/havens/", 404, "<html><h1>Blocked</h1>"],
    ["/en/havens/", 200, `<h1>Blocked</h1>${PAGE}`],
    [BUNDLE, 200, "<html><h1>Blocked</h1>"],
    [BUNDLE, 404, '{"error":"blocked"}'],
  ]))
    assert.ok(!isOurs(path, status, text), text);
});

test("a part of a pack holds its own pages and no other's", () => {
  const { pages, places } = partsOf("en");
  assert.ok(belongs(pages, "/en/report/", PAGE));
  assert.ok(belongs(pages, "/offline", PAGE));
  assert.ok(belongs(places, "/en/havens/", PAGE));
  for (const [address, path, text] of /** @type {[string, string, unknown][]} */ ([
    [places, "/en/report/", PAGE],
    [pages, "/en/havens/", PAGE],
    [pages, "/ar/report/", PAGE],
    [pages, BUNDLE, '{"bundle":"","signature":""}'],
    [pages, "/staff/", PAGE],
    [pages, "/en/report/", "<h1>Hello</h1>"],
    [pages, "/en/report/", { body: PAGE }],
  ]))
    assert.ok(!belongs(address, path, text), path);
});
