/** The sheet for schools: the pin is the key worker's, the school's name is in no address, and one press prints. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../../tests/dom.ts";
import { fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { atDesk, isShown, part } from "../../../../tests/desk_member.ts";
import { pinIn } from "../../../trust/bundle.ts";
import { TroubleError } from "../../trouble.ts";
import { pinnedAddress, View } from "./view.tsx";

const PIN = "A".repeat(43);

async function page(pin = async () => PIN) {
  const { desk, keyWorker, asked } = await atDesk({ below: "school-sheet/", role: "coordinator" });
  keyWorker.pin = pin;
  render(<View desk={desk} visit={desk.visit.value} />);
  return { asked };
}

test("the address carries the pin where the report form takes it from", () => {
  const address = pinnedAddress("https://a.test", "pl", PIN);
  assert.equal(pinIn(new URL(address).hash), PIN);
  assert.equal(new URL(address).pathname, "/pl/report/");
});

test("a school's name stands on the sheet, and nothing is asked of the server", async () => {
  const { asked } = await page();
  await waitFor(() => assert.ok(part("sheet")));
  fireEvent.input(screen.getByLabelText("School"), { target: { value: " Hillside School " } });
  await waitFor(() => assert.equal(part("sheet-school").textContent, "Hillside School"));
  assert.deepEqual(asked, []);
  assert.match(part("sheet").textContent, /This page is not the one you knew/);
});

test("without keys there is nothing to print", async () => {
  await page(() => Promise.reject(new TroubleError("server")));
  await waitFor(() => assert.match(part("trouble").textContent, /Something went wrong/));
  assert.equal(part("sheet"), null);
  assert.equal(isShown(part("print")), false);
});
