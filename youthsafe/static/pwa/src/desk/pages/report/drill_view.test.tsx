/** A drill that was opened: it says so, asks for nothing, and one press ends it. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../../tests/dom.ts";
import { fireEvent, waitFor } from "@testing-library/preact";
import { openedOf, part } from "../../../../tests/desk_member.ts";
import { box, ID, offered, page } from "../../../../tests/report_page.tsx";

const DRILL = openedOf(ID, { drill: true, wantsReply: false, answerable: false });
const DONE = `/reports/${ID}/drill/done`;

test("it says that it was a drill, and offers neither claim nor answer nor card", async () => {
  await page(DRILL);
  assert.match(part("drill").textContent, /This was a drill.*nothing to do/);
  assert.deepEqual([offered(), box(), part("answers")], [[], null, null]);
});

test("one press takes it away and leads back to the list", async () => {
  const { asked } = await page(DRILL, { answers: { [`POST ${DONE}`]: () => ({}) } });
  fireEvent.click(part("drill-done"));
  await waitFor(() => assert.equal(location.pathname, "/staff/en/inbox/"));
  assert.equal(asked.filter(({ path }) => path === DONE).length, 1);
});

test("where a colleague was done with it before, the list comes all the same", async () => {
  await page(DRILL, { answers: { [`POST ${DONE}`]: 404 } });
  fireEvent.click(part("drill-done"));
  await waitFor(() => assert.equal(location.pathname, "/staff/en/inbox/"));
});

test("where the press did not arrive, that is said and the button stays", async () => {
  await page(DRILL, { answers: { [`POST ${DONE}`]: 500 } });
  fireEvent.click(part("drill-done"));
  await waitFor(() => assert.match(part("trouble").textContent, /went wrong|whether/));
  assert.ok(part("drill-done"));
});
