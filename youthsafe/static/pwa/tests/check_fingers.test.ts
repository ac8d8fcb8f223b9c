/** The hand of help: a name or a role for each finger, and none of them stays when the page is left. */
import "./dom.ts";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Fingers } from "../src/check/fingers.ts";
import { all, one } from "../src/lib/dom.ts";

const boxes = () => all(document, "input").flatMap((each) => (each instanceof HTMLInputElement ? [each] : []));
const lit = () => all(document, "[data-lit]").map((each) => each.dataset.tip);

function write(place: number, text: string) {
  const box = boxes()[place] ?? assert.fail("no such finger");
  box.value = text;
  box.dispatchEvent(new Event("input"));
}

beforeEach(() => {
  const finger = (place: number) =>
    `<li data-finger="${place}"><input><button data-idea>Gran</button><button data-idea> Line <bdi>1</bdi> </button></li>`;
  document.body.innerHTML = `<main><b data-tip="1"></b><b data-tip="2"></b><ol>${finger(1)}${finger(2)}</ol></main>`;
  new Fingers(one(document, "main"));
});

test("a finger has light while somebody stands on it", () => {
  write(1, "Ms Example");
  assert.deepEqual(lit(), ["2"]);
  write(1, "  ");
  assert.deepEqual(lit(), []);
});

test("an idea that is tapped stands in the box of its own finger", () => {
  all(document, "[data-idea]")[1]?.click();
  assert.deepEqual(
    boxes().map((box) => box.value),
    ["Line 1", ""],
  );
  assert.deepEqual(lit(), ["1"]);
});

for (const left of ["pagehide", "youthsafe:leave"])
  test(`nothing is left of it after ${left}`, () => {
    write(0, "Gran");
    write(1, "Ms Example");
    dispatchEvent(new Event(left));
    assert.deepEqual(
      boxes().map((box) => box.value),
      ["", ""],
    );
    assert.deepEqual(lit(), []);
  });
