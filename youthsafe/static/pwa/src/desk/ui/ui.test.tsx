/** What every part of the kit promises to whoever sees it, hears it or presses it. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../tests/dom.ts";
import { fireEvent, render, screen, within } from "@testing-library/preact";
import { Badge } from "./badge.tsx";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { EmptyState } from "./empty_state.tsx";
import { Field } from "./field.tsx";
import { Heading } from "./heading.tsx";
import { Intact } from "./intact.tsx";
import { Notice } from "./notice.tsx";
import { Progress } from "./progress.tsx";
import { QrCode } from "./qr_code.tsx";
import { Table } from "./table.tsx";

const field = (more = {}) => (
  <Field id="code" label="Six digits" hint="From your app" control={(props) => <input {...props} />} {...more} />
);

test("a field is found by its label and described by its hint", () => {
  render(field());
  const input = screen.getByLabelText("Six digits");
  const described = input.getAttribute("aria-describedby").split(" ");
  assert.ok(described.some((id) => document.getElementById(id)?.textContent === "From your app"));
  assert.equal(input.getAttribute("aria-invalid"), null);
});

test("what is wrong with a field is said at it, and it is marked", () => {
  render(field({ error: "Write the six digits." }));
  const input = screen.getByLabelText("Six digits");
  assert.equal(input.getAttribute("aria-invalid"), "true");
  assert.ok(input.getAttribute("aria-describedby").includes("code-error"));
  assert.equal(document.getElementById("code-error").textContent, "Write the six digits.");
});

test("every description that a field names is on the page", () => {
  render(field({ note: "1,500 left" }));
  for (const id of screen.getByLabelText("Six digits").getAttribute("aria-describedby").split(" ")) {
    assert.ok(document.getElementById(id), id);
  }
});

test("a button that is busy does nothing and keeps the focus", () => {
  let presses = 0;
  const { rerender } = render(<Button onPress={() => (presses += 1)}>Claim</Button>);
  const button = screen.getByRole("button", { name: "Claim" });
  button.focus();
  fireEvent.click(button);
  rerender(
    <Button busy onPress={() => (presses += 1)}>
      Claim
    </Button>,
  );
  fireEvent.click(button);
  assert.equal(presses, 1);
  assert.equal(button.getAttribute("aria-disabled"), "true");
  assert.ok(document.activeElement === button);
});

test("a button sends a form only when it is made for it", () => {
  render(
    <>
      <Button>Plain</Button>
      <Button sends>Send</Button>
    </>,
  );
  assert.equal(screen.getByText("Plain").getAttribute("type"), "button");
  assert.equal(screen.getByText("Send").getAttribute("type"), "submit");
});

const question = (onAnswer) => (
  <Dialog name="confirm-close" title="Close it?" yes="Close" no="Keep it" onAnswer={onAnswer}>
    <p>It can be opened again.</p>
  </Dialog>
);

test("a dialog is named by its question, and each answer is told once", () => {
  const answers = [];
  const { unmount } = render(question((yes) => answers.push(yes)));
  const dialog = document.querySelector("dialog");
  assert.equal(document.getElementById(dialog.getAttribute("aria-labelledby")).textContent, "Close it?");
  assert.ok(dialog.open);
  fireEvent.click(within(dialog).getByText("Close"));
  assert.deepEqual(answers, [true]);
  unmount();
});

test("a dialog that is closed in any other way means no", () => {
  const answers = [];
  render(question((yes) => answers.push(yes)));
  document.querySelector("dialog").close();
  assert.deepEqual(answers, [false]);
});

test("a badge, an empty state and a table say what they hold in words", () => {
  render(
    <>
      <Badge kind="urgent">In danger now</Badge>
      <EmptyState name="mine">Nothing here.</EmptyState>
      <Table caption="Reports" columns={["Month", "Count"]} rows={[{ key: "1", heading: "May", cells: ["7"] }]} />
    </>,
  );
  assert.equal(screen.getByText("In danger now").className, "badge urgent");
  assert.equal(document.querySelector('[data-empty="mine"]').textContent, "Nothing here.");
  assert.equal(document.querySelector("caption").textContent, "Reports");
  const headings = [...document.querySelectorAll("th")].map((each) => [each.getAttribute("scope"), each.textContent]);
  assert.deepEqual(headings, [
    ["col", "Month"],
    ["col", "Count"],
    ["row", "May"],
  ]);
  assert.equal(document.querySelector("td").textContent, "7");
});

test("an alert stands on the page before it has words, so that they are read out when they come", () => {
  const { rerender } = render(<Notice alert kind="warn" />);
  const alert = document.querySelector("[role=alert]");
  assert.equal(alert.hidden, true);
  rerender(
    <Notice alert kind="warn">
      No signal.
    </Notice>,
  );
  assert.ok(document.querySelector("[role=alert]") === alert);
  assert.deepEqual([alert.hidden, alert.textContent], [false, "No signal."]);
});

test("an alert of several sentences is not seen while none of them is said", () => {
  const alert = (first, second) => (
    <Notice alert kind="warn">
      {first && "Nothing was changed."}
      {second && "No signal."}
    </Notice>
  );
  const { rerender } = render(alert(false, null));
  assert.equal(document.querySelector("[role=alert]").hidden, true);
  rerender(alert(false, true));
  assert.equal(document.querySelector("[role=alert]").hidden, false);
});

test("a sentence of a notice stays together, whatever stands in it", () => {
  render(<Notice>{["Still to do: ", <bdi key="count">4</bdi>, "."]}</Notice>);
  const { children } = document.querySelector(".notice");
  assert.equal(children.length, 1);
  assert.equal(children[0].textContent, "Still to do: 4.");
});

test("progress is read out without taking the focus", () => {
  render(<Progress>One moment</Progress>);
  assert.equal(screen.getByRole("status").textContent, "One moment");
});

test("a heading takes the focus only where its view comes in the place of another", () => {
  const { unmount } = render(<Heading focus={false}>First</Heading>);
  assert.notEqual(document.activeElement?.tagName, "H1");
  unmount();
  render(<Heading focus>Second</Heading>);
  assert.equal(document.activeElement.textContent, "Second");
});

test("a part that cannot be drawn takes no other with it, and it is known", async () => {
  let failures = 0;
  const Broken = () => {
    throw new RangeError("no such date");
  };
  render(
    <>
      <Intact of="one" onFailure={() => (failures += 1)}>
        <Broken />
      </Intact>
      <p>The rest</p>
    </>,
  );
  assert.ok(await screen.findByText("The rest"));
  assert.equal(failures, 1);
});

test("a QR code says what it is for, and has its quiet zone and its three corners", () => {
  render(<QrCode text="otpauth://totp/x?secret=ABC" label="For your app" />);
  const code = screen.getByRole("img", { name: "For your app" });
  const [, , side] = code.getAttribute("viewBox").split(" ").map(Number);
  const dark = code.querySelector(".qr-dark").getAttribute("d");
  for (const [x, y] of [
    [0, 0],
    [side - 9, 0],
    [0, side - 9],
  ])
    assert.ok(dark.includes(`M${x} ${y}h1`), `${x} ${y}`);
});
