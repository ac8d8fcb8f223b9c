/** Keys of the desk: what names one is used by it, and whoever types or is asked something is left alone. */
import assert from "node:assert/strict";
import test from "node:test";
import "./dom.ts";
import { fireEvent } from "@testing-library/preact";
import { followShortcuts, OFF, STORED } from "../src/desk/shortcuts.ts";

const asked = { help: 0 };
followShortcuts(() => {
  asked.help += 1;
});

function page(html) {
  const pressed = [];
  document.body.innerHTML = html;
  for (const button of document.querySelectorAll("button, a")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      pressed.push(button.id);
    });
  }
  return { pressed, find: (id) => document.getElementById(id) };
}

const press = (key, more = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, code: "", ...more });
const line = (id) => `<li data-report="${id}"><a id="${id}" data-part="link" href="/${id}">${id}</a></li>`;

test("a key presses the button that names it, follows the link, and goes to the field", () => {
  const { pressed, find } = page(`
    <a id="back" href="/" aria-keyshortcuts="Escape">all</a>
    <button id="claim" aria-keyshortcuts="t">claim</button><textarea id="answer" aria-keyshortcuts="r"></textarea>`);
  press("t");
  press("Escape");
  press("r");
  assert.deepEqual(pressed, ["claim", "back"]);
  assert.ok(document.activeElement === find("answer"));
});

test("what is hidden has no key, and nor has what names none", () => {
  const { pressed } = page(
    '<p hidden><button id="hidden" aria-keyshortcuts="t"></button></p><button id="other"></button>',
  );
  assert.equal(press("t"), true, "it is left to the browser");
  assert.deepEqual(pressed, []);
});

test("j and k go through a list and stop at its ends", () => {
  page(`<ul>${line("a")}${line("b")}</ul>`);
  const at = (key) => {
    press(key);
    return document.activeElement.id;
  };
  assert.deepEqual([at("j"), at("j"), at("j"), at("k"), at("k")], ["a", "b", "b", "a", "a"]);
});

test("whoever types is left alone, and Escape leaves the text", () => {
  const { pressed, find } = page('<button id="claim" aria-keyshortcuts="t"></button><textarea id="text"></textarea>');
  find("text").focus();
  press("t");
  assert.deepEqual(pressed, []);
  press("Escape");
  press("t");
  assert.deepEqual(pressed, ["claim"]);
});

test("a question above the page has the keys for itself, and so has the browser", () => {
  const { pressed } = page('<button id="claim" aria-keyshortcuts="t"></button>');
  press("t", { ctrlKey: true });
  document.body.append(Object.assign(document.createElement("dialog"), { open: true }));
  press("t");
  assert.deepEqual(pressed, []);
});

test("a keyboard of another script has the same keys", () => {
  const { pressed } = page('<button id="claim" aria-keyshortcuts="t"></button>');
  press("ف", { code: "KeyT" });
  assert.deepEqual(pressed, ["claim"]);
});

test("a question mark shows which keys there are, and one switch takes them all away", () => {
  const { pressed } = page('<button id="claim" aria-keyshortcuts="t"></button>');
  press("?");
  assert.equal(asked.help, 1);
  localStorage.setItem(STORED, OFF);
  press("?");
  press("t");
  assert.deepEqual([asked.help, pressed], [1, []]);
  localStorage.removeItem(STORED);
  press("t");
  assert.deepEqual(pressed, ["claim"]);
});
