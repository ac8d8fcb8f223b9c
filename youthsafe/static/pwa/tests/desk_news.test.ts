import assert from "node:assert/strict";
import test from "node:test";

import { isDone, newsOf, reasonOf } from "../src/desk/pages/report/news.ts";

const ME = { id: "me", name: "Me" };
const ASHA = { id: "asha", name: "Asha" };
const report = (stub = {}, theirs = 0) => ({
  summary: { state: "open", claimed_by: ME, withdrawn: false, ...stub },
  thread: Array.from({ length: theirs }, () => ({ direction: 1 })),
});

test("a report that another took over is news, and by whom", () => {
  assert.deepEqual(newsOf(report(), report({ claimed_by: ASHA }), "me"), { kind: "news-taken-over", name: "Asha" });
});

test("a report that another closed is news, and by whom", () => {
  assert.deepEqual(newsOf(report(), report({ claimed_by: ASHA, state: "closed" }), "me"), {
    kind: "news-closed",
    name: "Asha",
  });
});

test("what a person did themselves in another place is said in their words", () => {
  assert.deepEqual(newsOf(report({ claimed_by: ASHA }), report(), "me"), { kind: "done-claim", name: "" });
  assert.deepEqual(newsOf(report(), report({ state: "closed" }), "me"), { kind: "done-close", name: "" });
  assert.deepEqual(newsOf(report(), report({ claimed_by: null }), "me"), { kind: "done-release", name: "" });
});

test("a report that somebody only reads says who claims it and who lets go of it", () => {
  assert.deepEqual(newsOf(report({ claimed_by: null }), report({ claimed_by: ASHA }), "me"), {
    kind: "news-claimed",
    name: "Asha",
  });
  assert.deepEqual(newsOf(report({ claimed_by: ASHA }), report({ claimed_by: null }), "me"), {
    kind: "news-released",
    name: "Asha",
  });
  assert.equal(newsOf(report({ claimed_by: ASHA }), report({ claimed_by: ASHA }), "me"), null);
});

test("an answer that was sent from elsewhere is news", () => {
  const answered = { ...report(), thread: [{ direction: 2 }] };
  assert.equal(newsOf(report(), answered, "me")?.kind, "news-answered");
});

test("whether an act was done is told from how the report stands", () => {
  const [mine, free, theirs, closed] = [{}, { claimed_by: null }, { claimed_by: ASHA }, { state: "closed" }].map(
    (stub) => report(stub).summary,
  );
  const done = (action) => [mine, free, theirs, closed].map((stub) => isDone(action, stub, "me"));
  assert.deepEqual(done("claim"), [true, false, false, false]);
  assert.deepEqual(done("release"), [false, true, true, false]);
  assert.deepEqual(done("close"), [false, false, false, true]);
  assert.deepEqual(done("reopen"), [true, false, false, false]);
  assert.deepEqual([isDone("hold", { hold: true }, "me"), isDone("lift", { hold: true }, "me")], [true, false]);
});

test("there is no news of a report that was not on the page before", () => {
  assert.equal(newsOf(null, report({ claimed_by: ASHA }, 2), "me"), null);
});

test("a new message and a report that was taken back are news", () => {
  assert.equal(newsOf(report({}, 1), report({}, 2), "me")?.kind, "news-wrote");
  assert.equal(newsOf(report(), report({ withdrawn: true }), "me")?.kind, "news-withdrawn");
});

test("a refusal says what happened and not that somebody did something", () => {
  assert.deepEqual(reasonOf("claim", report({ claimed_by: null }), report({ claimed_by: ASHA }), "me"), {
    kind: "refused-lost",
    name: "Asha",
  });
  assert.deepEqual(reasonOf("answer", report(), report({ claimed_by: ASHA }), "me"), {
    kind: "refused-answer",
    name: "Asha",
  });
  assert.deepEqual(reasonOf("release", report(), report({ claimed_by: ASHA }), "me"), {
    kind: "news-taken-over",
    name: "Asha",
  });
  assert.equal(reasonOf("close", report({}, 1), report({}, 2), "me")?.kind, "refused-wrote");
  assert.equal(reasonOf("answer", report(), report({ claimed_by: ASHA, state: "closed" }), "me")?.kind, "news-closed");
  assert.equal(reasonOf("hold", report(), report(), "me"), null);
});
