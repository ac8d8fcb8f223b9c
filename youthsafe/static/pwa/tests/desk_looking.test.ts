import assert from "node:assert/strict";
import test from "node:test";

import { Looking } from "../src/desk/reports/looking.ts";

/** A server with one report, that remembers what it was asked. */
function server(report = { id: "a", answers: 0, follow_ups: 0, state: "new" }) {
  const asked = [];
  const sealed = () => ({
    ...report,
    envelope: "sealed",
    messages: Array(report.answers + report.follow_ups).fill("sealed"),
  });
  const summary = async (id) => {
    asked.push(`summary of ${id}`);
    return { ...report };
  };
  const opened = async (id) => {
    if (source.offline) throw new Error("offline");
    asked.push(`${id} opened`);
    report.state = "open";
    return sealed();
  };
  const source = { summary, opened, offline: false };
  return { report, asked, source, looking: new Looking(source) };
}

test("what is sealed comes only by the request that is written in the trail", async () => {
  const { asked, looking } = server();
  assert.equal((await looking.at("a")).envelope, "sealed");
  assert.deepEqual(asked, ["a opened"]);
});

test("a report that nobody wrote in since is not asked for again, and its facts are new", async () => {
  const { asked, looking, report } = server();
  await looking.at("a");
  report.state = "closed";
  const { state, envelope } = await looking.at("a");
  assert.deepEqual([state, envelope], ["closed", "sealed"]);
  assert.deepEqual(asked, ["a opened", "summary of a"]);
});

test("a message that was added since is fetched, and that is written in the trail too", async () => {
  for (const side of ["answers", "follow_ups"]) {
    const { asked, looking, report } = server();
    await looking.at("a");
    report[side] += 1;
    assert.equal((await looking.at("a")).messages.length, 1);
    assert.deepEqual(asked, ["a opened", "summary of a", "a opened"]);
  }
});

test("another report in between is opened for itself", async () => {
  const { asked, looking } = server();
  await looking.at("b");
  await looking.at("a");
  assert.deepEqual(asked, ["b opened", "a opened"]);
});

test("two looks at once open it once", async () => {
  const { asked, looking } = server();
  await Promise.all([looking.at("a"), looking.at("a")]);
  assert.deepEqual(asked, ["a opened", "summary of a"]);
});

test("a look that failed keeps nobody from the next", async () => {
  const { asked, looking, source } = server();
  source.offline = true;
  await assert.rejects(looking.at("a"));
  source.offline = false;
  await looking.at("a");
  assert.deepEqual(asked, ["a opened"]);
});
