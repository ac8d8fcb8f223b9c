import assert from "node:assert/strict";
import { test } from "node:test";

import { answered, chosen, clear, Draft, excess } from "../src/report/draft.ts";

const choice = (field, value, checked = false, type = "checkbox") => ({ dataset: { field }, type, value, checked });
const words = (field, value, limit) => ({ dataset: { field, limit }, type: "textarea", value });

test("answers stand in the order of their fields and skipped ones are left out", () => {
  const draft = new Draft([
    words("9", "a talk", "300"),
    choice("1", "yes", true, "radio"),
    words("4", "  ", "1500"),
    choice("10", "x"),
  ]);
  assert.deepEqual(draft.answers(), [
    { field: 1, text: "yes" },
    { field: 9, text: "a talk" },
  ]);
});

test("several choices become codes with one space between", () => {
  const draft = new Draft([choice("2", "me", true), choice("2", "friend"), choice("2", "adult", true)]);
  assert.equal(draft.answer("2"), "me adult");
});

test("words are taken exactly as typed", () => {
  const typed = " two\nlines 😀 ";
  assert.equal(new Draft([words("4", typed, "1500")]).answer("4"), typed);
});

test("the team and the wish for a reply are no part of the answers", () => {
  const draft = new Draft([choice("team", "smaller", true, "radio"), choice("reply", "no", true, "radio")]);
  assert.deepEqual(draft.answers(), []);
  assert.equal(draft.wantsReply, false);
});

test("a reply code is given unless it was declined", () => {
  assert.equal(new Draft([choice("reply", "yes"), choice("reply", "no")]).wantsReply, true);
});

test("the smaller team is only for a worry about an adult who works with children", () => {
  const team = choice("team", "smaller", true, "radio");
  assert.equal(new Draft([choice("2", "adult", true), team]).smallerTeam, false);
  assert.equal(new Draft([choice("11", "home", true), choice("11", "adult", true), team]).smallerTeam, false);
  assert.equal(new Draft([choice("11", "trust", true), team]).smallerTeam, true);
});

test("a text is counted in UTF-16 units", () => {
  assert.equal(excess(words("4", "😀".repeat(750), "1500")), 0);
  assert.equal(excess(words("4", "😀".repeat(751), "1500")), 2);
  assert.equal(new Draft([words("4", "ab", "1"), words("9", "a", "1")]).tooLong().dataset.field, "4");
});

test("wiping leaves nothing chosen and nothing typed", () => {
  const controls = [choice("2", "me", true), words("4", "secret", "1500")];
  assert.ok(answered(controls) && chosen(controls));
  new Draft(controls).wipe();
  assert.ok(!answered(controls) && new Draft(controls).empty);
  clear(controls);
});

test("what was answered is put back into the same form in another language", () => {
  const form = () => [
    choice("1", "yes"),
    choice("2", "me"),
    choice("2", "friend"),
    words("4", "", "1500"),
    words("9", "", "300"),
  ];
  const first = form();
  first[2].checked = true;
  first[3].value = " two\nlines ";
  const second = form();
  second[0].checked = true;
  second[4].value = "older";
  new Draft(second).take(JSON.parse(JSON.stringify(new Draft(first).entries())));
  assert.deepEqual(second, first);
});
