/** Signing in and unlocking: what is typed goes to the key worker only, and what is wrong is said where it is. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../tests/dom.ts";
import { fireEvent, render, waitFor } from "@testing-library/preact";
import { atDesk, isShown, part, sessionOf } from "../../../tests/desk_member.ts";
import { TroubleError } from "../trouble.ts";
import { SignIn } from "./sign_in.tsx";
import { Unlock } from "./unlock.tsx";

const NAMES = ["name", "words", "code"];
const field = (name) => document.querySelector(`#${name}`);
const fault = (name) => document.querySelector(`#${name}-error`).textContent;
const fill = (values) => {
  for (const [name, value] of Object.entries(values)) field(name).value = value;
};
const send = () => fireEvent.submit(part("form"));

async function signIn(attempt = async () => sessionOf()) {
  const member = await atDesk();
  member.keyWorker.signIn = attempt;
  member.desk.expire();
  render(<SignIn desk={member.desk} trouble={null} />);
  return member;
}

async function unlock(attempt = async () => sessionOf()) {
  const member = await atDesk();
  member.keyWorker.unlock = attempt;
  member.desk.lock();
  render(<Unlock desk={member.desk} name="Ada" />);
  return member;
}

test("everything that is missing is told at once, and the first field has the focus", async () => {
  await signIn();
  fill({ name: " ", words: "", code: "12345" });
  send();
  await waitFor(() =>
    assert.deepEqual(
      NAMES.filter((name) => fault(name) !== ""),
      NAMES,
    ),
  );
  assert.ok(document.activeElement === field("name"));
  fill({ name: "ada" });
  send();
  await waitFor(() => assert.equal(fault("name"), ""));
  assert.ok(document.activeElement === field("words"));
});

test("who is refused is always told how long five wrong tries wait", async () => {
  await signIn(async () => {
    throw new TroubleError("refused");
  });
  fill({ name: "ada", words: "one two", code: "123 456" });
  send();
  await waitFor(() => assert.match(part("trouble").textContent, /wait 15 minutes/));
});

test("the key worker gets what was typed, and the fields are empty before the desk opens", async () => {
  const given = [];
  const { desk } = await signIn(async (typed) => {
    given.push(typed);
    return sessionOf();
  });
  fill({ name: " ada ", words: "one two three", code: "123 456" });
  send();
  await waitFor(() => assert.equal(desk.state.value.kind, "open"));
  assert.deepEqual(given, [{ name: "ada", words: "one two three", code: "123456" }]);
  assert.deepEqual(
    NAMES.map((name) => field(name).value),
    ["", "", ""],
  );
});

test("one press begins one attempt, and it is said that it takes a moment", async () => {
  let attempts = 0;
  let finish = () => {};
  await unlock(() => {
    attempts += 1;
    return new Promise((resolve) => {
      finish = () => resolve(sessionOf());
    });
  });
  fill({ words: "one two three" });
  send();
  send();
  await waitFor(() => assert.match(part("progress").textContent, /Opening your keys/));
  assert.equal(attempts, 1);
  finish();
});

test("words that do not open the keys are said at their field, which keeps them", async () => {
  await unlock(async () => {
    throw new TroubleError("words-word", 3);
  });
  fill({ words: "one two thre" });
  send();
  await waitFor(() => assert.match(fault("words"), /Word 3 is not one of our words/));
  assert.equal(field("words").value, "one two thre");
});

test("a session that ended meanwhile asks for both factors", async () => {
  const { desk } = await unlock(async () => {
    throw new TroubleError("signed-out");
  });
  fill({ words: "one two three" });
  send();
  await waitFor(() => assert.equal(desk.state.value.kind, "signed-out"));
});

test("a recovery code is as good as six digits, however it is typed", async () => {
  const given = [];
  const { desk } = await signIn(async (typed) => {
    given.push(typed);
    return sessionOf();
  });
  fill({ name: "ada", words: "one two three", code: "abcde-fgh jk" });
  send();
  await waitFor(() => assert.equal(desk.state.value.kind, "open"));
  assert.equal(given[0].code, "ABCDEFGHJK");
});

test("whoever signed in with a colleague's code has to enrol a second factor first", async () => {
  const { desk } = await signIn(async () => ({ enrol: { id: "me", name: "Ada" } }));
  fill({ name: "ada", words: "one two three", code: "ABCDEFGHJK" });
  send();
  await waitFor(() => assert.deepEqual(desk.state.value, { kind: "enrolling", id: "me", name: "Ada" }));
  assert.equal(field("words").value, "");
});

test("an answer that was being written is said to be kept, and where", async () => {
  const member = await atDesk();
  member.desk.drafts.keep("report", "half an answer");
  await member.desk.drafts.saved();
  member.desk.lock();
  render(<Unlock desk={member.desk} name="Ada" />);
  assert.ok(isShown(part("kept")));
  assert.ok(part("kept-here") === null);
});

test("an answer that only this page has is said to be here", async () => {
  const member = await atDesk();
  member.keyWorker.keepDraft = async () => {
    throw new Error("no room");
  };
  member.desk.drafts.keep("report", "half an answer");
  await member.desk.drafts.saved();
  member.desk.lock();
  render(<Unlock desk={member.desk} name="Ada" />);
  assert.ok(isShown(part("kept-here")));
});

test("no field has a name that a form could send, and none invites a browser to keep what is typed", async () => {
  await signIn();
  const fields = [...document.querySelectorAll("input, select, textarea")];
  assert.equal(fields.length, 4);
  for (const each of fields) {
    assert.equal(each.getAttribute("name"), null);
    assert.match(each.getAttribute("autocomplete"), /^(off|one-time-code)$/);
  }
});

test("the words are covered until somebody wants to see them", async () => {
  await signIn();
  assert.equal(field("words").className, "covered");
  fireEvent.click(part("show"));
  await waitFor(() => assert.equal(field("words").className, ""));
});
