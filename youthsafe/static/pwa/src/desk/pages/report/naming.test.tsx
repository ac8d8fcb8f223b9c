/** The same name on the cards of several reports: seen at each of them, as far as the last days go. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../../tests/dom.ts";
import { fireEvent, waitFor } from "@testing-library/preact";
import { entryOf, openedOf, part, summaryOf } from "../../../../tests/desk_member.ts";
import { cardPage, field, ID, lines, saveCard, writeIn } from "../../../../tests/report_page.tsx";
import { TroubleError } from "../../trouble.ts";

const DAY = 86_400_000;
const ago = (days) => new Date(Date.now() - days * DAY).toISOString();
const listed = (reports) => ({ reports, next: null, taken_back: [], stopped: null });
const report = (id, days, more = {}) => summaryOf(id, { opened: true, entries: 1, received: ago(days), ...more });
const named = (names) =>
  entryOf(1, { state: { level: "u2", ...(names && { named: names }) }, changed: names ? { named: names } : {} });
const others = () => [...(part("same-names")?.querySelectorAll("li") ?? [])].map(({ textContent }) => textContent);

/** A report that names `names`; the others name what `cards` says, by id. */
async function namingPage(names, reports, cards, options = {}) {
  const made = await cardPage({
    entries: [named(names)],
    first: openedOf(ID, { summary: { entries: 1 } }),
    answers: { "GET /reports": listed([summaryOf(ID, { opened: true, entries: 1 }), ...reports]) },
    cardLines: async (asked) =>
      asked.map(({ id }) => ({ id, number: `Wren ${id}`, state: { named: cards[id] ?? "" } })),
    ...options,
  });
  return made;
}

test("what other reports name too is said where it is named, however it is written there", async () => {
  const reports = [report("100A", 3), report("200B", 59), report("300C", 5)];
  await namingPage("Jordan K.\nThe Arches", reports, { "100A": "@jordan_k", "200B": "jordán k", "300C": "Holly" });
  await waitFor(() => assert.deepEqual(others(), ["Jordan K.: Wren 100AWren 200B"]));
  assert.match(part("pattern").textContent, /Reports of the last 60 days that name the same: 3/);
});

test("a report of more than sixty days ago is none of them, and two reports are no pattern", async () => {
  await namingPage("Jordan K.", [report("100A", 61), report("200B", 2)], { "100A": "Jordan K.", "200B": "Jordan K." });
  await waitFor(() => assert.deepEqual(others(), ["Jordan K.: Wren 200B"]));
  assert.equal(part("pattern"), null);
});

test("nobody's cards are read where nothing is named, and all are once something is", async () => {
  let asked = 0;
  const cardLines = async (cards) => {
    asked += cards.length;
    return cards.map(({ id }) => ({ id, number: `Wren ${id}`, state: { named: "the arches" } }));
  };
  await namingPage("", [report("100A", 3)], {}, { cardLines });
  assert.equal(asked, 0);
  writeIn("named", "The  Arches ");
  await waitFor(() => assert.deepEqual(others(), ["The Arches: Wren 100A"]));
  assert.equal(field("named").value, "The  Arches ");
});

test("before the level is chosen nothing points at other reports", async () => {
  const unlevelled = entryOf(1, { state: { named: "Holly" }, changed: { named: "Holly" } });
  await namingPage(
    "",
    [report("100A", 3)],
    { "100A": "Holly" },
    {
      entries: [unlevelled],
      first: openedOf(ID, { summary: { entries: 1 } }),
      answers: {
        "GET /reports": listed([report("100A", 3)]),
        "GET /first-look": { covered: [], shown: [] },
      },
    },
  );
  assert.equal(field("named").value, "Holly");
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(others(), []);
  writeIn("level", "u2");
  fireEvent.change(field("level"), { target: { value: "u2" } });
  await waitFor(() => assert.deepEqual(others(), ["Holly: Wren 100A"]));
});

test("names are saved a line each, none empty and none twice, and stand between the messages", async () => {
  const { sent } = await namingPage("Holly", [], {});
  assert.match(lines()[0], /Named: Holly/);
  writeIn("named", "Holly\n\n  @kai.99 \nHolly\n");
  saveCard();
  await waitFor(() => assert.deepEqual(sent[0]?.changes, { named: "Holly\n@kai.99" }));
});

test("names that are wiped are taken from the card", async () => {
  const { sent } = await namingPage("Holly", [], {});
  writeIn("named", " \n");
  saveCard();
  await waitFor(() => assert.deepEqual(sent[0]?.changes, { named: "" }));
});

test("more than a card takes is said at the field, and nothing is lost", async () => {
  const { sent } = await namingPage("", [], {});
  const many = Array.from({ length: 9 }, (_each, at) => `Somebody ${at}`).join("\n");
  writeIn("named", many);
  saveCard();
  await waitFor(() => assert.match(document.querySelector("#card-named-error").textContent, /At most 8 lines/));
  assert.equal(document.activeElement?.id, "card-named");
  assert.equal(field("named").value, many);
  assert.deepEqual(sent, []);
});

test("where the others cannot be looked through, that is said", async () => {
  await namingPage("Holly", [], {}, { answers: { "GET /reports": new TroubleError("offline") } });
  await waitFor(() => assert.match(part("naming-trouble")?.textContent ?? "", /./));
});
