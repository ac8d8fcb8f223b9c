/** Closing a report with its lines: what is asked, in which order it is done, and what stays when it cannot be. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../../tests/dom.ts";
import { cleanup, fireEvent, waitFor } from "@testing-library/preact";
import { cardOf, entryOf, messageOf, part, summaryOf } from "../../../../tests/desk_member.ts";
import {
  ASHA,
  answer,
  box,
  button,
  CLOSE,
  cardPage,
  chooseOutcome,
  claimed,
  closed,
  closingPage,
  faultAt,
  field,
  ID,
  idle,
  lines,
  page,
  pressClose,
  type,
} from "../../../../tests/report_page.tsx";
import { TroubleError } from "../../trouble.ts";

const fillIn = (name, value) => fireEvent.input(document.querySelector(`#closing-${name}`), { target: { value } });
const said = (name) => part(name)?.textContent ?? "";

/** An entry in which somebody wrote how it ended. */
const outcomeEntry = (number, state, changes = {}) => entryOf(number, { state, changed: state, ...changes });
const ABUSE = { outcome: "referred", categories: "harmful-sexual", referrals: "mash" };

test("a report is closed with its outcome on the card, and what stands on the card is filled in", async () => {
  const state = { summary: "Waits", categories: "knife" };
  const { sent, closings, state: server } = await closingPage({ entries: [entryOf(1, { state })] });
  await waitFor(() => assert.ok(document.activeElement === document.querySelector("#closing-outcome")));
  assert.equal(document.querySelector("#closing-summary").value, "Waits");
  server.now = closed();
  chooseOutcome("advice");
  pressClose();
  await waitFor(() => assert.match(said("done-here"), /This report is closed/));
  assert.deepEqual(sent, [{ id: ID, seen: 1, note: "", changes: { outcome: "advice" } }]);
  assert.deepEqual(closings()[0].body, { follow_ups: 0 });
  assert.ok(part("closing") === null);
});

test("without an outcome nothing is closed, and what was typed stays for whoever comes back to it", async () => {
  const { desk, sent, closings } = await closingPage();
  pressClose();
  await waitFor(() => assert.equal(faultAt("outcome"), "Choose what came of it."));
  fillIn("note", "Rang her");
  fireEvent.click(part("close-not"));
  await waitFor(() => assert.ok(document.activeElement === button("close")));
  assert.equal(field("note").value, "Rang her");
  assert.match(desk.drafts.of(`card ${ID}`), /Rang her/);
  assert.deepEqual([sent, closings()], [[], []]);
});

for (const [sends, sentence] of [
  [true, "an answer that stands in the box is sent before the report is closed"],
  [false, "an answer that somebody does not want sent is thrown away when the report is closed"],
]) {
  test(sentence, async () => {
    const { desk, keyWorker, state, closings } = await closingPage();
    const delivered = [];
    keyWorker.seal = async (typed) => ({ sealed: { ...typed, id: "n", after: "x", envelope: "y" }, report: state.now });
    keyWorker.deliver = async ({ text }) => {
      delivered.push([text, closings().length]);
      state.now = claimed({ opened: { thread: [messageOf("n", { direction: 2, text })] } });
    };
    type("Good luck.");
    await waitFor(() => assert.equal(said("last-words"), "Good luck."));
    if (!sends) fireEvent.click(part("send-first"));
    await waitFor(() => assert.equal(said("unsent") === "", sends));
    chooseOutcome("unwanted");
    pressClose();
    await waitFor(() => assert.equal(closings().length, 1));
    assert.deepEqual(delivered, sends ? [["Good luck.", 0]] : []);
    cleanup();
    assert.equal(desk.drafts.attempts(ID).length, 0);
  });
}

test("an answer that cannot be sent stops the closing, and everything typed is still there", async () => {
  const { keyWorker, sent, closings } = await closingPage();
  keyWorker.seal = async () => {
    throw new TroubleError("offline");
  };
  type("Good luck.");
  chooseOutcome("advice");
  pressClose();
  await waitFor(() => assert.match(said("answering"), /will not be sent twice/));
  assert.deepEqual([box().value, sent, closings()], ["Good luck.", [], []]);
  fireEvent.click(button("close"));
  await waitFor(() => assert.equal(document.querySelector("#closing-outcome").value, "advice"));
});

test("whoever was slower reads who has it now, and the outcome that they wrote stays on the card", async () => {
  const { sent, state } = await closingPage({ answers: { [CLOSE]: 409 } });
  chooseOutcome("advice");
  fillIn("note", "Rang her");
  state.now = claimed({ summary: { claimed_by: ASHA } });
  pressClose();
  await waitFor(() => assert.match(said("refusal"), /Asha took this report over/));
  assert.ok(part("closing") === null);
  assert.deepEqual(sent[0].changes, { outcome: "advice" });
});

test("a report is not closed while somebody changed its card, and a second press goes on", async () => {
  const { ofCard, closings } = await closingPage();
  ofCard.written = "unseen";
  chooseOutcome("advice");
  pressClose();
  await waitFor(() => assert.match(said("closing-outcome"), /somebody changed the card meanwhile/));
  assert.equal(closings().length, 0);
  ofCard.written = "saved";
  await idle("close-now");
  pressClose();
  await waitFor(() => assert.equal(closings().length, 1));
});

test("a card that cannot be reached says so at the lines, and nothing is closed", async () => {
  const { ofCard, closings } = await closingPage();
  ofCard.written = new TroubleError("offline");
  chooseOutcome("advice");
  pressClose();
  await waitFor(() => assert.match(faultAt("note"), /it will not be saved twice/));
  assert.ok(document.activeElement === document.querySelector("#closing-note"));
  assert.equal(closings().length, 0);
});

test("somebody in danger whom nobody answered is not closed without a reason", async () => {
  const { closings } = await closingPage({ summary: { urgent: true } });
  assert.match(said("closing"), /Nobody has answered this person/);
  chooseOutcome("unreachable");
  pressClose();
  await waitFor(() => assert.match(faultAt("note"), /Write why it is closed/));
  assert.equal(closings().length, 0);
  fillIn("note", "The police have it");
  pressClose();
  await waitFor(() => assert.equal(closings().length, 1));
});

test("sexual abuse is closed with a referral or a reason, and only when a second person signed", async () => {
  const { sent, ofCard, closings } = await closingPage({
    entries: [entryOf(1, { state: { categories: "harmful-sexual" } })],
  });
  chooseOutcome("advice");
  pressClose();
  await waitFor(() => assert.match(faultAt("note"), /nobody was notified/));
  fillIn("note", "MASH knows her");
  const state = { categories: "harmful-sexual", outcome: "advice" };
  ofCard.card = cardOf(outcomeEntry(2, state, { mine: true, by: "me", note: "MASH knows her" }));
  pressClose();
  await waitFor(() => assert.match(said("second"), /A colleague must sign it/));
  assert.deepEqual([sent.length, closings().length], [1, 0]);
  assert.ok(part("signing") === null, "nobody signs what they wrote");
  await idle("close-now");
  pressClose();
  await waitFor(() => assert.match(said("second"), /A colleague must sign it/));
  assert.equal(sent.length, 1);
});

test("a colleague signs the outcome, and then the report can be closed", async () => {
  const { sent, ofCard } = await cardPage({ entries: [outcomeEntry(1, ABUSE)] });
  assert.match(said("signing"), /Referred/);
  ofCard.card = cardOf(outcomeEntry(1, ABUSE), entryOf(2, { state: ABUSE, signs: 1, by: "me", mine: true }));
  fireEvent.click(part("sign"));
  await waitFor(() => assert.match(said("done-here"), /You have signed the outcome/));
  assert.deepEqual(sent, [{ id: ID, seen: 1, note: "", changes: {}, signs: 1 }]);
  assert.ok(part("signing") === null);
  assert.match(lines()[1], /Signed the outcome, as a second person/);
});

test("what two have signed is closed by one press, and what changes it is signed again", async () => {
  const signed = [outcomeEntry(1, ABUSE), entryOf(2, { state: ABUSE, signs: 1, by: "me", mine: true })];
  const { closings } = await closingPage({ entries: signed });
  pressClose();
  await waitFor(() => assert.equal(closings().length, 1));
  cleanup();
  const changed = { ...ABUSE, outcome: "advice" };
  await cardPage({ entries: [...signed, outcomeEntry(3, changed, { changed: { outcome: "advice" } })] });
  assert.match(said("signing"), /Advice given/);
});

test("a browser that keeps nothing says that the outcome will not be counted", async () => {
  const { keyWorker } = await closingPage();
  const writes = keyWorker.writeOnCard;
  keyWorker.writeOnCard = async (typed) => ({ ...(await writes(typed)), counted: false });
  chooseOutcome("advice");
  pressClose();
  await waitFor(() => assert.match(document.body.textContent, /will be missing when your team counts/));
});

test("a report that does not open is closed as before: it has no card", async () => {
  const summary = summaryOf(ID, { state: "open", opened: true, claimed_by: { id: "me", name: "Ada" } });
  const { desk } = await page(new TroubleError("sealed"), { answers: { [`GET /reports/${ID}`]: summary } });
  await waitFor(() => assert.ok(button("close")));
  fireEvent.click(button("close"));
  await waitFor(() => assert.equal(desk.questions.waiting.value.length, 1));
});

test("junk that the person wrote to again meanwhile is not closed, and can be closed once that was read", async () => {
  const { desk, state } = await closingPage({ answers: { [CLOSE]: 409 } });
  fireEvent.click(part("close-junk"));
  state.now = claimed({ opened: { thread: [messageOf("more")] } });
  await answer(desk, true);
  await waitFor(() => assert.match(said("refusal"), /the person wrote again/));
  assert.ok(part("closing") === null);
  assert.ok(button("close"));
});
