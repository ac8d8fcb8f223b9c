/** Sending an answer with what comes after it: a day to look again, or the end of the report. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../../tests/dom.ts";
import { cleanup, fireEvent, waitFor } from "@testing-library/preact";
import { cardOf, entryOf, messageOf, part } from "../../../../tests/desk_member.ts";
import {
  box,
  cardPage,
  claimed,
  closed,
  field,
  ID,
  idle,
  saveCard,
  type,
  writeIn,
} from "../../../../tests/report_page.tsx";
import { TroubleError } from "../../trouble.ts";

const DAY = "2099-12-04";
const day = () => document.querySelector("#answer-wait");
const fault = () => document.querySelector("#answer-wait-error").textContent;
const said = (name) => part(name)?.textContent ?? "";

/** A report of one's own with an answer in the box, where whatever is sent arrives. */
async function answering(text, options = {}) {
  const made = await cardPage({ first: claimed(), ...options });
  const delivered = [];
  made.keyWorker.seal = async (typed) => ({
    sealed: { ...typed, id: "n", after: "x", envelope: "y" },
    report: made.state.now,
  });
  made.keyWorker.deliver = async (typed) => {
    delivered.push(typed.text);
    made.state.now = claimed({ opened: { thread: [messageOf("n", { direction: 2, text: typed.text })] } });
  };
  if (text) type(text);
  return { ...made, delivered };
}

async function chooseDay(value) {
  fireEvent.click(part("send-wait"));
  await waitFor(() => assert.ok(day()));
  fireEvent.input(day(), { target: { value } });
}

test("an answer is sent and the day to look again is set by one press", async () => {
  const { delivered, sent } = await answering("Look again soon.");
  await chooseDay(DAY);
  fireEvent.submit(part("waiting"));
  await waitFor(() => assert.match(said("done-here"), /The day to look again is on the case card/));
  assert.deepEqual(delivered, ["Look again soon."]);
  assert.deepEqual(sent, [{ id: ID, seen: 0, note: "", changes: { wait: DAY } }]);
  assert.ok(day() === null);
});

test("a day that is missing or past is said at its field, and nothing is sent", async () => {
  const { delivered } = await answering("Look again soon.");
  for (const wrong of ["", "2020-01-01"]) {
    await chooseDay(wrong);
    fireEvent.submit(part("waiting"));
    await waitFor(() => assert.equal(fault(), "Choose a day that is still to come."));
  }
  assert.deepEqual(delivered, []);
});

test("with an empty box nothing is asked for: something must be written first", async () => {
  await answering("");
  for (const name of ["send-wait", "send-close"]) {
    fireEvent.click(part(name));
    await waitFor(() => assert.equal(document.querySelector("#answer-error").textContent, "Write something first."));
  }
  assert.deepEqual([day(), part("closing")], [null, null]);
});

test("a day that could not be saved is set by a second press, and the answer is not sent twice", async () => {
  const { delivered, ofCard } = await answering("Look again soon.");
  ofCard.written = new TroubleError("offline");
  await chooseDay(DAY);
  fireEvent.submit(part("waiting"));
  await waitFor(() => assert.match(fault(), /it will not be saved twice/));
  assert.equal(box().value, "");
  ofCard.written = "saved";
  await idle("wait");
  fireEvent.submit(part("waiting"));
  await waitFor(() => assert.match(said("done-here"), /The day to look again/));
  assert.deepEqual(delivered, ["Look again soon."]);
});

test("an answer goes with the closing, which asks what came of the report", async () => {
  await answering("Good luck.");
  fireEvent.click(part("send-close"));
  await waitFor(() => assert.equal(said("last-words"), "Good luck."));
  assert.ok(document.activeElement === document.querySelector("#closing-outcome"));
});

test("a report says until when it waits, and when that day has come, and a closed one neither", async () => {
  for (const [wait, first, words] of [
    [DAY, claimed(), /Waits until 4 December 2099/],
    ["2020-01-02", claimed(), /To look at again since 2 January 2020/],
    [DAY, closed(), /^$/],
  ]) {
    await cardPage({ first, entries: [entryOf(1, { state: { wait } })] });
    assert.match(said("standing"), words);
    cleanup();
  }
});

test("the day is set and taken away on the card too, and stands between the messages", async () => {
  const { sent, ofCard } = await cardPage({ entries: [entryOf(1, { state: { wait: DAY }, changed: { wait: DAY } })] });
  assert.match(said("thread"), /Wait until: 4 December 2099/);
  assert.equal(field("wait").value, DAY);
  writeIn("wait", "");
  ofCard.card = cardOf(entryOf(2, { changed: { wait: "" } }));
  saveCard();
  await waitFor(() => assert.match(said("thread"), /Wait until: Not set/));
  assert.deepEqual(sent[0].changes, { wait: "" });
});
