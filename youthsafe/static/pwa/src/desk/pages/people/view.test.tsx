/** People: by the signed roster, with the consequence before each change, and nobody let in without the words. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../../tests/dom.ts";
import { cleanup, fireEvent, render, waitFor } from "@testing-library/preact";
import { atDesk, isShown, part, sessionOf, TEAM } from "../../../../tests/desk_member.ts";
import { TroubleError } from "../../trouble.ts";
import { View } from "./view.tsx";

const STAFF = {
  members: [
    { id: "me", name: "Ada", role: "coordinator", teams: [TEAM] },
    { id: "bea", name: "Bea", role: "caseworker", teams: [TEAM] },
  ],
  teams: [{ id: TEAM, name: "Early help" }],
};
const colleague = (id, changes = {}) => ({
  id,
  name: id,
  role: 1,
  app: true,
  passkeys: 1,
  codes_left: 7,
  reset: false,
  ...changes,
});
const invited = (changes = {}) => ({
  id: "inv",
  member: "cyd",
  name: "Cyd",
  role: 1,
  teams: [TEAM],
  made_by: "Ada",
  until: "2026-11-26T09:00Z",
  offer: "AA",
  sealed_secret: "AA",
  public_key: null,
  proof: null,
  answered: false,
  ...changes,
});

async function page({ invitations = [], answers = {}, worker = {}, staff = STAFF } = {}) {
  const member = await atDesk({
    below: "people/",
    role: "coordinator",
    answers: {
      "GET /members": { members: [colleague("me"), colleague("bea")] },
      "GET /invitations": { invitations },
      ...answers,
    },
  });
  Object.assign(member.keyWorker, { staff: async () => staff, ...worker });
  render(<View desk={member.desk} visit={member.visit} />);
  await waitFor(() => assert.ok(part("members")));
  return member;
}

const row = (name) => document.querySelector(`[data-member="${name}"]`);
const press = (name, what) => fireEvent.click(row(name).querySelector(`[data-part="${what}"]`));

async function answer(desk, yes) {
  await waitFor(() => assert.equal(desk.questions.waiting.value.length, 1));
  const [question] = desk.questions.waiting.value;
  const shown = render(<div>{question.body}</div>).container.textContent;
  question.settle(yes);
  return shown;
}

test("the head can be printed with number, site and day, so that two people can compare it", async () => {
  let printed = 0;
  globalThis.print = () => {
    printed += 1;
  };
  await page();
  assert.equal(part("head-sheet"), null);
  fireEvent.click(part("compare"));
  const said = part("head-sheet").textContent;
  for (const wanted of [
    "number 3",
    "0123 4567 89ab cdef 0123 4567 89ab cdef",
    location.origin,
    "one number there is one head",
  ]) {
    assert.ok(said.includes(wanted), wanted);
  }
  assert.match(said, /Seen on \d{1,2} \w+ 20\d\d/);
  fireEvent.click(part("print"));
  assert.equal(printed, 1);
});

test("a coordinator cannot remove, change or reset themselves", async () => {
  await page();
  for (const what of ["change", "reset", "remove"]) {
    assert.equal(isShown(row("Ada").querySelector(`[data-part="${what}"]`)), false);
    assert.equal(isShown(row("Bea").querySelector(`[data-part="${what}"]`)), true);
  }
});

test("somebody is removed only after it was shown what they open no longer", async () => {
  const removed = [];
  const { desk } = await page({
    worker: {
      removeMember: async (id) => {
        removed.push(id);
        return sessionOf("coordinator");
      },
    },
  });
  press("Bea", "remove");
  assert.match(
    await answer(desk, false),
    /no longer then:Reports of Early help.*that they have claimed become free for the others/,
  );
  assert.deepEqual(removed, []);
  press("Bea", "remove");
  await answer(desk, true);
  await waitFor(() => assert.deepEqual(removed, ["bea"]));
});

test("before and after a change of role are shown, and a role without keys is in no team", async () => {
  const changed = [];
  const { desk } = await page({
    worker: {
      changeMember: async (wanted) => {
        changed.push(wanted);
        return sessionOf("coordinator");
      },
    },
  });
  press("Bea", "change");
  await waitFor(() => assert.ok(part("change-form")));
  const role = part("change-form").querySelector("select");
  role.value = "places";
  fireEvent.change(role);
  fireEvent.submit(part("change-form"));
  assert.match(
    await answer(desk, true),
    /Now, as Caseworker:Reports of Early help.*Then, as Places and helplines:No report.*become free for the others/,
  );
  await waitFor(() => assert.deepEqual(changed, [{ id: "bea", role: "places", teams: [] }]));
});

test("of somebody who stays in their teams nothing becomes free", async () => {
  const { desk } = await page();
  press("Bea", "change");
  await waitFor(() => assert.ok(part("change-form")));
  const role = part("change-form").querySelector("select");
  role.value = "coordinator";
  fireEvent.change(role);
  fireEvent.submit(part("change-form"));
  assert.doesNotMatch(await answer(desk, false), /become free|one person alone/);
});

test("who is left alone in a team is told before somebody leaves it, and on the page from then on", async () => {
  const { desk } = await page();
  assert.equal(part("alone"), null);
  press("Bea", "remove");
  assert.match(await answer(desk, false), /Then one person alone can open reports of Early help/);
  cleanup();
  await page({ staff: { ...STAFF, members: STAFF.members.slice(0, 1) } });
  assert.match(part("alone").textContent, /^One person alone can open reports of Early help/);
});

test("with two others in the team nobody is left alone", async () => {
  const [ada, bea] = STAFF.members;
  const { desk } = await page({ staff: { ...STAFF, members: [ada, bea, { ...bea, id: "cyd", name: "Cyd" }] } });
  press("Bea", "remove");
  assert.doesNotMatch(await answer(desk, false), /one person alone/);
});

test("the last who reads a team is not removed, and it is said what to do", async () => {
  const { desk } = await page({
    worker: {
      removeMember: async () => {
        throw new TroubleError("last-reader");
      },
    },
  });
  press("Bea", "remove");
  await answer(desk, true);
  await waitFor(() => assert.match(row("Bea").textContent, /the last who can open.*Let somebody else into that team/));
});

test("a lost second factor gives a code to say", async () => {
  const { desk, asked } = await page({
    answers: { "POST /members/bea/reset-second-factor": { code: "ABCDE-FGHJK", until: "2026-11-24T09:00Z" } },
  });
  press("Bea", "reset");
  await answer(desk, true);
  await waitFor(() => assert.match(part("reset-code").textContent, /ABCDE-FGHJK/));
  assert.ok(asked.some(({ path }) => path === "/members/bea/reset-second-factor"));
});

test("a link is made for a name, and shown until it was given", async () => {
  const made = [];
  await page({
    worker: {
      invite: async (typed) => {
        made.push(typed);
        return { secret: "SECRET" };
      },
    },
  });
  document.querySelector("#invite-name").value = " Cyd ";
  fireEvent.click(part("invite").querySelector("input[type=checkbox]"));
  fireEvent.submit(part("invite"));
  await waitFor(() => assert.match(part("address").textContent, /\/staff\/en\/join\/$/));
  assert.equal(part("secret").textContent, "SECRET");
  assert.deepEqual(made, [{ name: "Cyd", role: "caseworker", teams: [TEAM], days: 3 }]);
  fireEvent.click(part("close-link"));
  await waitFor(() => assert.ok(part("link") === null));
});

test("nobody is invited by a name that cannot be typed again", async () => {
  await page({ worker: { invite: async () => assert.fail("it was sent") } });
  for (const [name, wanted] of [
    ["Cyd\u200b", /cannot be seen/],
    [" ", /Write a name/],
    ["\ufdfa".repeat(26), /too long/],
  ]) {
    document.querySelector("#invite-name").value = name;
    fireEvent.submit(part("invite"));
    await waitFor(() => assert.match(document.querySelector("#invite-name-error").textContent, wanted));
  }
});

test("nobody is let in without the words, or with others", async () => {
  const typed = [];
  await page({
    invitations: [invited({ answered: true, public_key: "AA", proof: "AA" })],
    worker: {
      letIn: async (_id, words) => {
        typed.push(words);
        throw new TroubleError("check-words");
      },
    },
  });
  fireEvent.submit(part("check"));
  await waitFor(() => assert.match(document.querySelector("#words-inv-error").textContent, /Nobody is let in/));
  assert.deepEqual(typed, []);
  await waitFor(() => assert.equal(part("check").querySelector("button").getAttribute("aria-disabled"), null));
  document.querySelector("#words-inv").value = "one two three";
  fireEvent.submit(part("check"));
  await waitFor(() => assert.match(document.querySelector("#words-inv-error").textContent, /not the words/));
  assert.deepEqual(typed, ["one two three"]);
});

test("a link that was not used yet can be cancelled", async () => {
  const { desk, asked } = await page({ invitations: [invited()], answers: { "POST /invitations/inv/cancel": 204 } });
  assert.ok(part("check") === null);
  fireEvent.click(part("cancel"));
  await answer(desk, true);
  await waitFor(() => assert.ok(asked.some(({ path }) => path === "/invitations/inv/cancel")));
});
