/** Handing a report over with a line, and what the colleague finds. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../../tests/dom.ts";
import { cleanup, fireEvent, waitFor } from "@testing-library/preact";
import { cardOf, entryOf, isShown, part, summaryOf, TEAM } from "../../../../tests/desk_member.ts";
import { ASHA, button, cardPage, claimed, field, ID, idle, lines, ME } from "../../../../tests/report_page.tsx";
import { TroubleError } from "../../trouble.ts";

const HAND_OVER = `POST /reports/${ID}/hand-over`;
const said = (name) => part(name)?.textContent ?? "";
const who = () => document.querySelector("#handing-who");
const faultAt = (name) => document.querySelector(`#handing-${name}-error`).textContent;
const choose = (id) => fireEvent.change(who(), { target: { value: id } });
const write = (line) => fireEvent.input(document.querySelector("#handing-note"), { target: { value: line } });
const press = () => fireEvent.submit(part("handing"));
const member = (id, name, teams) => ({ id, name, role: "caseworker", teams });
const STAFF = {
  members: [member("me", "Ada", [TEAM]), member("asha", "Asha", [TEAM]), member("tom", "Tom", ["other"])],
  teams: [],
};

/** A report of one's own that somebody wants to hand over. */
async function handing({ staff = async () => STAFF, ...options } = {}) {
  const made = await cardPage({ first: claimed(), answers: { [HAND_OVER]: summaryOf(ID) }, ...options });
  made.keyWorker.staff = staff;
  fireEvent.click(button("hand-over"));
  await waitFor(() => assert.ok(part("handing")));
  return { ...made, moved: () => made.asked.filter(({ method, path }) => `${method} ${path}` === HAND_OVER) };
}

test("a report is handed over by a name and a line: first the card says why, and then it is the colleague's", async () => {
  const { sent, moved, state } = await handing();
  await waitFor(() => assert.deepEqual([...who().options].map(({ value }) => value), ["", "asha"])); // biome-ignore format: one rule a line
  choose("asha");
  write("She knows the school");
  state.now = claimed({ summary: { claimed_by: ASHA } });
  press();
  await waitFor(() => assert.match(said("done-here"), /This report is handed over/));
  assert.deepEqual(sent, [{ id: ID, seen: 0, note: "She knows the school", changes: { handed: "asha" } }]);
  assert.deepEqual(moved()[0].body, { to: "asha" });
  assert.ok(part("handing") === null);
});

test("without a name or a line nothing is handed over, and what was typed stays", async () => {
  const { sent, moved } = await handing();
  await waitFor(() => assert.equal(who().options.length, 2));
  press();
  await waitFor(() => assert.equal(faultAt("who"), "Choose a colleague."));
  choose("asha");
  press();
  await waitFor(() => assert.equal(faultAt("note"), "Write a line for your colleague."));
  write("She knows the school");
  fireEvent.click(part("hand-over-not"));
  await waitFor(() => assert.ok(document.activeElement === button("hand-over")));
  assert.equal(field("note").value, "She knows the school");
  assert.deepEqual([sent, moved()], [[], []]);
});

test("where the claim did not move, a second press goes on with the line that is on the card", async () => {
  const { sent, ofCard, moved } = await handing({ answers: { [HAND_OVER]: 503 } });
  await waitFor(() => assert.equal(who().options.length, 2));
  choose("asha");
  write("She knows the school");
  ofCard.card = cardOf(entryOf(1, { mine: true, state: { handed: "asha" }, changed: { handed: "asha" }, to: "Asha" }));
  press();
  await waitFor(() => assert.match(said("refusal"), /It was not done/));
  await idle("hand-over-now");
  press();
  await waitFor(() => assert.equal(moved().length, 2));
  assert.equal(sent.length, 1);
  assert.match(lines()[0], /Handed over to: Asha/);
});

test("whoever was slower is told who has it, and the line stays on the card", async () => {
  const { state, sent } = await handing({ answers: { [HAND_OVER]: 409 } });
  await waitFor(() => assert.equal(who().options.length, 2));
  choose("asha");
  write("She knows the school");
  state.now = claimed({ summary: { claimed_by: { id: "tom", name: "Tom" } } });
  press();
  await waitFor(() => assert.match(said("refusal"), /Tom took this report over/));
  assert.equal(sent.length, 1);
});

test("a team of one says that there is nobody, and a list that could not be had says why", async () => {
  await handing({ staff: async () => ({ members: STAFF.members.slice(0, 1), teams: [] }) });
  await waitFor(() => assert.match(said("handing-trouble"), /Nobody else reads the reports of this team/));
  cleanup();
  await handing({
    staff: async () => {
      throw new TroubleError("offline");
    },
  });
  await waitFor(() => assert.match(said("handing-trouble"), /cannot reach the server/));
});

const HANDED = entryOf(1, {
  note: "You know the school",
  state: { handed: "me" },
  changed: { handed: "me" },
  to: "Ada",
});

test("a colleague finds who handed it over and why, and takes it", async () => {
  const { sent, ofCard } = await cardPage({ first: claimed(), entries: [HANDED] });
  assert.match(said("handed"), /Asha handed this report over to you.*You know the school/);
  ofCard.card = cardOf(HANDED, entryOf(2, { mine: true, by: "me", changed: { handed: "" } }));
  fireEvent.click(part("take"));
  await waitFor(() => assert.match(said("done-here"), /You have taken this report/));
  assert.deepEqual(sent, [{ id: ID, seen: 1, note: "", changes: { handed: "" } }]);
  assert.ok(part("handed") === null);
  assert.match(lines()[1], /Took what was handed over/);
});

test("others see that it is not taken yet, as long as whoever it was handed over to has it", async () => {
  const handed = { ...HANDED, state: { handed: "asha" } };
  await cardPage({ first: claimed({ summary: { claimed_by: ASHA } }), entries: [handed] });
  assert.match(said("standing"), /Handed over to Asha, not taken yet/);
  assert.ok(part("handed") === null);
});

test("what another took over meanwhile is nobody's to take any more", async () => {
  await cardPage({
    first: claimed({ summary: { claimed_by: ME } }),
    entries: [{ ...HANDED, state: { handed: "asha" } }],
  });
  assert.deepEqual([said("standing"), part("handed")], ["", null]);
  assert.ok(isShown(button("hand-over")));
});
