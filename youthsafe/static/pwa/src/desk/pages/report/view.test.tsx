/** One report's page: what was told, what can be done, and what is said of it. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../../tests/dom.ts";
import { fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { atDesk, isShown, messageOf, openedOf, part, summaryOf } from "../../../../tests/desk_member.ts";
import { TroubleError } from "../../trouble.ts";
import { View } from "./view.tsx";

const ID = "A".repeat(22);
const ME = { id: "me", name: "Ada" };
const ASHA = { id: "asha", name: "Asha" };
const button = (action) => document.querySelector(`[data-action="${action}"]`);
const offered = () =>
  [...document.querySelectorAll("[data-action]")].filter(isShown).map(({ dataset }) => dataset.action);
const box = () => document.querySelector("#answer");
const type = (text) => fireEvent.input(box(), { target: { value: text } });

/** A page of a report that is as `state.now` says when somebody looks; a TroubleError is thrown. */
async function page(first, options = {}) {
  const state = { now: first };
  const report = async () => {
    if (state.now instanceof TroubleError) throw state.now;
    return state.now;
  };
  const member = await atDesk({ below: `reports/${ID}/`, report, ...options });
  render(<View desk={member.desk} visit={member.visit} />);
  await waitFor(() => assert.ok(part("wait") === null));
  return { ...member, state };
}

const claimed = (more = {}) => openedOf(ID, { summary: { claimed_by: ME, ...more.summary }, ...more.opened });

/** Answer the question that waits. */
async function answer(desk, yes) {
  await waitFor(() => assert.equal(desk.questions.waiting.value.length, 1));
  desk.questions.waiting.value[0].settle(yes);
}

test("what was told stands there as it was typed, codes in the reader's words", async () => {
  const answers = [
    { field: 3, codes: ["bullying", "unknown"], text: "bullying unknown" },
    { field: 4, codes: null, text: "They wait\n  at the bus <b>" },
  ];
  await page(openedOf(ID, { answers, locale: "ar" }));
  const [what, story] = document.querySelectorAll('[data-part="value"]');
  assert.equal(what.textContent, "Bullying, unknown");
  assert.deepEqual([story.textContent, story.lang, story.dir], ["They wait\n  at the bus <b>", "ar", "auto"]);
});

test("a report that nobody claimed can be claimed, and only then answered", async () => {
  const { state, asked } = await page(openedOf(ID), { answers: { [`POST /reports/${ID}/claim`]: summaryOf(ID) } });
  assert.deepEqual(offered(), ["claim"]);
  assert.equal(isShown(box()), false);
  state.now = claimed();
  fireEvent.click(button("claim"));
  await waitFor(() => assert.match(part("news").textContent, /You have claimed this report/));
  assert.deepEqual(offered(), ["release", "close"]);
  assert.ok(document.activeElement === box());
  assert.equal(asked.filter(({ method }) => method === "POST").length, 1);
});

test("a coordinator may take a report over and put it on hold", async () => {
  await page(openedOf(ID, { summary: { claimed_by: ASHA } }), { role: "coordinator" });
  assert.deepEqual(offered(), ["claim", "hold"]);
});

test("whoever was slower is told who claimed it", async () => {
  const { state } = await page(openedOf(ID), { answers: { [`POST /reports/${ID}/claim`]: 409 } });
  state.now = openedOf(ID, { summary: { claimed_by: ASHA } });
  fireEvent.click(button("claim"));
  await waitFor(() => assert.match(part("refusal").textContent, /Asha was quicker and claimed this report/));
});

test("an act whose answer got lost is looked at again, and what is true is said", async () => {
  const { state } = await page(openedOf(ID), { answers: { [`POST /reports/${ID}/claim`]: 503 } });
  fireEvent.click(button("claim"));
  await waitFor(() => assert.match(part("refusal").textContent, /It was not done/));
  state.now = claimed();
  fireEvent.click(button("claim"));
  await waitFor(() => assert.match(part("news").textContent, /You have claimed this report/));
});

test("what another person does is said, and what was typed stays in sight", async () => {
  const { desk, state } = await page(claimed());
  type("half an answer");
  state.now = openedOf(ID, { summary: { claimed_by: ASHA } });
  await desk.refresh();
  await waitFor(() => assert.match(part("news").textContent, /Asha took this report over/));
  assert.equal(box().value, "half an answer");
  assert.match(part("stranded-why").textContent, /because Asha has claimed this report/);
  assert.equal(isShown(part("send")), false);
});

test("a report is closed with as many messages as were read, and only after a yes", async () => {
  const { desk, state, asked } = await page(claimed({ opened: { thread: [messageOf("m")] } }), {
    answers: { [`POST /reports/${ID}/close`]: summaryOf(ID) },
  });
  type("half an answer");
  fireEvent.click(button("close"));
  await answer(desk, false);
  assert.equal(
    asked.some(({ method }) => method === "POST"),
    false,
  );
  fireEvent.click(button("close"));
  state.now = claimed({ summary: { state: "closed" }, opened: { thread: [messageOf("m")] } });
  await answer(desk, true);
  await waitFor(() => assert.match(part("done-here").textContent, /This report is closed/));
  assert.deepEqual(asked.find(({ method }) => method === "POST").body, { follow_ups: 1 });
  assert.deepEqual(offered(), ["reopen"]);
  assert.equal(desk.drafts.of(ID), "");
});

test("a lock ends a question as a no, and nothing is done afterwards", async () => {
  const { desk, asked } = await page(claimed());
  fireEvent.click(button("close"));
  await waitFor(() => assert.equal(desk.questions.waiting.value.length, 1));
  const [late] = desk.questions.waiting.value;
  desk.lock();
  late.settle(true);
  await null;
  assert.equal(
    asked.some(({ method }) => method === "POST"),
    false,
  );
});

test("an answer is sent once, however often the button is pressed, and the box is empty then", async () => {
  const { keyWorker, state } = await page(claimed());
  const sent = [];
  keyWorker.seal = async (typed) => ({ sealed: { ...typed, id: "new", after: "x", envelope: "y" }, report: state.now });
  keyWorker.deliver = async (typed) => {
    sent.push(typed.text);
    state.now = claimed({ opened: { thread: [messageOf("new", { direction: 2, text: typed.text })] } });
  };
  type("Thank you.");
  fireEvent.submit(box().form);
  fireEvent.submit(box().form);
  await waitFor(() => assert.match(part("outcome").textContent, /They can read it with their code/));
  assert.deepEqual(sent, ["Thank you."]);
  assert.equal(box().value, "");
});

test("an answer that is empty or too long is not sent, and the box says so", async () => {
  await page(claimed());
  fireEvent.submit(box().form);
  await waitFor(() => assert.equal(document.querySelector("#answer-error").textContent, "Write something first."));
  assert.ok(document.activeElement === box());
  type("x".repeat(1501));
  fireEvent.submit(box().form);
  await waitFor(() => assert.equal(document.querySelector("#answer-error").textContent, "Characters too many: 1"));
});

test("an answer of which nobody knows whether it arrived stays in the box", async () => {
  const { keyWorker } = await page(claimed());
  keyWorker.seal = async () => {
    throw new TroubleError("offline");
  };
  type("kept");
  fireEvent.submit(box().form);
  await waitFor(() => assert.match(document.querySelector("#answer-error").textContent, /will not be sent twice/));
  assert.equal(box().value, "kept");
});

test("what was thrown away can be brought back", async () => {
  const { desk, state } = await page(claimed());
  type("half an answer");
  state.now = openedOf(ID);
  await desk.refresh();
  await waitFor(() => assert.ok(isShown(part("discard"))));
  fireEvent.click(part("discard"));
  await waitFor(() => assert.equal(isShown(box()), false));
  assert.equal(desk.drafts.of(ID), "");
  fireEvent.click(part("undo"));
  await waitFor(() => assert.equal(box().value, "half an answer"));
  assert.equal(desk.drafts.of(ID), "half an answer");
});

test("messages say who wrote them and whether that was checked, and what is missing", async () => {
  const thread = [
    messageOf("1", { text: "hello" }),
    messageOf("2", { direction: 2, verdict: "broken", text: "" }),
    messageOf("3", { gap: true, lost: true, unseen: 2 }),
  ];
  await page(openedOf(ID, { thread, alarms: ["thread"] }));
  const [first, second, third] = document.querySelectorAll(".message");
  assert.match(first.textContent, /Checked: written by the person who sent this report/);
  assert.match(second.textContent, /This message is not shown/);
  assert.ok(second.querySelector('[data-part="text"]') === null);
  for (const words of [/A message before this one is missing/, /names one from the other side/, /had not seen.*2/]) {
    assert.match(third.textContent, words);
  }
  assert.match(part("alarms").textContent, /Part of this report does not open/);
});

test("every alarm has words of its own", async () => {
  await page(openedOf(ID, { alarms: ["thread", "missing", "order", "hour", "tip", "mailbox"], answerable: false }));
  const words = [...part("alarms").children].map(({ textContent }) => textContent);
  assert.equal(new Set(words).size, 6);
});

test("the website, and nobody else, says that a report was taken back", async () => {
  await page(openedOf(ID, { summary: { withdrawn: true } }));
  assert.match(part("withdrawn").textContent, /The website says/);
  assert.match(part("badges").textContent, /The website says/);
});

test("a report that does not open can still be claimed, and no words are made up for it", async () => {
  await page(new TroubleError("sealed"), { answers: { [`GET /reports/${ID}`]: summaryOf(ID, { state: "open" }) } });
  await waitFor(() => assert.deepEqual(offered(), ["claim"]));
  assert.match(part("trouble").textContent, /does not open with your keys/);
  assert.ok(part("words") === null);
  assert.equal(part("badges").textContent.includes("Wants no reply"), false);
});

test("of a report that is gone what was typed is still there, and nothing else", async () => {
  const { desk, state } = await page(claimed());
  type("half an answer");
  state.now = new TroubleError("missing");
  await desk.refresh();
  await waitFor(() => assert.match(part("stranded-why").textContent, /Nothing can be sent to this person/));
  assert.deepEqual(offered(), []);
  assert.ok(part("words") === null);
  assert.equal(box().value, "half an answer");
});

test("words and buttons stand there though the head cannot be drawn", async (context) => {
  context.mock.getter(Intl.DateTimeFormat.prototype, "format", () => {
    throw new RangeError("no dates");
  });
  await page(openedOf(ID));
  await waitFor(() => assert.match(part("trouble").textContent, /A part of this page cannot be shown/));
  assert.match(part("answers").textContent, /No/);
  assert.deepEqual(offered(), ["claim"]);
});

test("a page that nobody sees opens no report", async (context) => {
  context.mock.getter(document, "visibilityState", () => "hidden");
  let looks = 0;
  const report = async () => {
    looks += 1;
    return openedOf(ID);
  };
  const { desk, visit } = await atDesk({ below: `reports/${ID}/`, report });
  render(<View desk={desk} visit={visit} />);
  await desk.refresh();
  assert.equal(looks, 0);
  assert.ok(screen.getByText("Opening the report in this browser…"));
});
