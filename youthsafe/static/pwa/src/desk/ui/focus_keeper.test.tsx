/** The focus is never back at the top of the page: what is wrong has it, or the heading above what is gone. */
import assert from "node:assert/strict";
import test from "node:test";
import "../../../tests/dom.ts";
import { fireEvent, render, screen, waitFor } from "@testing-library/preact";
import { Field } from "./field.tsx";
import { FocusKeeper } from "./focus_keeper.ts";

const field = (name, error = "") => (
  <Field id={name} label={name} error={error} control={(props) => <input {...props} />} />
);

const form = (errors = {}) => (
  <form aria-label="Names" onSubmit={(event) => event.preventDefault()}>
    {field("first", errors.first)}
    {field("second", errors.second)}
    <button type="submit">Go on</button>
  </form>
);

const panels = (gone = false) => (
  <section>
    <h1>My account</h1>
    <h2>Your six words</h2>
    {gone ? <p>Six words</p> : <button type="button">Make new words</button>}
    <h2>Passkeys</h2>
    <button type="button">Add a passkey</button>
  </section>
);

function kept(shown) {
  const drawn = render(shown);
  new FocusKeeper(drawn.container);
  return drawn;
}

const focused = (name) =>
  waitFor(() => assert.equal(document.activeElement.id || document.activeElement.textContent, name));

test("whoever sent a form is taken to the first field that is wrong, and again when it still is", async () => {
  const { rerender } = kept(form());
  const button = screen.getByRole("button");
  button.focus();
  fireEvent.submit(screen.getByRole("form"));
  rerender(form({ second: "Too long.", first: "Write it." }));
  await focused("first");
  button.focus();
  fireEvent.submit(screen.getByRole("form"));
  await focused("first");
});

test("nobody is taken out of a field where they write, whatever becomes wrong meanwhile", async () => {
  const { rerender } = kept(form());
  fireEvent.submit(screen.getByRole("form"));
  screen.getByLabelText("second").focus();
  rerender(form({ first: "Write it." }));
  await new Promise((resolve) => setTimeout(resolve));
  await focused("second");
});

test("where what had the focus is gone, the nearest heading above it has it", async () => {
  const { rerender } = kept(panels());
  screen.getByRole("button", { name: "Make new words" }).focus();
  rerender(panels(true));
  await focused("Your six words");
});

test("the heading of another row is above nothing but its own row", async () => {
  const people = (names) => (
    <section>
      <h2>Who is here</h2>
      <ul>
        {names.map((name) => (
          <li key={name}>
            <h3>{name}</h3>
            <button type="button">Remove {name}</button>
          </li>
        ))}
      </ul>
    </section>
  );
  const { rerender } = kept(people(["Ada", "Amina"]));
  screen.getByRole("button", { name: "Remove Amina" }).focus();
  rerender(people(["Ada"]));
  await focused("Who is here");
});

test("where something else is gone, the focus stays", async () => {
  const { rerender } = kept(panels());
  screen.getByRole("button", { name: "Add a passkey" }).focus();
  rerender(panels(true));
  await new Promise((resolve) => setTimeout(resolve));
  await focused("Add a passkey");
});

test("what takes the focus by itself keeps it", async () => {
  const Taking = () => (
    <h3 tabIndex={-1} ref={(heading) => heading?.focus()}>
      Step 2
    </h3>
  );
  const { rerender } = kept(panels());
  screen.getByRole("button", { name: "Make new words" }).focus();
  rerender(
    <>
      {panels(true)}
      <Taking />
    </>,
  );
  await focused("Step 2");
});
