/** The change that signs reading hours: everything but them stays as it was, and what somebody did not see is never signed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { b64 } from "../src/crypto/bytes.ts";
import { acceptChange, composeChange } from "../src/crypto/change.ts";
import { calendarOf, hoursChange } from "../src/desk/session/commands/hours.ts";
import { sameAgain } from "../src/desk/session/commands/signing_again.ts";
import { kindOf } from "../src/desk/trouble.ts";
import { begun, OFFICE } from "./desk_instance.ts";

const NOW = Date.parse("2026-11-23T10:00Z");
const LATE = OFFICE.map((day) => day && { ...day, closes: 1200 });

test("hours of one team are signed, with closed days, for four weeks more; all else stays", async () => {
  const { root, before } = await begun(NOW);
  const [first] = before.bundle.teams;
  const typed = { serial: 7, weeks: { [b64(first.id)]: LATE }, closedDays: [20_900, 20_901] };
  const signed = await composeChange(root, before, hoursChange(before, typed, NOW));
  const after = await acceptChange({ ...signed, before });
  assert.deepEqual(after.bundle.closedDays, [20_900, 20_901]);
  assert.deepEqual(
    after.bundle.teams.map(({ weekly }) => weekly),
    [LATE, OFFICE],
  );
  const without = ({ weekly, ...rest }) => rest;
  assert.deepEqual(after.bundle.teams.map(without), before.bundle.teams.map(without));
  assert.deepEqual([after.bundle.serial, after.roster.version, after.grants.length], [8, 4, 0]);
  assert.deepEqual(after.roster.members, before.roster.members);
  for (const { issuedAt, notAfter } of [after.bundle, after.roster])
    assert.deepEqual([issuedAt, notAfter - issuedAt], [NOW / 1000, 28 * 86_400]);
});

test("signed again as they are, both lists live four weeks more and say what they said", async () => {
  const { root, before } = await begun(NOW);
  const after = await acceptChange({ ...(await composeChange(root, before, sameAgain(before, NOW))), before });
  const said = ({ issuedAt, notAfter, serial, version, ...rest }) => rest;
  assert.deepEqual([said(after.bundle), said(after.roster)], [said(before.bundle), said(before.roster)]);
  assert.deepEqual([after.bundle.serial, after.roster.version], [8, 4]);
  for (const { issuedAt, notAfter } of [after.bundle, after.roster])
    assert.deepEqual([issuedAt, notAfter - issuedAt], [NOW / 1000, 28 * 86_400]);
});

test("what was made of another bundle than the newest is a conflict and is not signed", async () => {
  const { before } = await begun(NOW);
  for (const serial of [6, 8]) {
    assert.throws(
      () => hoursChange(before, { serial, weeks: {}, closedDays: [] }, NOW),
      (error) => kindOf(error) === "conflict",
    );
  }
});

test("the calendar that is shown is that of the signed bundle", async () => {
  const { before } = await begun(NOW);
  const { serial, teams, closedDays } = calendarOf(before.bundle);
  assert.deepEqual([serial, closedDays], [7, [20_812]]);
  assert.deepEqual(
    teams.map(({ name, weekly }) => [name, weekly]),
    [
      ["Team 1", OFFICE],
      ["Team 2", OFFICE],
    ],
  );
});
