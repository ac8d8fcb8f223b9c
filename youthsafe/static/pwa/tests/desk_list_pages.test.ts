import assert from "node:assert/strict";
import test from "node:test";

import { ListPages } from "../src/desk/pages/inbox/list_pages.ts";

const SIZE = 2;

/** A server that gives a list in pages of two, and nothing to whoever has the same already. */
function server(ids) {
  const state = { ids, takenBack: [], asked: [], given: 0 };
  const look = async (path, tag) => {
    state.asked.push(path);
    const after = new URLSearchParams(path.split("?")[1]).get("after");
    const from = after === null ? 0 : state.ids.indexOf(after) + 1;
    const reports = state.ids.slice(from, from + SIZE).map((id) => ({ id }));
    const body = {
      reports,
      next: from + SIZE < state.ids.length ? reports.at(-1).id : null,
      stopped: null,
      taken_back: after === null ? state.takenBack : [],
    };
    const found = JSON.stringify(body);
    if (found === tag) return null;
    state.given += 1;
    return { tag: found, body };
  };
  return { state, look, pages: new ListPages(look, { state: "open" }) };
}
const ids = (pages) => pages.reports.map(({ id }) => id);

test("the first page is fetched, and another only when somebody asks for it", async () => {
  const { pages, state } = server(["a", "b", "c", "d", "e"]);
  await pages.refresh();
  assert.deepEqual([ids(pages), pages.goesOn, state.asked.length], [["a", "b"], true, 1]);
  await pages.more();
  assert.deepEqual([ids(pages), pages.goesOn], [["a", "b", "c", "d"], true]);
  await pages.more();
  assert.deepEqual([ids(pages), pages.goesOn], [["a", "b", "c", "d", "e"], false]);
});

test("a list begins with as many pages as somebody had looked at before", async () => {
  const { state } = server(["a", "b", "c", "d", "e"]);
  const { look } = server(state.ids);
  const pages = new ListPages(look, { state: "open" }, 2);
  await pages.refresh();
  assert.deepEqual([ids(pages), pages.count], [["a", "b", "c", "d"], 2]);
});

test("an older look that comes back after one more page was asked for takes nothing away", async () => {
  const { look } = server(["a", "b", "c", "d", "e"]);
  const held = [];
  const slow = async (path, tag) => {
    if (held.length < 2 && tag) await new Promise((resolve) => held.push(resolve));
    return look(path, tag);
  };
  const pages = new ListPages(slow, { state: "open" });
  await pages.refresh();
  const [older, newer] = [pages.refresh(), pages.more()];
  held[1]();
  assert.equal(await newer, true);
  held[0]();
  assert.equal(await older, false);
  assert.deepEqual(ids(pages), ["a", "b", "c", "d"]);
});

test("looking again at what did not change is given nothing", async () => {
  const { pages, state } = server(["a", "b", "c"]);
  await pages.more();
  await pages.more();
  const { given } = state;
  await pages.refresh();
  assert.deepEqual([ids(pages), state.given - given], [["a", "b", "c"], 0]);
});

test("what moved from one page to another stands there once", async () => {
  const { pages, state } = server(["a", "b", "c", "d"]);
  await pages.more();
  await pages.more();
  state.ids = ["new", "a", "b", "c", "d"];
  await pages.refresh();
  assert.deepEqual(ids(pages), ["new", "a", "b", "c"]);
  state.ids = ["c", "d"];
  await pages.refresh();
  assert.deepEqual([ids(pages), pages.goesOn], [["c", "d"], false]);
});

test("what was taken back unread is known from the first page", async () => {
  const { pages, state } = server(["a", "b", "c"]);
  state.takenBack = [{ team: "t", hour: "2026-11-23T09:00Z", count: 1 }];
  await pages.refresh();
  assert.deepEqual(pages.takenBack, state.takenBack);
});
