import assert from "node:assert/strict";
import { test } from "node:test";

import { fetchMailbox, readable } from "../src/replies/mailbox.ts";

const ANSWER = { number: 1, envelope: "sealed" };
const SENT = { number: 1, hour: 498_000, answers: 1 };
const REPORT = {
  id: "r",
  team: "m",
  opened: true,
  closed: false,
  withdrawn: false,
  note: "n",
  acknowledgements: ["a", "b"],
  tip: "t",
};
const PAGE = { report: REPORT, answers: [ANSWER], sent: [SENT], older: 0 };
const ODD = [null, 7, "text", true, {}, []];

test("a page of the known shape is read as it is", () => {
  assert.deepEqual(readable(PAGE), PAGE);
});

test("an odd element is kept as one to be refused and hides no other", () => {
  for (const odd of ODD) {
    const { answers, sent } = readable({ ...PAGE, answers: [ANSWER, odd], sent: [odd, SENT] });
    assert.deepEqual([answers.length, answers[0], answers[1].envelope], [2, ANSWER, ""]);
    assert.deepEqual([sent.length, sent[1], sent[0].number], [2, SENT, 0]);
  }
});

test("an odd list is one element to be refused", () => {
  for (const odd of [null, undefined, 7, "text", {}]) {
    const { answers, sent } = readable({ ...PAGE, answers: odd, sent: odd });
    assert.deepEqual([answers.length, answers[0].envelope, sent.length], [1, "", 1]);
  }
});

test("only a page that says so is no mailbox: anything else is a server that cannot be understood", () => {
  assert.equal(readable({ ...PAGE, report: null }).report, null);
  for (const odd of [null, undefined, 7, "text", [], {}, { error: "x" }])
    assert.throws(() => readable(odd), { kind: "connection" });
});

test("a page has no more than a page has", () => {
  assert.equal(
    readable({ ...PAGE, report: { ...PAGE.report, acknowledgements: Array(99).fill("a") } }).report.acknowledgements
      .length,
    2,
  );
  const { answers, sent } = readable({ ...PAGE, answers: Array(10_000).fill(null), sent: Array(10_000).fill(SENT) });
  assert.deepEqual([answers.length, sent.length], [4, 30]);
});

test("an odd number of the next page ends the reading, and so does a server without end", async (context) => {
  for (const older of [true, 1.5, 1e308, -1, "4", null]) assert.equal(readable({ ...PAGE, older }).older, 0);
  let asked = 0;
  context.mock.method(globalThis, "fetch", async () => Response.json({ ...PAGE, older: 1_000_000 - (asked += 1) }));
  const mailbox = await fetchMailbox("/api/v1/mailbox", async () => "{}");
  assert.equal(asked, 500);
  assert.equal(mailbox?.answers.length, 500);
});
