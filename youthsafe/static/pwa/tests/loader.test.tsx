/** The tests of what is drawn: TSX is loaded, there is a document, and it is empty again in the next test. */
import assert from "node:assert/strict";
import test from "node:test";
import "./dom.ts";
import { fireEvent, render, screen } from "@testing-library/preact";
import { useState } from "preact/hooks";

function Counter() {
  const [count, setCount] = useState(0);
  return (
    <button type="button" onClick={() => setCount(count + 1)}>
      {count} times
    </button>
  );
}

test("a component is drawn, and drawn again when its state changes", async () => {
  render(<Counter />);
  fireEvent.click(screen.getByRole("button"));
  assert.ok(await screen.findByText("1 times"));
});

test("the document is empty when a test begins", () => assert.equal(document.body.textContent, ""));
