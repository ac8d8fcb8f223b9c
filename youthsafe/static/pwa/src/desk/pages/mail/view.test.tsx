/** Mail: what is typed is checked and saved, a test says what came of it, and the queue says how it stands. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../../tests/dom.ts";
import { fireEvent, render, waitFor } from "@testing-library/preact";
import { atDesk, isShown, part } from "../../../../tests/desk_member.ts";
import { View } from "./view.tsx";

const ACCOUNT = {
  server: "smtp.example.org",
  port: 587,
  security: "starttls",
  user: "desk",
  has_password: true,
  sender: "desk@example.org",
};
const mail = (more = {}) => ({
  account: ACCOUNT,
  queue: { waiting: 0, next: null, problem: null, given_up: [] },
  delivered: "2026-11-23T09:05Z",
  own: "dana@example.org",
  coordinators: { count: 2, without_mail: 0 },
  readers: { count: 3, without_mail: 0 },
  ...more,
});

async function page(first, answers = {}) {
  const state = { now: first };
  const member = await atDesk({
    below: "mail/",
    role: "coordinator",
    answers: { "GET /mail": () => state.now, ...answers },
  });
  render(<View desk={member.desk} visit={member.visit} />);
  await waitFor(() => assert.ok(part("server")));
  return { ...member, state };
}

const field = (name) => document.querySelector(`#mail-${name}`);
const type = (name, value) => fireEvent.input(field(name), { target: { value } });
const fault = (name) => document.querySelector(`#mail-${name}-error`);
const sent = ({ asked }, method, path) => asked.filter((each) => each.method === method && each.path === path);
const save = () => fireEvent.submit(part("server"));
const tryIt = () => fireEvent.submit(part("test"));

test("with no mail server that is said, and a test cannot be sent", async () => {
  await page(mail({ account: null, delivered: null }));
  assert.match(part("none").textContent, /no mail goes out/);
  assert.equal(isShown(part("send-test")), false);
  assert.equal(isShown(part("remove")), false);
});

test("what is typed is saved, and then the password's field is empty again", async () => {
  const member = await page(mail({ account: null, delivered: null }), { "PUT /mail": 204 });
  type("server", " smtp.example.org ");
  type("user", "desk");
  type("password", "words");
  type("sender", "desk@example.org");
  member.state.now = mail({ delivered: null });
  save();
  await waitFor(() => assert.match(part("outcome").textContent, /^Saved/));
  assert.deepEqual(sent(member, "PUT", "/mail")[0].body, {
    server: "smtp.example.org",
    port: 587,
    security: "starttls",
    user: "desk",
    password: "words",
    sender: "desk@example.org",
  });
  assert.equal(field("password").value, "");
  assert.match(document.querySelector("#mail-password-hint").textContent, /Leave this empty to keep it/);
});

test("a kept password goes along with another sender, and is typed anew for another server", async () => {
  const member = await page(mail(), { "PUT /mail": 204 });
  type("sender", "other@example.org");
  save();
  await waitFor(() => assert.equal(sent(member, "PUT", "/mail").length, 1));
  assert.equal(sent(member, "PUT", "/mail")[0].body.password, null);
  await waitFor(() => assert.match(part("outcome").textContent, /^Saved/));
  type("server", "smtp.example.com");
  save();
  await waitFor(() => assert.match(fault("password").textContent, /typed anew/));
  assert.equal(sent(member, "PUT", "/mail").length, 1);
});

test("a password without a user is not sent", async () => {
  const member = await page(mail({ account: null, delivered: null }));
  type("server", "smtp.example.org");
  type("password", "words");
  type("sender", "desk@example.org");
  save();
  await waitFor(() => assert.match(fault("user").textContent, /goes with a user/));
  assert.equal(sent(member, "PUT", "/mail").length, 0);
});

for (const [name, value] of [
  ["server", "https://smtp.example.org"],
  ["server", ""],
  ["port", "0"],
  ["port", "smtp"],
  ["sender", "desk"],
]) {
  test(`a ${name} such as “${value}” is refused at its field`, async () => {
    const member = await page(mail());
    type(name, value);
    save();
    await waitFor(() => assert.match(fault(name).textContent, /Write/));
    assert.equal(field(name).getAttribute("aria-invalid"), "true");
    assert.equal(sent(member, "PUT", "/mail").length, 0);
  });
}

test("without encryption only this machine's server is taken", async () => {
  const member = await page(mail());
  fireEvent.change(field("security"), { target: { value: "none" } });
  assert.equal(field("port").value, "25");
  type("password", "words");
  save();
  await waitFor(() => assert.match(fault("security").textContent, /on this machine/));
  assert.equal(sent(member, "PUT", "/mail").length, 0);
});

test("what the server refuses is said beside the button, and what was typed stays", async () => {
  await page(mail(), { "PUT /mail": 400 });
  type("sender", "other@example.org");
  save();
  await waitFor(() => assert.match(part("press-trouble").textContent, /nothing was saved/));
  assert.equal(field("sender").value, "other@example.org");
});

test("looking again does not take away what is being typed", async () => {
  const { desk, state } = await page(mail());
  type("sender", "other@example.org");
  state.now = mail({ queue: { waiting: 3, next: null, problem: null, given_up: [] } });
  await desk.refresh();
  await waitFor(() => assert.match(part("state").textContent, /3 mails are waiting/));
  assert.equal(field("sender").value, "other@example.org");
});

test("a test message says step by step how far it came", async () => {
  const member = await page(mail(), { "POST /mail/test": { reached: "accepted", problem: null, code: 0 } });
  tryIt();
  await waitFor(() => assert.equal(part("tested").querySelectorAll("li").length, 4));
  assert.match(part("tested").textContent, /encrypted.*accepted.*dana@example.org/s);
  assert.deepEqual(sent(member, "POST", "/mail/test")[0].body, { to: null });
});

test("a test message goes to the address that is typed, if it is one", async () => {
  const member = await page(mail(), { "POST /mail/test": { reached: "accepted", problem: null, code: 0 } });
  type("to", "it");
  tryIt();
  await waitFor(() => assert.match(fault("to").textContent, /Write an address/));
  type("to", "it@example.org");
  tryIt();
  await waitFor(() => assert.match(part("tested").textContent, /it@example.org/));
  assert.equal(sent(member, "POST", "/mail/test").length, 1);
});

test("what stopped it is said in words, with the server's three digits", async () => {
  await page(mail(), { "POST /mail/test": { reached: "encrypted", problem: "wrong-password", code: 535 } });
  tryIt();
  await waitFor(() => assert.match(part("test-trouble").textContent, /did not accept.*535/));
  assert.equal(part("tested").querySelectorAll("li").length, 2);
});

test("what is not saved is not tested", async () => {
  const member = await page(mail());
  type("sender", "other@example.org");
  tryIt();
  await waitFor(() => assert.match(part("test-trouble").textContent, /Save first/));
  assert.equal(sent(member, "POST", "/mail/test").length, 0);
});

test("whoever has no address types one", async () => {
  const member = await page(mail({ own: null }));
  tryIt();
  await waitFor(() => assert.match(part("test-trouble").textContent, /your account has none/));
  assert.equal(sent(member, "POST", "/mail/test").length, 0);
});

test("the server is removed only after somebody said yes", async () => {
  const member = await page(mail(), { "POST /mail/remove": 204 });
  for (const yes of [false, true]) {
    fireEvent.click(part("remove"));
    await waitFor(() => assert.equal(member.desk.questions.waiting.value.length, 1));
    assert.equal(sent(member, "POST", "/mail/remove").length, 0);
    member.state.now = mail({ account: null });
    member.desk.questions.waiting.value[0].settle(yes);
  }
  await waitFor(() => assert.match(part("outcome").textContent, /removed/));
});

test("the queue says what waits, why, and what was given up", async () => {
  const given = { kind: "bundle-ends", queued: "2026-11-20T09:00Z", problem: "recipient-refused" };
  const queue = { waiting: 1, next: "2026-11-23T10:00Z", problem: "certificate", given_up: [given] };
  await page(mail({ queue, coordinators: { count: 2, without_mail: 1 }, readers: { count: 3, without_mail: 2 } }));
  assert.match(part("state").textContent, /1 mail is waiting/);
  assert.match(part("problem").textContent, /certificate.*Next try/);
  assert.match(part("without").textContent, /1 of 2 coordinators/);
  assert.match(part("readers-without-mail").textContent, /2 of 3 people who open reports/);
  assert.match(part("given-up").textContent, /list of teams ends.*recipient/);
});
