/** A new second factor after the old one was taken away: nothing else can be done before. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../tests/dom.ts";
import { fireEvent, render, waitFor } from "@testing-library/preact";
import { atDesk, part, sessionOf } from "../../../tests/desk_member.ts";
import { Enrol } from "./enrol.tsx";

const APP = { secret: "ABCDEFGH", address: "otpauth://totp/YouthSafe:Ada?secret=ABCDEFGH&issuer=YouthSafe" };

async function enrolling(answers) {
  const member = await atDesk({ answers: { "POST /account/app": APP, ...answers } });
  member.desk.enrol({ id: "me", name: "Ada" });
  member.keyWorker.finishEnrolling = async () => sessionOf();
  render(<Enrol desk={member.desk} id="me" name="Ada" />);
  await waitFor(() => assert.ok(part("app")));
  return member;
}

const type = (code) => {
  document.querySelector("#app-code").value = code;
  fireEvent.submit(part("app"));
};

test("the secret is a picture and a text, and a code of it opens the desk after the recovery codes", async () => {
  const { desk, asked } = await enrolling({
    "POST /account/app/confirm": 204,
    "POST /account/recovery-codes": { codes: ["ABCDE-FGHJK"] },
  });
  assert.ok(document.querySelector("svg.qr"));
  assert.match(part("app").textContent, /ABCD EFGH/);
  type("123 456");
  await waitFor(() => assert.match(part("recovery-codes").textContent, /ABCDE-FGHJK/));
  assert.deepEqual(asked.find(({ path }) => path === "/account/app/confirm").body, { code: "123456" });
  fireEvent.click(part("have-codes"));
  await waitFor(() => assert.equal(desk.state.value.kind, "open"));
});

test("a code that is wrong is said at its field", async () => {
  await enrolling({ "POST /account/app/confirm": 400 });
  type("12345");
  await waitFor(() => assert.match(document.querySelector("#app-code-error").textContent, /Write the six digits/));
  type("123456");
  await waitFor(() => assert.match(document.querySelector("#app-code-error").textContent, /Nothing was saved/));
});

test("a session that is over asks for both factors again", async () => {
  const { desk } = await enrolling({ "POST /account/app/confirm": 401 });
  type("123456");
  await waitFor(() => assert.equal(desk.state.value.kind, "signed-out"));
});
