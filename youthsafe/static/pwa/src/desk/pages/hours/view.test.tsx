/** Reading hours: what is signed is what stands on the page, and nothing is signed that cannot be. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../../tests/dom.ts";
import { fireEvent, render, waitFor } from "@testing-library/preact";
import { atDesk, part, sessionOf } from "../../../../tests/desk_member.ts";
import { londonDay } from "../../../lib/london.ts";
import { TroubleError } from "../../trouble.ts";
import { View } from "./view.tsx";

const DAY = 86_400_000;
const WORKDAY = { opens: 540, closes: 1020 };
const OFFICE = [WORKDAY, WORKDAY, WORKDAY, WORKDAY, WORKDAY, null, null];
const TODAY = londonDay(Date.now());
const dateOf = (day) => new Date(day * DAY).toISOString().slice(0, 10);
const HOLIDAY = TODAY + 5;

async function page({ closedDays = [HOLIDAY], setHours } = {}) {
  const holidays = [{ day: dateOf(HOLIDAY), name: "Boxing Day" }];
  const member = await atDesk({
    below: "hours/",
    role: "coordinator",
    answers: { "GET /holidays": { nation: "england", last: dateOf(TODAY + 400), holidays } },
  });
  const typed = [];
  member.keyWorker.calendar = async () => ({
    serial: 7,
    teams: [{ id: "team", name: "Early help", weekly: OFFICE }],
    closedDays,
  });
  member.keyWorker.setHours = async (hours) => {
    typed.push(hours);
    return setHours ? setHours() : sessionOf("coordinator");
  };
  render(<View desk={member.desk} visit={member.visit} />);
  await waitFor(() => assert.ok(part("sign")));
  return { ...member, typed };
}

const day = (name) => document.querySelector(`[data-day="${name}"]`);
const field = (name, which) => day(name).querySelector(`[data-part="${which}"]`);
const type = (element, value) => fireEvent.input(element, { target: { value } });
const holiday = () => document.querySelector(`[data-part="holidays"] input[value="${HOLIDAY}"]`);
const promised = (at) => [...part("promised").querySelectorAll("tbody tr")].at(at).textContent;

test("what is signed stands in the fields, and the next fourteen days show what it promises", async () => {
  await page();
  assert.deepEqual([field("Monday", "opens").value, field("Monday", "closes").value], ["09:00", "17:00"]);
  assert.equal(field("Sunday", "reads").checked, false);
  assert.ok(holiday().checked);
  assert.equal(part("promised").querySelectorAll("tbody tr").length, 14);
  assert.match(promised(5), /Closed: Boxing Day/);
});

test("what is changed is signed as it stands, with what was signed before", async () => {
  const { typed } = await page();
  fireEvent.click(field("Saturday", "reads"));
  await waitFor(() => assert.ok(field("Saturday", "opens")));
  type(field("Saturday", "opens"), "10:00");
  type(field("Saturday", "closes"), "12:30");
  fireEvent.click(field("Friday", "reads"));
  fireEvent.click(holiday());
  fireEvent.click(part("sign"));
  await waitFor(() => assert.match(part("outcome").textContent, /Saved and signed/));
  const weekly = [WORKDAY, WORKDAY, WORKDAY, WORKDAY, null, { opens: 600, closes: 750 }, null];
  assert.deepEqual(typed, [{ serial: 7, weeks: { team: weekly }, closedDays: [] }]);
});

test("a day of one’s own is closed and taken out again, and the promise follows", async () => {
  const { typed } = await page();
  type(document.querySelector("#closed-day"), dateOf(TODAY + 3));
  fireEvent.click(part("add-day"));
  await waitFor(() => assert.match(promised(3), /Closed/));
  fireEvent.click(part("sign"));
  await waitFor(() => assert.equal(typed.length, 1));
  assert.deepEqual(typed[0].closedDays, [TODAY + 3, HOLIDAY]);
});

test("a day that is over or far ahead is refused at its field", async () => {
  await page();
  for (const wrong of [TODAY - 1, TODAY + 401]) {
    type(document.querySelector("#closed-day"), dateOf(wrong));
    fireEvent.click(part("add-day"));
    await waitFor(() => assert.match(document.querySelector("#closed-day-error").textContent, /Choose a day/));
  }
});

test("hours that end before they begin are said at their day, and nothing is signed", async () => {
  const { typed } = await page();
  type(field("Monday", "closes"), "08:00");
  await waitFor(() => assert.match(day("Monday").querySelector(".error").textContent, /end after it begins/));
  fireEvent.click(part("sign"));
  await waitFor(() => assert.match(part("sign-trouble").textContent, /Nothing was saved/));
  assert.equal(typed.length, 0);
});

test("where somebody else signed first that is said, and what was typed stays", async () => {
  await page({
    setHours: () => {
      throw new TroubleError("conflict");
    },
  });
  type(field("Monday", "opens"), "10:00");
  fireEvent.click(part("sign"));
  await waitFor(() => assert.match(part("sign-trouble").textContent, /somebody else signed something first/));
  assert.equal(field("Monday", "opens").value, "10:00");
});
