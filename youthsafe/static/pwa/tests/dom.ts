/** A document for the unit tests of what is drawn: import this before what draws. It is emptied after each test. */
import { afterEach } from "node:test";
import { Window } from "happy-dom";

const REPLACED = ["CustomEvent", "Event", "EventTarget", "navigator"];

const window = new Window({ url: "http://localhost/" });
const own = new Set(Object.getOwnPropertyNames(globalThis));
for (const name of Object.getOwnPropertyNames(window)) {
  if (own.has(name) && !REPLACED.includes(name)) continue;
  Object.defineProperty(globalThis, name, { value: Reflect.get(window, name), configurable: true, writable: true });
}
Object.assign(globalThis, { self: globalThis, window: globalThis });

const { cleanup } = await import("@testing-library/preact");
afterEach(cleanup);
