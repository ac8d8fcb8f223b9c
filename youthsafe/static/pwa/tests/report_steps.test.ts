import assert from "node:assert/strict";
import { test } from "node:test";
import { staffed, teamFor } from "../src/report/destination.ts";
import { stepOf } from "../src/report/steps.ts";
import { topicIn } from "../src/report/topic.ts";
import { pinFor, pinIn } from "../src/trust/bundle.ts";

test("an entry of the history never leads further than the reporter has come", () => {
  assert.equal(stepOf({ step: 3 }, 5), 3);
  assert.equal(stepOf({ step: 9 }, 5), 5);
  assert.equal(stepOf(null, 5), 0);
});

test("a pin in the address has exactly the form of a fingerprint", () => {
  const pin = "A".repeat(43);
  assert.equal(pinIn(`#k=${pin}`), pin);
  for (const hash of ["", "#k=", `#k=${pin}=`, `#k=${pin}A`, `#x=${pin}`]) assert.equal(pinIn(hash), null);
});

test("a topic in the address is a name in small letters", () => {
  assert.equal(topicIn("#topic=knife-crime"), "knife-crime");
  for (const hash of ["", "#topic=", "#topic=A", '#topic=a"]', "#topic=a&k=b", "#k=knife-crime"])
    assert.equal(topicIn(hash), null);
});

test("a pin in the address that differs from the stored one has to lead to the same root", () => {
  const trust = { fingerprint: "A", instance: "i", serial: 4, signed: {} };
  assert.deepEqual(pinFor(trust, "B"), { fingerprint: "A", instance: "i", serial: 4, address: "B" });
  assert.deepEqual(pinFor(trust, "A"), { fingerprint: "A", instance: "i", serial: 4 });
  assert.deepEqual(pinFor(null, "B"), { fingerprint: "B" });
  assert.equal(pinFor(null, null), undefined);
});

test("a report goes to the usual team unless the smaller one was chosen and is staffed", () => {
  const usual = { id: "u", kind: 1, staffed: true };
  const smaller = { id: "s", kind: 2, staffed: true };
  assert.equal(teamFor([usual, smaller], true), smaller);
  assert.equal(teamFor([usual, smaller], false), usual);
  assert.equal(teamFor([usual, { ...smaller, staffed: false }], true), usual);
  assert.equal(staffed([{ ...usual, staffed: false }], 1), null);
});
