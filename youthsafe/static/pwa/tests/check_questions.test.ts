/** A quiz for one pupil alone: one question at a time, and an answer that is tapped shows which is right and why. */
import "./dom.ts";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Questions } from "../src/check/questions.ts";
import { all, one } from "../src/lib/dom.ts";

const question = (name, right, current = "") => `
  <section class="question ${current}" data-question data-right="${right}">
    <h2 tabindex="-1">${name}</h2>
    <ol class="answers"><li>One <bdi>1</bdi></li><li>Two</li></ol>
    <p><b data-when="right" hidden>Yes</b><b data-when="other" hidden>Not that one</b></p>
    <details data-answer>why</details>
    <button data-next>Next</button>
  </section>`;
const section = (place) => all(document, "[data-question]")[place] ?? assert.fail("no such question");
const options = (place) => all(section(place), ".answers button");
const shown = () => all(document, ".current h2").map((each) => each.textContent);

beforeEach(() => {
  document.body.innerHTML = `<main>${question("First", 1, "current")}${question("Second", 0)}
    <section data-question><h2 tabindex="-1">The end</h2></section></main>`;
  new Questions(one(document, "main"));
});

test("every answer is a button that says all that stood there", () => {
  assert.deepEqual(
    options(0).map((each) => [each.textContent, each.getAttribute("type")]),
    [
      ["One 1", "button"],
      ["Two", "button"],
    ],
  );
});

test("a tap shows which is right, why, and whether it was this one; another tap shows that of the other", () => {
  options(0)[0]?.click();
  const [yes, other] = all(section(0), "[data-when]");
  assert.deepEqual([yes?.hidden, other?.hidden], [true, false]);
  assert.deepEqual(
    options(0).map((each) => [each.classList.contains("right"), each.getAttribute("aria-pressed")]),
    [
      [false, "true"],
      [true, "false"],
    ],
  );
  assert.equal(one(section(0), "details", HTMLDetailsElement).open, true);
  options(0)[1]?.click();
  assert.deepEqual([yes?.hidden, other?.hidden], [false, true]);
});

test("questions come one after another, read from their heading, and the last has nothing after it", () => {
  assert.deepEqual(shown(), ["First"]);
  one(section(0), "[data-next]").click();
  assert.deepEqual(shown(), ["Second"]);
  assert.equal(document.activeElement?.textContent, "Second");
  one(section(1), "[data-next]").click();
  assert.deepEqual(shown(), ["The end"]);
});
