/** Names of a made-up story, changed before a class. */
import "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";

import { Names } from "../src/teach/names.ts";

const PAGE = `
  <div data-names><label>Sami <input data-name="Sami"></label><input data-name="Samiego"></div>
  <h3>Historia: Sami w parku</h3><p>Wszyscy patrzą na Samiego. „Sami!” Samira też.</p><p>சாமிக்கு</p>`;

function page() {
  const root = document.createElement("div");
  root.innerHTML = PAGE;
  const said: string[][] = [];
  const names = new Names(root, (given) => said.push([...given].flat()));
  const type = (name: string, text: string) => {
    const field = root.querySelector<HTMLInputElement>(`[data-name="${name}"]`);
    assert.ok(field);
    field.value = text;
    field.dispatchEvent(new Event("input"));
  };
  const text = (selector: string) => root.querySelector(selector)?.textContent;
  return { names, said, type, text };
}

test("a name is changed wherever it stands as a word of its own, and each form by itself", () => {
  const { type, text } = page();
  type("Sami", " Adam ");
  assert.equal(text("h3"), "Historia: Adam w parku");
  assert.equal(text("p"), "Wszyscy patrzą na Samiego. „Adam!” Samira też.");
  type("Samiego", "Adama");
  assert.equal(text("p"), "Wszyscy patrzą na Adama. „Adam!” Samira też.");
});

test("what stands beside the fields stays, and an empty field brings the written name back", () => {
  const { type, text } = page();
  type("Sami", "Adam");
  assert.equal(text("label")?.trim(), "Sami");
  type("Sami", "");
  assert.equal(text("h3"), "Historia: Sami w parku");
});

test("the other window hears of the names, and takes them", () => {
  const { said, type } = page();
  type("Sami", "Adam");
  assert.deepEqual(said, [["Sami", "Adam", "Samiego", ""]]);
  const other = page();
  other.names.write(new Map([["சாமிக்கு", "ரவிக்கு"]]));
  assert.equal(other.text("p:last-child"), "ரவிக்கு");
  assert.deepEqual(other.said, []);
});
