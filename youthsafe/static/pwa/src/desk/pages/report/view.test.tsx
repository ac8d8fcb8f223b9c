/** One report's page: what was told, what can be done, and what is said of it. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../../tests/dom.ts";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/preact";
import {
  atDesk,
  cardOf,
  entryOf,
  isShown,
  messageOf,
  openedOf,
  part,
  summaryOf,
} from "../../../../tests/desk_member.ts";
import {
  ASHA,
  answer,
  box,
  button,
  cardPage,
  claimed,
  closeAsJunk,
  field,
  ID,
  lines,
  offered,
  page,
  saveCard,
  type,
  withEntries,
  writeIn,
} from "../../../../tests/report_page.tsx";
import { TroubleError } from "../../trouble.ts";
import { View } from "./view.tsx";

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

const NAMED = [
  { field: 4, codes: null, text: "I saw Theo with a muslim boy" },
  { field: 13, codes: null, text: "the big school" },
];
const words = (): string => part("words").textContent;

test("a name is covered until a level is chosen, by what the pack says too", async () => {
  const report = openedOf(ID, { answers: NAMED, thread: [messageOf("m", { text: "and Theo again" })] });
  await cardPage({ first: report, answers: { "GET /first-look": { covered: ["muslim*"], shown: [] } } });
  await waitFor(() => assert.doesNotMatch(words(), /muslim/));
  assert.match(words(), /I saw {2}with a {2}boy/);
  assert.doesNotMatch(document.body.innerHTML, /Theo|the big school/);
  fireEvent.click(part("to-level"));
  assert.ok(document.activeElement === field("level"));
  fireEvent.change(field("level"), { target: { value: "u3" } });
  await waitFor(() => assert.match(words(), /I saw Theo with a muslim boy/));
  assert.match(words(), /the big school/);
  assert.match(words(), /and Theo again/);
  assert.ok(part("to-level") === null);
});

test("a danger goes past the cover", async () => {
  await page(openedOf(ID, { answers: [{ field: 1, codes: ["yes"], text: "yes" }, ...NAMED] }));
  assert.match(words(), /I saw Theo with a muslim boy/);
});

test("a network that fails uncovers nothing; a card that does not open does", async () => {
  for (const [kind, shown] of [
    ["offline", false],
    ["sealed", true],
  ]) {
    await page(openedOf(ID, { answers: NAMED }), { card: () => Promise.reject(new TroubleError(kind)) });
    assert.equal(/Theo/.test(words()), shown, kind);
    cleanup();
  }
});

test("where nothing is covered nothing is said of it", async () => {
  await page(openedOf(ID, { answers: [{ field: 4, codes: null, text: "They wait for me." }] }));
  assert.ok(!isShown(part("first-look")));
});

test("where the pack's words cannot be had names are covered all the same", async () => {
  await page(openedOf(ID, { answers: NAMED }), { answers: { "GET /first-look": 500 } });
  assert.match(words(), /I saw {2}with a muslim boy/);
});

test("a child's wish and an unsafe night stand before what was told, and nothing where nothing was wished", async () => {
  const answers = [
    { field: 12, codes: ["no"], text: "no" },
    { field: 14, codes: ["listen"], text: "listen" },
  ];
  await page(openedOf(ID, { answers }));
  const [tonight, wish] = [part("tonight"), part("wish")];
  assert.match(tonight.textContent, /not safe tonight/);
  assert.match(wish.textContent, /just listen.*danger/);
  assert.ok(wish.compareDocumentPosition(part("answers")) & Node.DOCUMENT_POSITION_FOLLOWING);
  assert.deepEqual(
    [...document.querySelectorAll('[data-part="value"]')].map(({ textContent }) => textContent),
    ["No", "Just listen"],
  );
});

test("without a wish nothing stands before what was told", async () => {
  await page(openedOf(ID, { answers: [{ field: 12, codes: ["yes"], text: "yes" }] }));
  for (const name of ["tonight", "wish"]) assert.ok(!isShown(part(name)));
});

test("a report that nobody claimed can be claimed, and only then answered", async () => {
  const { state, asked } = await page(openedOf(ID), { answers: { [`POST /reports/${ID}/claim`]: summaryOf(ID) } });
  assert.deepEqual(offered(), ["claim"]);
  assert.equal(isShown(box()), false);
  state.now = claimed();
  fireEvent.click(button("claim"));
  await waitFor(() => assert.match(part("news").textContent, /You have claimed this report/));
  assert.deepEqual(offered(), ["release", "hand-over", "close"]);
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

test("junk is closed with as many messages as were read, and only after a yes", async () => {
  const { desk, state, asked } = await page(claimed({ opened: { thread: [messageOf("m")] } }), {
    answers: { [`POST /reports/${ID}/close`]: summaryOf(ID) },
  });
  type("half an answer");
  await closeAsJunk();
  await answer(desk, false);
  assert.equal(
    asked.some(({ method }) => method === "POST"),
    false,
  );
  fireEvent.click(part("close-junk"));
  state.now = claimed({ summary: { state: "closed" }, opened: { thread: [messageOf("m")] } });
  await answer(desk, true);
  await waitFor(() => assert.match(part("done-here").textContent, /This report is closed/));
  assert.deepEqual(asked.find(({ method }) => method === "POST").body, { follow_ups: 1 });
  assert.deepEqual(offered(), ["reopen"]);
  assert.equal(desk.drafts.of(ID), "");
});

test("a lock ends a question as a no, and nothing is done afterwards", async () => {
  const { desk, asked } = await page(claimed());
  await closeAsJunk();
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

test("the entries of the card stand between the messages, with who wrote them and what they changed", async () => {
  const thread = [messageOf("one", { written: 495_000 }), messageOf("two", { written: 495_002 })];
  const state = { level: "u2", categories: "knife online", step: "Ring her", day: "2026-12-04" };
  const entry = entryOf(1, { written: 495_001, note: "Rang the school", state, changed: state });
  const entries = [entry, entryOf(2, { broken: true, hash: "other" })];
  await page(openedOf(ID, { thread, summary: { entries: 2 } }), { card: async () => cardOf(...entries) });
  await waitFor(() => assert.equal(lines().length, 4));
  assert.match(lines()[1], /Asha, written/);
  assert.match(lines()[1], /Level: Today \(U2\)/);
  assert.match(lines()[1], /Categories: Knife or other weapon, Something online/);
  assert.match(lines()[1], /Next step: Ring her, on 4 December 2026/);
  assert.match(lines()[1], /Rang the school/);
  assert.ok(lines().some((line) => /This entry is not shown/.test(line)));
  assert.match(document.querySelector("#card-title").textContent, /Kestrel 214K/);
});

test("one press saves what was typed as one entry, and the next one begins empty", async () => {
  const { desk, sent } = await cardPage();
  fireEvent.change(field("level"), { target: { value: "u1" } });
  writeIn("summary", "Waits by the gate");
  writeIn("note", "Rang her");
  assert.notEqual(desk.drafts.of(`card ${ID}`), "");
  saveCard();
  await waitFor(() => assert.match(part("card-outcome").textContent, /Saved on the case card/));
  assert.deepEqual(sent, [
    { id: ID, seen: 0, note: "Rang her", changes: { level: "u1", summary: "Waits by the gate" } },
  ]);
  assert.equal(field("note").value, "");
  assert.equal(desk.drafts.of(`card ${ID}`), "");
  assert.deepEqual(desk.drafts.reports, []);
});

test("a field shows how the card stands, and what stands there already is no change", async () => {
  const { sent } = await cardPage({ entries: [entryOf(1, { state: { summary: "Waits", categories: "knife" } })] });
  assert.equal(field("summary").value, "Waits");
  writeIn("summary", "Waits outside");
  writeIn("summary", "Waits");
  fireEvent.click(document.querySelector('[value="hate"]'));
  fireEvent.click(document.querySelector('[value="knife"]'));
  saveCard();
  await waitFor(() => assert.equal(sent.length, 1));
  assert.deepEqual([sent[0].seen, sent[0].changes], [1, { categories: "hate" }]);
});

test("what cannot be saved is said at its field, and nothing is sent", async () => {
  const { sent } = await cardPage();
  saveCard();
  await waitFor(() =>
    assert.match(document.querySelector("#card-note-error").textContent, /Write or choose something/),
  );
  writeIn("step", "Ring the school");
  saveCard();
  await waitFor(() => assert.match(document.querySelector("#card-day-error").textContent, /A next step needs a day/));
  assert.ok(document.activeElement === field("day"));
  writeIn("day", "2026-12-04");
  writeIn("note", "x".repeat(1501));
  saveCard();
  await waitFor(() => assert.match(document.querySelector("#card-note-error").textContent, /too many: 1/));
  assert.deepEqual(sent, []);
});

test("a card that somebody changed meanwhile is shown, and what was typed stays for another press", async () => {
  const { sent, ofCard } = await cardPage();
  writeIn("summary", "Mine");
  ofCard.card = cardOf(entryOf(1, { state: { summary: "Theirs" }, changed: { summary: "Theirs" } }));
  ofCard.written = "unseen";
  saveCard();
  await waitFor(() => assert.match(part("card-outcome").textContent, /somebody changed the card meanwhile/));
  assert.match(lines()[0], /Summary: Theirs/);
  assert.equal(field("summary").value, "Mine");
  ofCard.written = "saved";
  saveCard();
  await waitFor(() => assert.match(part("card-outcome").textContent, /Saved/));
  assert.deepEqual([sent[0].seen, sent[1].seen], [0, 1]);
});

test("a note whose fate is not known stays, and is gone once the card shows that it had arrived", async () => {
  const { desk, ofCard, state } = await cardPage();
  writeIn("note", "Rang her");
  ofCard.written = new TroubleError("offline");
  saveCard();
  await waitFor(() =>
    assert.match(document.querySelector("#card-note-error").textContent, /it will not be saved twice/),
  );
  assert.equal(field("note").value, "Rang her");
  ofCard.card = cardOf(entryOf(1, { mine: true, note: "Rang her" }));
  state.now = withEntries(1);
  await desk.refresh();
  await waitFor(() => assert.equal(field("note").value, ""));
  assert.equal(desk.drafts.of(`card ${ID}`), "");
});

test("an unsaved note comes back when the page does, from two tabs one below the other", async () => {
  const draft = (note, changes) => JSON.stringify({ seen: 0, note, changes });
  const text = `${draft("One", { level: "u3" })}\n\n${draft("Two", { unknown: "x" })}`;
  const first = await atDesk({ below: `reports/${ID}/`, report: async () => withEntries(0) });
  first.desk.drafts.take([{ report: `card ${ID}`, text, locale: "", attempts: [] }]);
  render(<View desk={first.desk} visit={first.visit} />);
  await waitFor(() => assert.equal(field("note")?.value, "One\n\nTwo"));
  assert.equal(field("level").value, "u3");
});

test("what is wrong with a card is said, and the report stands there all the same", async () => {
  const broken = { ...cardOf(), alarms: ["entries", "order", "cut", "hour"] };
  await page(openedOf(ID), { card: async () => broken });
  await waitFor(() => assert.equal(document.querySelectorAll('[data-part="card-alarm"]').length, 4));
  assert.match(part("answers").textContent, /No/);
});

test("a card that could not be had says why, and is had at the next look", async () => {
  let offline = true;
  const card = async () => {
    if (offline) throw new TroubleError("offline");
    return cardOf();
  };
  const { desk } = await page(openedOf(ID), { card });
  await waitFor(() => assert.match(part("card-trouble").textContent, /cannot reach the server/));
  offline = false;
  await desk.refresh();
  await waitFor(() => assert.equal(part("card-form").hidden, false));
});
