/** Referrals on a case card: to whom, and with or without a receipt. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../../tests/dom.ts";
import { fireEvent, waitFor } from "@testing-library/preact";
import { entryOf, part } from "../../../../tests/desk_member.ts";
import { cardPage, field, lines, saveCard } from "../../../../tests/report_page.tsx";

const said = (name) => part(name)?.textContent ?? "";
const refer = (to) => fireEvent.change(field("referral"), { target: { value: to } });
const receipt = (at, value) => fireEvent.input(field(`receipt-${at}`), { target: { value } });
const referred = (referrals) => entryOf(1, { state: { referrals }, changed: { referrals } });

test("a referral is noted before there is a receipt, and the receipt when it comes", async () => {
  const { sent, ofCard } = await cardPage();
  refer("mash");
  await waitFor(() => assert.ok(field("receipt-0")));
  refer("police");
  await waitFor(() => assert.ok(field("receipt-1")));
  receipt(1, "CAD 4711");
  saveCard();
  await waitFor(() => assert.equal(sent.length, 1));
  assert.deepEqual(sent[0].changes, { referrals: "mash\npolice CAD 4711" });
  assert.equal(ofCard.written, "saved");
});

test("the head of the report says what was referred, and that a receipt is missing", async () => {
  await cardPage({ entries: [referred("mash\npolice CAD 4711")] });
  assert.match(said("standing"), /Referred to Children’s social care \(MASH\), no receipt yet/);
  assert.match(said("standing"), /Referred to The police, receipt CAD 4711/);
  assert.match(lines()[0], /no receipt yet.*receipt CAD 4711/);
});

test("a receipt that is wiped, and a referral that was none, are taken back by a later entry", async () => {
  const { sent } = await cardPage({ entries: [referred("mash 12\npolice")] });
  receipt(0, " ");
  fireEvent.click(document.querySelectorAll('[data-part="not-referred"]')[1]);
  await waitFor(() => assert.ok(field("receipt-1") === null));
  saveCard();
  await waitFor(() => assert.deepEqual(sent[0]?.changes, { referrals: "mash" }));
});
