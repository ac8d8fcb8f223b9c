/** Joining: the secret is pasted, and each step comes only after the one before. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../../tests/dom.ts";
import { fireEvent, render, waitFor } from "@testing-library/preact";
import { atDesk, part } from "../../../../tests/desk_member.ts";
import { TroubleError } from "../../trouble.ts";
import { View } from "./view.tsx";

const OFFER = {
  member: "AAAAAAAAAAAAAAAAAAAAAA",
  name: "Amina",
  role: "caseworker",
  until: "2026-11-26T09:00Z",
  app: { secret: "ABCDEFGH", address: "otpauth://totp/YouthSafe:Amina?secret=ABCDEFGH" },
  question: { challenge: "AA", site: "localhost" },
};
const WORDS = { words: ["one", "two", "three", "four", "five", "six"], places: [1, 4, 6] };

const SECRET = "S".repeat(43);

const paste = (text = SECRET) => {
  document.querySelector("#secret").value = text;
  fireEvent.submit(part("paste"));
};

async function page(worker = {}) {
  const asked = [];
  const member = await atDesk({ below: "join/" });
  Object.assign(member.keyWorker, {
    lookAtInvitation: async (line) => {
      asked.push(line);
      return OFFER;
    },
    joiningWords: async () => WORDS,
    checkJoiningWords: async () => null,
    answerInvitation: async (chosen) => {
      asked.push(chosen);
      return { codes: ["ABCDE-FGHJK"], said: ["alpha", "beta", "gamma"] };
    },
    ...worker,
  });
  render(<View desk={member.desk} visit={member.visit} />);
  return { ...member, asked };
}

const idle = () => waitFor(() => assert.ok(document.querySelector("[aria-disabled]") === null));

const PASTED = {
  "the secret alone": SECRET,
  "both lines": ` https://example.org/staff/en/join/ ${SECRET} `,
  "both lines, of which a browser made one": `https://example.org/staff/en/join/${SECRET}`,
};
for (const [name, text] of Object.entries(PASTED)) {
  test(`${name} can be pasted`, async () => {
    const { asked } = await page();
    paste(text);
    await waitFor(() => assert.ok(part("offer")));
    assert.deepEqual(asked, [SECRET]);
    assert.ok(part("paste") === null);
  });
}

test("what is not all of the secret is said at the field, and nothing is asked", async () => {
  const { asked } = await page();
  const said = (wanted) => waitFor(() => assert.match(document.querySelector("#secret-error").textContent, wanted));
  paste("  ");
  await said(/Paste the secret first/);
  for (const text of [SECRET.slice(1), `${SECRET}S`, `https://example.org/staff/en/join/`]) {
    paste(text);
    await said(/not all of it/);
  }
  assert.deepEqual(asked, []);
});

test("where a secret is not good another can be pasted", async () => {
  let good = false;
  const lookAtInvitation = async () => {
    if (!good) throw new TroubleError("invitation");
    return OFFER;
  };
  await page({ lookAtInvitation });
  paste();
  await waitFor(() => assert.match(part("trouble").textContent, /not good, or not any more/));
  good = true;
  await idle();
  paste();
  await waitFor(() => assert.ok(part("offer")));
});

test("offer, words, second factor, codes and the words to say come one after another", async () => {
  const { asked } = await page();
  paste();
  await waitFor(() => assert.match(part("offer").textContent, /invited as Amina.*Caseworker/));
  await idle();
  fireEvent.click(part("begin"));
  await waitFor(() => assert.match(part("six-words").textContent, /onetwo/));
  fireEvent.click(part("written"));
  await waitFor(() => assert.ok(part("typed-back")));
  await idle();
  fireEvent.submit(part("typed-back"));
  await waitFor(() => assert.ok(part("app")));
  assert.doesNotMatch(document.body.textContent, /onetwo/);
  await idle();
  document.querySelector("#app-code").value = "123456";
  fireEvent.submit(part("app"));
  await waitFor(() => assert.match(part("recovery-codes").textContent, /ABCDE-FGHJK/));
  fireEvent.click(part("have-codes"));
  await waitFor(() => assert.match(part("check-words").textContent, /alphabetagamma/));
  assert.deepEqual(asked.at(-1), { code: "123456" });
  assert.equal(part("sign-in").getAttribute("href"), "/staff/en/");
});

for (const [kind, said] of [
  ["invitation", /not good, or not any more/],
  ["invitation-used", /used already/],
  ["offer", /was not offered by who made your link/],
]) {
  test(`a link that is ${kind} is said in words, and nothing goes on`, async () => {
    await page({
      lookAtInvitation: async () => {
        throw new TroubleError(kind);
      },
    });
    paste();
    await waitFor(() => assert.match(part("trouble").textContent, said));
    assert.ok(part("begin") === null);
    assert.ok(part("paste"), "another can be pasted");
  });
}
