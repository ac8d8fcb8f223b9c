/** Trail: what it says in words, what it checks, and what somebody takes away from it. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import "../../../../tests/dom.ts";
import { fireEvent, render, waitFor } from "@testing-library/preact";
import { atDesk, part } from "../../../../tests/desk_member.ts";
import { b64 } from "../../../crypto/bytes.ts";
import { entryHash, startHash } from "../../../crypto/trail.ts";
import { hexOf } from "./checking.ts";
import { tableText } from "./table_file.ts";
import { View } from "./view.tsx";

const id = (name) => new Uint8Array(createHash("sha256").update(name).digest().subarray(0, 16));
const [INSTANCE, OURS, ASHA, LEFT, REPORT, OTHER] = ["instance", "team", "asha", "left", "report", "other"].map(id);
const AT = Date.UTC(2026, 10, 23, 14, 2) / 1000;
const NAMES = {
  members: [{ id: b64(ASHA), name: "Asha", role: "coordinator", teams: [] }],
  teams: [{ id: b64(OURS), name: "Early help" }],
};

/** A trail as the server gives it, the newest first; each of `told` is [chain, action, actor, subject]. */
async function trailOf(told, { changed = () => null } = {}) {
  const newest = new Map();
  const entries = [];
  for (const [at, [chain, action, actor, subject]] of told.entries()) {
    const previous = newest.get(chain)?.hash ?? (await startHash(INSTANCE, chain));
    const hash = await entryHash(previous, { number: at + 1, at: AT + at, actor, action, subject });
    newest.set(chain, { hash, number: at + 1 });
    const of = (bytes) => (bytes ? b64(bytes) : null);
    entries.unshift({
      number: at + 1,
      chain: b64(chain),
      at: AT + at,
      actor: of(actor),
      action,
      subject: of(subject),
      previous: b64(previous),
      damaged: false,
    });
  }
  const heads = [...newest].map(([chain, { hash, number }]) => ({ chain: b64(chain), number, head: b64(hash) }));
  const given = { instance: b64(INSTANCE), heads, entries, next: null, people: [{ id: b64(LEFT), name: "Tom" }] };
  changed(given);
  return given;
}

const THREE = [
  [INSTANCE, "member.signed-in", ASHA, ASHA],
  [OURS, "report.opened", ASHA, REPORT],
  [OURS, "report.claimed", ASHA, REPORT],
  [OURS, "report.answered", ASHA, REPORT],
];

async function page(given, { role = "coordinator" } = {}) {
  const state = { given, pages: [] };
  const answer = () => state.pages.shift() ?? state.given;
  const member = await atDesk({ below: "trail/", role, answers: { "GET /trail": answer } });
  member.desk.session.teams = role === "auditor" ? {} : { [b64(OURS)]: { name: "Early help" } };
  member.keyWorker.staff = async () => NAMES;
  member.keyWorker.numbers = async (ids) => ids.map((each) => (each === b64(REPORT) ? "Heron 214" : "Kestrel 300"));
  return { ...member, state, open: () => open(member) };
}

async function open({ desk, visit }) {
  document.body.replaceChildren();
  render(<View desk={desk} visit={visit} />);
  await waitFor(() => assert.ok(part("entries")));
}

const lines = () => [...document.querySelectorAll("[data-entry] .row-open")].map(({ textContent }) => textContent);
const faults = () => [...document.querySelectorAll('[data-part="alarm"] li')].map(({ textContent }) => textContent);

async function opened(told, options = {}) {
  const member = await page(await trailOf(told, options), options);
  await member.open();
  return member;
}

test("each entry is a sentence with who, what and which report, the newest first", async () => {
  await opened(THREE);
  assert.deepEqual(lines(), [
    "Asha answered Heron 214.",
    "Asha claimed Heron 214.",
    "Asha opened Heron 214.",
    "Asha signed in.",
  ]);
  const row = document.querySelector('[data-entry="2"]');
  assert.equal(row.querySelector("a").getAttribute("href"), `/staff/en/reports/${b64(REPORT)}/`);
  assert.match(row.querySelector(".row-meta").textContent, /23 Nov.*14:02.*Early help/);
  assert.match(document.querySelector('[data-entry="1"] .row-meta').textContent, /This website/);
});

test("an auditor reads the same and opens no report", async () => {
  await opened(THREE, { role: "auditor" });
  assert.equal(lines()[2], "Asha opened Heron 214.");
  assert.equal(document.querySelector("[data-entry] a"), null);
});

test("a report that was erased, or of another team, is no link", async () => {
  await opened([...THREE, [OTHER, "report.opened", ASHA, OTHER], [OURS, "report.purged", null, REPORT]]);
  assert.deepEqual(lines().slice(0, 2), ["The server erased Heron 214.", "Asha opened Kestrel 300."]);
  assert.equal(document.querySelector("[data-entry] a"), null);
});

test("whoever has left is named by the server, and nobody else is", async () => {
  await opened([
    [INSTANCE, "member.removed", ASHA, LEFT],
    [INSTANCE, "haven.approved", OTHER, REPORT],
    [INSTANCE, "member.invited", ASHA, OTHER],
    [OURS, "report.purged", null, null],
  ]);
  const unknown = b64(OTHER).slice(0, 6);
  assert.deepEqual(lines(), [
    "The server erased a report that nobody had opened.",
    "Asha invited somebody without an account.",
    `Somebody without an account (${unknown}) approved a Safe Haven.`,
    "Asha removed Tom (no longer here).",
  ]);
});

test("a whole trail is said to be whole, with what nobody can see here and the command of the operator", async () => {
  await opened(THREE);
  assert.deepEqual(faults(), []);
  const said = part("checked").textContent;
  assert.match(said, /checked all 4 entries: they are whole/);
  assert.match(said, /cut off together with its head/);
  assert.match(said, /youthsafe audit verify/);
});

test("a part of a trail is said to lead to the heads, and more is fetched where it ended", async () => {
  const whole = await trailOf(THREE);
  const member = await page({ ...whole, entries: whole.entries.slice(2), next: null });
  member.state.pages = [{ ...whole, entries: whole.entries.slice(0, 2), next: 3 }];
  await member.open();
  assert.match(part("checked").textContent, /the newest 2 entries: they lead to the heads/);
  fireEvent.click(part("more"));
  await waitFor(() => assert.equal(lines().length, 4));
  assert.equal(member.asked.at(-1).path, "/trail?before=3");
  assert.match(part("checked").textContent, /checked all 4 entries/);
  assert.equal(part("more").hidden, true);
});

const BROKEN = {
  "an entry that was changed": [
    (given) => Object.assign(given.entries[1], { at: AT }),
    [/Early help: entry 3 does not fit/],
  ],
  "an entry that was signed over to somebody else": [
    (given) => Object.assign(given.entries[3], { actor: b64(LEFT) }),
    [/This website: entry 1 does not fit/],
  ],
  "an entry that was deleted": [
    (given) => {
      given.entries[0].previous = given.entries[2].previous;
      given.entries.splice(1, 1);
    },
    [/entry 4 does not fit/, /before entry 2 is gone|entry 2 does not fit/],
  ],
  "two entries that changed places": [
    (given) => {
      [given.entries[1].action, given.entries[2].action] = ["report.opened", "report.claimed"];
    },
    [/entry 3 does not fit/, /entry 2 does not fit/],
  ],
  "a tail that was cut off": [
    (given) => given.entries.splice(0, 1),
    [/Early help: the newest entry is 3, but the head names 4/],
  ],
  "a chain that was cut off whole": [
    (given) => given.entries.splice(0, 3),
    [/Early help: the head names entry 4, but there is no entry/],
  ],
  "a beginning that is gone": [(given) => given.entries.splice(3, 1), [/This website: the head names entry 1/]],
  "an oldest entry that is gone": [
    (given) => given.entries.splice(2, 1),
    [/Early help: what stood before entry 3 is gone/],
  ],
  "a head that is gone": [(given) => given.heads.splice(0, 1), [/This website: its head is gone/]],
  "a head that is no hash": [
    (given) => Object.assign(given.heads[0], { head: null }),
    [/This website: its head is gone, or cannot be read/],
  ],
  "a value that cannot be read": [
    (given) => Object.assign(given.entries[1], { damaged: true, action: null, actor: null }),
    [/entry 3 does not fit/],
  ],
  "an entry of no chain": [
    (given) => Object.assign(given.entries[3], { chain: null }),
    [/No chain: entry 1 does not fit/, /This website: the head names entry 1/],
  ],
};

for (const [name, [changed, said]] of Object.entries(BROKEN)) {
  test(`${name} is an alarm that names it`, async () => {
    await opened(THREE, { changed });
    assert.equal(faults().length, said.length, faults().join("\n"));
    for (const [at, each] of said.entries()) assert.match(faults()[at], each);
    assert.match(part("alarm").textContent, /The trail is broken. Tell the other coordinators/);
    assert.match(part("checked").textContent, /not all of them fit/);
  });
}

test("what cannot be read is said, and a moment that no calendar has breaks nothing", async () => {
  await opened(THREE, {
    changed: ({ entries }) => {
      Object.assign(entries[0], { at: 2 ** 52 });
      Object.assign(entries[1], { damaged: true, action: null });
    },
  });
  assert.equal(lines()[1], "What this entry says cannot be read.");
  assert.match(document.querySelector('[data-entry="4"]').textContent, /No time.*does not fit/);
});

test("a tail that was cut off with its head is found by a head that somebody kept", async () => {
  const kept = (await trailOf(THREE)).heads[1];
  await opened(THREE.slice(0, 3));
  assert.deepEqual(faults(), [], "nothing that the server gave tells of it");
  const look = (typed) => {
    part("head").value = typed;
    fireEvent.submit(part("look-for"));
  };
  look("abc");
  await waitFor(() => assert.match(part("look-for").textContent, /A head has 64 digits/));
  look(
    [...document.querySelectorAll(`[data-chain="${b64(OURS)}"] code`)].map(({ textContent }) => textContent).join("\n"),
  );
  await waitFor(() =>
    assert.match(
      part("found").textContent,
      /It is entry 3 of Early help, written on 23 Nov.*Nothing up to it was cut off/,
    ),
  );
  look(hexOf(Uint8Array.from(Buffer.from(kept.head, "base64url"))).toUpperCase());
  await waitFor(() => assert.match(part("missing").textContent, /No entry has this head.*the trail was changed/));
});

test("one chain is chosen by what it is called", async () => {
  const { asked, state } = await opened(THREE);
  const options = [...part("chain").options].map(({ textContent }) => textContent);
  assert.deepEqual(options, ["Everything", "This website", "Early help"]);
  const ours = await trailOf(THREE);
  state.given = { ...ours, entries: ours.entries.slice(0, 3) };
  fireEvent.change(part("chain"), { target: { value: b64(OURS) } });
  await waitFor(() => assert.equal(lines().length, 3));
  assert.equal(asked.at(-1).path, `/trail?chain=${b64(OURS)}`);
  assert.deepEqual(faults(), []);
});

test("what is newer waits in a bar until somebody asks for it", async () => {
  const { desk, state } = await opened(THREE);
  await desk.refresh();
  assert.equal(part("show-news").hidden, true);
  state.given = await trailOf([...THREE, [OURS, "report.closed", ASHA, REPORT]]);
  await desk.refresh();
  await waitFor(() => assert.match(part("news").textContent, /There are newer entries/));
  assert.equal(lines().length, 4);
  fireEvent.click(part("show-news"));
  await waitFor(() => assert.equal(lines()[0], "Asha closed Heron 214."));
});

test("everything is exported as a table, page after page, and nothing is sent", async () => {
  const whole = await trailOf(THREE);
  const member = await page({ ...whole, entries: whole.entries.slice(2) });
  member.state.pages = [{ ...whole, entries: whole.entries.slice(0, 2), next: 3 }];
  await member.open();
  const [made, given] = [[], []];
  const { createObjectURL, revokeObjectURL } = URL;
  const { setTimeout } = globalThis;
  Object.assign(URL, {
    createObjectURL: (blob) => made.push(blob) && "blob:x",
    revokeObjectURL: (at) => given.push(at),
  });
  globalThis.setTimeout = (run, wait = 0, ...rest) => setTimeout(run, Math.min(wait, 1_000), ...rest);
  fireEvent.click(part("export"));
  await waitFor(() => assert.match(part("progress").textContent, /Saved as trail-\d{4}-\d\d-\d\d.csv/));
  globalThis.setTimeout = setTimeout;
  await waitFor(() => assert.deepEqual(given, ["blob:x"]), { timeout: 2_000 });
  Object.assign(URL, { createObjectURL, revokeObjectURL });
  const [heading, ...rows] = (await made[0].text()).trim().split("\r\n");
  assert.match(heading, /"Entry","Time \(UTC\)","Team","What was done","Report"/);
  assert.equal(rows.length, 4);
  assert.match(
    rows[2],
    /^"2","2026-11-23T14:02:01.000Z","Early help","Asha opened Heron 214.","Heron 214","report.opened",/,
  );
  assert.ok(member.asked.every(({ method }) => method === "GET"));
});

test("a cell that begins like a formula is read as text", () => {
  const cells = ["=1+1", "+44", "-Aq", "@x", "\tx", 'say "x"', "plain = text"];
  assert.equal(tableText([cells]), `\ufeff"'=1+1","'+44","'-Aq","'@x","'\tx","say ""x""","plain = text"\r\n`);
});

test("without an answer it says so", async () => {
  const member = await atDesk({ below: "trail/", role: "coordinator", answers: { "GET /trail": 503 } });
  member.keyWorker.staff = async () => NAMES;
  document.body.replaceChildren();
  render(<View desk={member.desk} visit={member.visit} />);
  await waitFor(() => assert.match(part("trouble").textContent, /./));
});

test("the hash of an entry is the one that the server makes", async () => {
  const previous = new Uint8Array(32).fill(7);
  const hash = await entryHash(previous, {
    number: 3,
    at: 1_795_000_000,
    actor: new Uint8Array(16).fill(1),
    action: "report.opened",
    subject: null,
  });
  assert.equal(hexOf(hash), "e83649bbf2f2f370ad92a23a68cfcf7b004d98318e5a67eaa6abc91d3d0868f0");
  assert.equal(
    hexOf(await startHash(new Uint8Array(16).fill(1), new Uint8Array(16).fill(2))),
    "6b5ebd9c93f076cc4f0daa49a5a3daac6fd97b49a1b050dda836b7165836aeef",
  );
});
