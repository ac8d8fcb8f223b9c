/** Places: the lists, what two people say of one, and a file whose difference is seen before it is saved. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../../tests/dom.ts";
import { fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { atDesk, part } from "../../../../tests/desk_member.ts";
import { PIECE, piecesOf } from "./importing.ts";
import { View } from "./view.tsx";

const ID = "A".repeat(22);
const haven = (changes = {}) => ({
  id: ID,
  kind: "safe-haven",
  status: "candidate",
  name: "A library",
  address: "1 A Street",
  verified_on: null,
  verified_by: null,
  method: null,
  doubt: null,
  due: false,
  expired: false,
  demo: false,
  ...changes,
});
const COLUMNS = {
  kind: "safe-haven",
  scheme: "Safe Havens",
  operator: "A council",
  name: "A library",
  address: "1 A Street",
  lat: "51.4452",
  lon: "-0.0208",
  hours: "always",
  what_to_expect: "Ask at the desk.",
  step_free: "yes",
  languages: "en so",
  trained_on: "",
  agreement_on: "",
  source: "a list",
};
const counts = { candidate: 1, active: 0, paused: 0, withdrawn: 0, due: 0 };
const listOf = (...havens) => ({ havens, next: null, counts });
const detail = (changes = {}, approvals = []) => ({ haven: haven(changes), columns: COLUMNS, approvals });
const word = (changes = {}) => ({ role: "places", method: "visit", on: "2026-11-20", mine: true, ...changes });
const difference = (changes = {}) => ({
  unit: "line",
  refusals: [],
  refused: 0,
  new: [],
  changed: [],
  same: 0,
  gone: [],
  digest: "D".repeat(43),
  ...changes,
});

async function page(answers = {}, role = "coordinator") {
  const member = await atDesk({
    below: "places/",
    role,
    answers: { "GET /havens": listOf(haven()), [`GET /havens/${ID}`]: detail(), ...answers },
  });
  render(<View desk={member.desk} visit={member.visit} />);
  await waitFor(() => assert.match(document.body.textContent, /To approve/));
  return member;
}

async function opened(answers = {}, role = "coordinator") {
  const member = await page(answers, role);
  await waitFor(() => assert.ok(part("open")));
  fireEvent.click(part("open"));
  await waitFor(() => assert.ok(part("detail")));
  return member;
}

async function answer(desk, yes) {
  await waitFor(() => assert.equal(desk.questions.waiting.value.length, 1));
  desk.questions.waiting.value[0].settle(yes);
}

const posts = (asked) => asked.filter(({ method }) => method === "POST");

function choose(name, text) {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  const input = document.querySelector("#places-file");
  Object.defineProperty(input, "files", {
    value: [{ name, arrayBuffer: async () => bytes.buffer }],
    configurable: true,
  });
  fireEvent.change(input);
}

async function importing(answers = {}) {
  const member = await page({
    "POST /havens/imports": { id: "i" },
    "POST /havens/imports/i/text": 204,
    "POST /havens/imports/i/difference": difference(),
    ...answers,
  });
  fireEvent.click(part("show-import"));
  return member;
}

test("an empty list says so, and each list its count", async () => {
  await page({ "GET /havens": { ...listOf(), counts: { ...counts, paused: 3 } } });
  await waitFor(() => assert.ok(part("no-places")));
  assert.match(document.querySelector('[data-list="paused"]').textContent, /3/);
});

test("a list is asked for by its name, and goes on where it ended", async () => {
  const first = { ...listOf(haven()), next: "n" };
  const state = { now: first };
  const { asked } = await page({ "GET /havens": () => state.now });
  await waitFor(() => assert.equal(part("more").hidden, false));
  state.now = listOf(haven({ id: "b", name: "B" }));
  fireEvent.click(part("more"));
  await waitFor(() => assert.equal(document.querySelectorAll('[data-part="places"] > li').length, 2));
  assert.ok(asked.some(({ path }) => path === "/havens?list=candidate&after=n"));
  fireEvent.click(document.querySelector('[data-list="due"]'));
  await waitFor(() => assert.ok(asked.some(({ path }) => path === "/havens?list=due")));
});

test("an approval says how and when, and what is still missing is said beside the button", async () => {
  const { asked } = await opened({ [`POST /havens/${ID}/approve`]: detail({}, [word()]) });
  document.querySelector("#place-method").value = "visit";
  document.querySelector("#place-day").value = "2026-11-20";
  fireEvent.submit(part("word"));
  await waitFor(() => assert.match(part("outcome").textContent, /still needs two different people/));
  assert.deepEqual(posts(asked)[0].body, { method: "visit", on: "2026-11-20" });
  assert.match(part("approvals").textContent, /you.*visit/);
  assert.ok(document.activeElement === part("outcome"));
});

test("whose approval makes it active reads that pupils see it now, also where it has left the list", async () => {
  const state = { now: listOf(haven()) };
  await opened({ "GET /havens": () => state.now, [`POST /havens/${ID}/approve`]: detail({ status: "active" }) });
  state.now = listOf();
  fireEvent.submit(part("word"));
  await waitFor(() => assert.match(part("outcome").textContent, /Pupils see it now/));
});

test("a place on the list is marked as checked, by its own address", async () => {
  const listed = {
    status: "active",
    verified_on: "2026-08-01",
    verified_by: "coordinator",
    method: "visit",
    due: true,
  };
  const { asked } = await opened({
    "GET /havens": listOf(haven(listed)),
    [`GET /havens/${ID}`]: detail(listed),
    [`POST /havens/${ID}/checked`]: detail(listed),
  });
  assert.match(document.body.textContent, /Checked on 1 August 2026 by a coordinator: visit/);
  fireEvent.submit(part("word"));
  await waitFor(() => assert.ok(posts(asked).some(({ path }) => path.endsWith("/checked"))));
});

test("only one's own word can be taken back", async () => {
  await opened({ [`GET /havens/${ID}`]: detail({}, [word({ mine: false })]) });
  assert.equal(part("take-back"), null);
});

test("taking one's word back says that it is taken back", async () => {
  const { asked } = await opened({
    [`GET /havens/${ID}`]: detail({}, [word()]),
    [`POST /havens/${ID}/take-back`]: detail(),
  });
  fireEvent.click(part("take-back"));
  await waitFor(() => assert.match(part("outcome").textContent, /taken back/));
  assert.equal(posts(asked).length, 1);
});

test("nothing leaves the list before somebody said yes, who is told that there is no undo", async () => {
  const { desk, asked } = await opened({ [`POST /havens/${ID}/flag`]: detail({ status: "paused", doubt: "closed" }) });
  document.querySelector("#place-doubt").value = "closed";
  fireEvent.submit(part("doubt"));
  await waitFor(() => assert.equal(desk.questions.waiting.value.length, 1));
  const { container } = render(desk.questions.waiting.value[0].body);
  assert.match(container.textContent, /There is no undo/);
  await answer(desk, false);
  assert.deepEqual(posts(asked), []);
  fireEvent.submit(part("doubt"));
  await answer(desk, true);
  await waitFor(() => assert.match(part("outcome").textContent, /Pupils do not see it any more/));
  assert.deepEqual(posts(asked)[0].body, { doubt: "closed" });
});

test("without a word why, it is paused all the same", async () => {
  const { desk, asked } = await opened({ [`POST /havens/${ID}/pause`]: detail({ status: "paused" }) });
  fireEvent.submit(part("doubt"));
  await answer(desk, true);
  await waitFor(() => assert.ok(posts(asked).some(({ path }) => path.endsWith("/pause"))));
});

test("a withdrawn place can be changed and nothing else", async () => {
  const { desk } = await opened({ [`POST /havens/${ID}/withdraw`]: detail({ status: "withdrawn" }) });
  fireEvent.click(part("withdraw"));
  await answer(desk, true);
  await waitFor(() => assert.match(part("outcome").textContent, /It is withdrawn/));
  assert.deepEqual([part("word"), part("doubt")], [null, null]);
  assert.ok(part("edit"));
});

test("who was too late reads that nothing was changed, and how it stands now", async () => {
  await opened({ [`POST /havens/${ID}/approve`]: 409 });
  fireEvent.submit(part("word"));
  await waitFor(() => assert.match(part("press-trouble").textContent, /Nothing was changed. Somebody was here first/));
});

test("what is to mend in a typed place is said, and what was typed stays", async () => {
  const refusal = { line: 0, field: "hours", what: "“soon” is not a day and its times", fix: "write mon-fri" };
  const { asked } = await page({ "POST /havens": { id: null, refusals: [refusal] } });
  fireEvent.click(part("show-new"));
  await waitFor(() => assert.ok(part("typed")));
  document.querySelector("#place-name").value = "A café";
  document.querySelector("#place-hours").value = "soon";
  fireEvent.submit(part("typed"));
  await waitFor(() =>
    assert.match(part("to-mend").textContent, /hours “soon” is not a day and its times: write mon-fri/),
  );
  assert.equal(posts(asked)[0].body.columns.name, "A café");
  assert.equal(screen.getByLabelText("Opening hours").getAttribute("aria-invalid"), "true");
  assert.equal(document.querySelector("#place-name").value, "A café");
});

test("an edit begins with what is known and says that two people must approve it", async () => {
  const { asked } = await opened({ [`POST /havens/${ID}/edit`]: { id: ID, refusals: [] } });
  fireEvent.click(part("edit"));
  await waitFor(() => assert.equal(document.querySelector("#place-languages").value, "en so"));
  document.querySelector("#place-languages").value = "en";
  fireEvent.submit(part("typed"));
  await waitFor(() => assert.match(part("outcome").textContent, /Two people must approve it/));
  assert.equal(posts(asked)[0].body.columns.languages, "en");
});

test("a place that is known already is said to be, and nothing is saved", async () => {
  await page({ "POST /havens": 409 });
  fireEvent.click(part("show-new"));
  fireEvent.submit(part("typed"));
  await waitFor(() => assert.match(part("typed-trouble").textContent, /Nothing was saved. A place with this name/));
});

test("a file shows what is new, what was and would be, and what is missing, before anything is saved", async () => {
  const { asked } = await importing({
    "POST /havens/imports/i/difference": difference({
      new: [{ name: "A café", address: "2 B Street" }],
      changed: [
        { id: ID, name: "A library", was: "active", columns: [{ column: "step_free", old: "yes", new: "no" }] },
      ],
      gone: [{ id: "b", name: "A shop", status: "paused" }],
      same: 7,
    }),
    "POST /havens/imports/i/apply": { new: 1, changed: 1 },
  });
  choose("places.csv", "kind,name\n");
  await waitFor(() => assert.ok(part("difference")));
  const cells = [...document.querySelectorAll("td, tbody th")].map((each) => each.textContent);
  assert.deepEqual(cells, [
    "A café",
    "2 B Street",
    "A library: leaves the list until it is approved again",
    "Step-free",
    "yes",
    "no",
    "A shop",
    "Paused",
  ]);
  assert.ok(posts(asked).every(({ path }) => !path.endsWith("/apply")));
  fireEvent.click(part("save-import"));
  await waitFor(() => assert.match(part("import-stage").textContent, /Saved. New places: 1/));
  assert.deepEqual(posts(asked).at(-1).body, { digest: "D".repeat(43) });
});

test("a file goes in pieces, and its kind follows from its name", async () => {
  const { asked } = await importing();
  choose("places.geojson", "x".repeat(PIECE + 1));
  await waitFor(() => assert.ok(part("nothing")));
  assert.deepEqual(
    posts(asked).map(({ body }) => body.format ?? body.text?.length ?? null),
    ["geojson", PIECE, 1, null],
  );
});

test("no piece ends in the middle of a letter", () => {
  const text = `${"a".repeat(PIECE - 1)}😀${"b".repeat(PIECE)}`;
  assert.equal(piecesOf(text).join(""), text);
  assert.ok(piecesOf(text).every((piece) => piece.length <= PIECE && piece.isWellFormed()));
  assert.deepEqual(piecesOf(""), []);
});

test("a file that is not UTF-8, or empty, is never sent", async () => {
  const { asked } = await importing();
  choose("places.csv", new Uint8Array([0xff, 0xfe]));
  await waitFor(() => assert.match(part("import-trouble").textContent, /not UTF-8/));
  choose("places.csv", " \n");
  await waitFor(() => assert.match(part("import-trouble").textContent, /nothing in this file/));
  assert.deepEqual(posts(asked), []);
});

test("what is to mend in a file is said by its line, and there is nothing to save", async () => {
  const refusal = {
    line: 7,
    field: "name",
    what: "a spreadsheet would run this as a formula",
    fix: "begin with a letter",
  };
  await importing({
    "POST /havens/imports/i/difference": difference({ refusals: [refusal], refused: 1, digest: null }),
  });
  choose("places.csv", "kind");
  await waitFor(() =>
    assert.match(
      part("refusals").textContent,
      /Line 7 name a spreadsheet would run this as a formula: begin with a letter/,
    ),
  );
  assert.equal(part("save-import"), null);
});

test("where somebody changed a place meanwhile nothing is saved, and the new difference is shown", async () => {
  const news = [
    difference({ new: [{ name: "One", address: "1" }] }),
    difference({ new: [{ name: "Two", address: "2" }] }),
  ];
  await importing({
    "POST /havens/imports/i/difference": () => news.shift(),
    "POST /havens/imports/i/apply": 409,
  });
  choose("places.csv", "kind");
  await waitFor(() => assert.ok(part("save-import")));
  fireEvent.click(part("save-import"));
  await waitFor(() => assert.match(part("import-trouble").textContent, /Somebody changed a place in the meantime/));
  assert.match(part("difference").textContent, /Two/);
});

test("a page that was locked shows no late answer", async () => {
  const { desk } = await opened({ [`POST /havens/${ID}/approve`]: () => new Promise(() => {}) });
  fireEvent.submit(part("word"));
  desk.lock();
  assert.equal(desk.session, null);
  assert.equal(part("outcome").textContent, "");
});
