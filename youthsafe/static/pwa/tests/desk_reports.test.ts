import assert from "node:assert/strict";
import test from "node:test";

import { OPENED, WITHDRAWAL_SEEN, writeAcknowledgement } from "../src/crypto/acknowledgements.ts";
import { b64, unb64 } from "../src/crypto/bytes.ts";
import { openAsMailbox } from "../src/crypto/messages.ts";
import { publicKeyOf, random, sha256 } from "../src/crypto/primitives.ts";
import { Drafts } from "../src/desk/reports/drafts.ts";
import { isOfOtherKeys, openSealed } from "../src/desk/reports/opening.ts";
import { bodyOf, sealTypedAnswer } from "../src/desk/reports/sealing.ts";
import { WaitingAnswers } from "../src/desk/reports/waiting_answers.ts";
import { momentOf } from "../src/desk/reports/written.ts";
import { acceptRing, openGrants } from "../src/desk/session/key_ring.ts";
import { TroubleError } from "../src/desk/trouble.ts";
import { makeOffice, makeOwn, makeReport, makeRing, NOW, writeBack } from "./desk_office.ts";

const office = await makeOffice();
const ring = await makeRing(office);
const own = await makeOwn(office);
const keys = await openGrants(ring, await acceptRing(ring, own, null, NOW), own);
const me = { id: b64(office.member.id), name: "Ada" };
const kind = (expected) => (error) => error.kind === expected;
const count = (messages, side) => messages.filter(({ direction }) => direction === side).length;
/** As a server gives it whose facts count what it shows. */
const counted = (sealed) => ({ ...sealed, follow_ups: count(sealed.messages, 1), answers: count(sealed.messages, 2) });
const look = async ({ sealed }, before) => openSealed(counted(sealed), sealed.id, keys, before);

test("a report opens with its answers as codes and as text", async () => {
  const { report } = await look(await makeReport(office));
  assert.deepEqual(report.answers, [
    { field: 1, codes: ["yes"], text: "yes" },
    { field: 4, codes: null, text: "ما حدث" },
  ]);
  assert.deepEqual([report.locale, report.wantsReply, report.answerable, report.alarms], ["ar", true, true, []]);
  assert.equal("envelope" in report.summary, false);
});

test("a report that wants no reply can be read and not answered", async () => {
  const { report } = await look(await makeReport(office, { wantsReply: false }));
  assert.deepEqual([report.wantsReply, report.answerable, report.alarms], [false, false, []]);
});

test("a report under another id than was asked for does not open", async () => {
  const { sealed } = await makeReport(office);
  await assert.rejects(openSealed(sealed, b64(random(16)), keys), kind("sealed"));
});

test("a report of a team whose key is not here does not open", async () => {
  await assert.rejects(look(await makeReport(await makeOffice())), kind("sealed"));
});

test("what is sealed to a key that is not here is known before it is opened; what cannot be read is no question of keys", async () => {
  const made = await makeReport(office);
  await writeBack(office, made, "one");
  const later = await makeReport(await makeOffice());
  assert.equal(isOfOtherKeys(made.sealed, keys), false);
  assert.equal(isOfOtherKeys(later.sealed, keys), true);
  const message = { ...made.sealed.messages[0], envelope: later.sealed.envelope };
  assert.equal(isOfOtherKeys({ ...made.sealed, messages: [message] }, keys), true);
  assert.equal(isOfOtherKeys({ ...made.sealed, envelope: "AAAA" }, keys), false);
});

test("a report that the list calls calm and the seal urgent raises the alarm", async () => {
  const made = await makeReport(office);
  made.sealed.urgent = false;
  assert.deepEqual((await look(made)).report.alarms, ["thread"]);
});

test("follow-ups are shown in order once each was checked", async () => {
  const made = await makeReport(office);
  await writeBack(office, made, "one");
  await writeBack(office, made, "two");
  const { report } = await look(made);
  assert.deepEqual(
    report.thread.map(({ text, verdict, gap }) => [text, verdict, gap]),
    [
      ["one", "checked", false],
      ["two", "checked", false],
    ],
  );
});

test("a message that was left out shows as a gap", async () => {
  const made = await makeReport(office);
  await writeBack(office, made, "one");
  await writeBack(office, made, "two");
  made.sealed.messages.shift();
  const { report } = await look(made);
  assert.deepEqual([report.thread[0].gap, report.alarms], [true, ["thread"]]);
});

test("facts that count other messages than there are raise the alarm", async () => {
  const made = await makeReport(office);
  await writeBack(office, made, "one");
  for (const facts of [{ follow_ups: 2 }, { follow_ups: 0 }, { answers: 1 }]) {
    const { report } = await openSealed({ ...counted(made.sealed), ...facts }, made.sealed.id, keys);
    assert.deepEqual(report.alarms, ["missing"], JSON.stringify(facts));
  }
});

test("a message that was checked and is left out later raises the alarm, also where no other tells of it", async () => {
  const made = await makeReport(office);
  await writeBack(office, made, "one");
  await writeBack(office, made, "two");
  const before = new Set((await look(made)).checked);
  assert.equal(before.size, 2);
  assert.deepEqual((await look(made, before)).report.alarms, []);
  made.sealed.messages.pop();
  assert.deepEqual((await look(made, before)).report.alarms, ["missing"]);
});

test("follow-ups in another order are put right, and the alarm says so", async () => {
  const made = await makeReport(office);
  for (const text of ["one", "two", "three"]) await writeBack(office, made, text);
  made.sealed.messages.reverse();
  const { report } = await look(made);
  assert.deepEqual(
    report.thread.map(({ text, gap }) => [text, gap]),
    [
      ["one", false],
      ["two", false],
      ["three", false],
    ],
  );
  assert.deepEqual([report.alarms, report.answerable], [["order"], true]);
});

test("a follow-up that the server gives twice is shown once and raises the alarm", async () => {
  const made = await makeReport(office);
  await writeBack(office, made, "one");
  made.sealed.messages.push({ ...made.sealed.messages[0], number: 2 });
  const { report } = await look(made);
  assert.deepEqual(
    report.thread.map(({ text, verdict }) => [text, verdict]),
    [
      ["one", "checked"],
      ["", "broken"],
    ],
  );
  assert.deepEqual(report.alarms, ["thread"]);
});

test("a message that was changed or forged is not shown and raises the alarm", async () => {
  const made = await makeReport(office);
  await writeBack(office, { ...made, auth: random(32) }, "forged");
  const { report } = await look(made);
  assert.deepEqual([report.thread[0].verdict, report.thread[0].text, report.alarms], ["broken", "", ["thread"]]);
});

test("a list that says another team, key or urgency of a report than its envelope raises the alarm", async () => {
  for (const other of [{ team: "A".repeat(22) }, { epoch: 2 }, { urgent: false }]) {
    const made = await makeReport(office);
    Object.assign(made.sealed, other);
    assert.deepEqual((await look(made)).report.alarms, ["thread"], JSON.stringify(other));
  }
});

test("a message of a direction that there is not is broken in its place and raises the alarm", async () => {
  for (const direction of [3, "1", "toString", null]) {
    const made = await makeReport(office);
    for (const text of ["one", "two", "three"]) await writeBack(office, made, text);
    made.sealed.messages[2].direction = direction;
    const { report } = await look(made);
    assert.deepEqual(
      report.thread.map(({ text, verdict }) => [text, verdict]),
      [
        ["one", "checked"],
        ["two", "checked"],
        ["", "broken"],
      ],
    );
    assert.deepEqual(report.alarms, ["thread"]);
  }
});

test("a mailbox that was exchanged can not be answered", async () => {
  const made = await makeReport(office);
  made.sealed.mailbox_key = b64(await publicKeyOf(random(32)));
  const { report } = await look(made);
  assert.deepEqual([report.answerable, report.alarms], [false, ["mailbox"]]);
});

test("an answer that the server hides is noticed by its tip", async () => {
  const made = await makeReport(office);
  made.sealed.tip = b64(random(32));
  const { report } = await look(made);
  assert.deepEqual([report.answerable, report.alarms], [false, ["tip"]]);
});

test("a message that was taken and dropped on arrival shows when the next one comes", async () => {
  const made = await makeReport(office);
  await writeBack(office, made, "one");
  made.sealed.messages.length = 0;
  await writeBack(office, made, "two");
  const { report } = await look(made);
  assert.deepEqual([report.thread.map(({ text, gap }) => [text, gap]), report.alarms], [[["two", true]], ["thread"]]);
});

test("a number that was passed over shows, also behind the right envelope", async () => {
  const made = await makeReport(office);
  made.sent = 1;
  await writeBack(office, made, "two");
  const { report } = await look(made);
  assert.deepEqual([report.thread[0].gap, report.alarms], [true, ["thread"]]);
});

test("a report or message that was written after it came, or long before, raises the alarm", async () => {
  const received = Date.parse("2026-11-23T09:00Z") / 3_600_000;
  for (const [hour, alarms] of [
    [received, []],
    [received + 24, []],
    [received + 25, ["hour"]],
    [received - 90 * 24, []],
    [received - 90 * 24 - 1, ["hour"]],
  ]) {
    const { report } = await look(await makeReport(office, { hour }));
    assert.deepEqual([report.written, report.alarms], [hour, alarms]);
  }
  const made = await makeReport(office);
  await writeBack(office, made, "old", { hour: received - 400 * 24 });
  const { report } = await look(made);
  assert.deepEqual(
    [report.thread[0].written, report.thread[0].text, report.alarms],
    [received - 400 * 24, "old", ["hour"]],
  );
  const { report: far } = await look(await makeReport(office, { hour: 2 ** 32 - 1 }));
  assert.deepEqual([far.alarms, Number.isNaN(new Date(momentOf(far.written)).getTime())], [["hour"], false]);
  made.sealed.received = "never";
  assert.deepEqual((await look(made)).report.alarms, ["hour"]);
});

test("what the reporter cannot check yet is said: that it was opened, and that it was seen to be taken back", async () => {
  const made = await makeReport(office);
  const {
    sealed,
    reportId,
    auth,
    mailbox: { publicKey: mailboxKey },
  } = made;
  const say = async (kind, of = auth) =>
    b64(await writeAcknowledgement({ auth: of, reportId, mailboxKey }, { kind, hour: 498_002 }));
  const plain = (kind) => ({ kind, insteadOf: null });
  assert.deepEqual((await look(made)).unsaid, [plain(OPENED)]);
  sealed.withdrawn = true;
  assert.deepEqual((await look(made)).unsaid, [plain(OPENED), plain(WITHDRAWAL_SEEN)]);
  const forged = await say(WITHDRAWAL_SEEN, random(32));
  sealed.acknowledgements = [await say(OPENED), forged];
  assert.deepEqual((await look(made)).unsaid, [{ kind: WITHDRAWAL_SEEN, insteadOf: forged }]);
  sealed.acknowledgements = [await say(OPENED), await say(WITHDRAWAL_SEEN)];
  assert.deepEqual((await look(made)).unsaid, []);
  assert.deepEqual((await look(await makeReport(office, { wantsReply: false }))).unsaid, []);
});

/** The place of an answer that the office has, as its reader names it. */
const read = async ({ sealed }, seen) => {
  const answers = sealed.messages.filter(({ direction }) => direction === 2);
  return { seen, other: await sha256(unb64(answers[seen - 1].envelope)) };
};

test("a follow-up says which answers its writer had not seen, and that raises no alarm", async () => {
  const made = await makeReport(office);
  const { waiting } = server(made);
  for (const text of ["a", "b"]) await waiting.send(letter(made, text));
  await writeBack(office, made, "one", await read(made, 1));
  await writeBack(office, made, "two", await read(made, 2));
  const { report } = await look(made);
  assert.deepEqual(
    report.thread.map(({ unseen, lost }) => [unseen, lost]),
    [
      [0, false],
      [0, false],
      [1, false],
      [0, false],
    ],
  );
  assert.deepEqual(report.alarms, []);
});

test("a follow-up that names an answer that is not here raises the alarm", async () => {
  const made = await makeReport(office);
  await writeBack(office, made, "one", { seen: 1, other: random(32) });
  const { report } = await look(made);
  assert.deepEqual([report.thread[0].lost, report.thread[0].text, report.alarms], [true, "one", ["thread"]]);
});

test("an answer of the team that names a follow-up which is hidden raises the alarm", async () => {
  const made = await makeReport(office);
  const { waiting } = server(made);
  await writeBack(office, made, "one");
  await waiting.send(letter(made, "yes", 1));
  made.sealed.messages.shift();
  const { report } = await look(made);
  assert.deepEqual([report.thread.map(({ lost }) => lost), report.alarms], [[true], ["thread"]]);
});

test("an answer carries its number, what its writer had, and the newest list of teams that the desk knows", async () => {
  const made = await makeReport(office);
  const { waiting } = server(made);
  await waiting.send(letter(made, "first"));
  await writeBack(office, made, "one", await read(made, 1));
  await waiting.send(letter(made, "second", 1));
  const {
    reportId,
    auth,
    mailbox: { seed, publicKey: mailboxKey },
  } = made;
  const places = [];
  for (const { envelope } of made.sealed.messages.filter(({ direction }) => direction === 2)) {
    const { message } = await openAsMailbox({ envelope: unb64(envelope), reportId, auth, seed, mailboxKey });
    places.push([message.number, message.seen, message.serial]);
  }
  assert.deepEqual(places, [
    [1, 0, 7],
    [2, 1, 7],
  ]);
});

/** A server that keeps answers as ours does: after the newest only, the same bytes once. */
function server(made, { fails = [], drafts = new Drafts(), late = async () => {}, holder = me, drops = false } = {}) {
  const { sealed } = made;
  sealed.claimed_by = holder;
  const posts = [];
  const keep = async ({ after, envelope }) => {
    if (sealed.messages.some((message) => message.envelope === envelope)) return;
    if (holder !== me || after !== sealed.tip) throw new TroubleError("conflict");
    const raw = unb64(envelope);
    sealed.messages.push({
      id: b64(raw.slice(20, 36)),
      number: 1,
      direction: 2,
      received: "2026-11-23T09:20Z",
      envelope,
    });
    sealed.tip = b64(await sha256(raw));
  };
  const post = async (path, body) => {
    posts.push(body);
    const failure = fails.shift();
    if (failure !== "lost" && !drops) await keep(body);
    if (failure) throw new TroubleError("offline");
  };
  const seal = async (typed) => {
    const { report, ties } = await look(made);
    const written = await sealTypedAnswer(typed, ties, keys, NOW);
    await late({ posts, keep });
    return { sealed: written, report };
  };
  const sealer = {
    report: async () => (await look(made)).report,
    seal,
    deliver: (typed, attempt) => post(`/reports/${typed.id}/messages`, bodyOf(typed, attempt)),
  };
  return { posts, keep, drafts, waiting: new WaitingAnswers(sealer, drafts) };
}

const shown = ({ sealed }) => sealed.messages.filter(({ direction }) => direction === 2).map(({ id }) => id);
const letter = (made, text, followUps = 0, seen = shown(made)) => ({
  id: made.sealed.id,
  text,
  locale: "ar",
  followUps,
  seen,
});
const texts = ({ sealed }) => sealed.messages.length;

test("an answer is read by the mailbox of the report exactly as it was typed", async () => {
  const made = await makeReport(office);
  const { waiting } = server(made);
  const sent = await waiting.send(letter(made, "  شكرا\n"));
  assert.equal(sent.outcome, "saved");
  assert.deepEqual(
    sent.report?.thread.map(({ text, verdict }) => [text, verdict]),
    [["  شكرا\n", "checked"]],
  );
  const { reportId, auth, mailbox } = made;
  const envelope = unb64(made.sealed.messages[0].envelope);
  const read = await openAsMailbox({ envelope, reportId, auth, seed: mailbox.seed, mailboxKey: mailbox.publicKey });
  assert.equal(read.message.text, "  شكرا\n");
});

test("an answer says how many follow-ups the person was shown, not how many there are", async () => {
  const made = await makeReport(office);
  const { waiting, posts } = server(made);
  for (const text of ["one", "two"]) await writeBack(office, made, text);
  await waiting.send(letter(made, "yes", 1));
  assert.deepEqual(
    posts.map(({ follow_ups }) => follow_ups),
    [1],
  );
});

test("an answer that the server took and does not have is not called saved, and stays", async () => {
  const made = await makeReport(office);
  const { waiting, drafts } = server(made, { drops: true });
  drafts.keep(made.sealed.id, "one");
  await assert.rejects(waiting.send(letter(made, "one")), kind("lost"));
  assert.equal(drafts.of(made.sealed.id), "one");
});

test("answers follow one another in one chain", async () => {
  const made = await makeReport(office);
  const { waiting } = server(made);
  await waiting.send(letter(made, "one"));
  const { report } = await waiting.send(letter(made, "two"));
  assert.deepEqual(report?.alarms, []);
  assert.equal(texts(made), 2);
});

test("the next answer follows the newest of ours, whatever order the server gives them in", async () => {
  const made = await makeReport(office);
  const { waiting } = server(made);
  for (const text of ["one", "two"]) await waiting.send(letter(made, text));
  made.sealed.messages.reverse();
  await waiting.send(letter(made, "three"));
  const { report } = await look(made);
  assert.deepEqual(
    report.thread.map(({ text, gap }) => [text, gap]),
    [
      ["one", false],
      ["two", false],
      ["three", false],
    ],
  );
});

test("an answer whose reply was lost is sent again as the same bytes and kept once", async () => {
  const made = await makeReport(office);
  const { waiting, posts } = server(made, { fails: ["arrived"] });
  await assert.rejects(waiting.send(letter(made, "one")), kind("offline"));
  assert.equal((await waiting.send(letter(made, "one"))).outcome, "saved");
  assert.equal(posts[0].envelope, posts[1].envelope);
  assert.equal(texts(made), 1);
});

test("an answer that never arrived is kept when it is sent again", async () => {
  const made = await makeReport(office);
  const { waiting } = server(made, { fails: ["lost"] });
  await assert.rejects(waiting.send(letter(made, "one")), kind("offline"));
  assert.equal((await waiting.send(letter(made, "one, mended"))).outcome, "saved");
  assert.equal(texts(made), 1);
});

test("the keys may be wiped in between: the same bytes go again from beside the draft", async () => {
  const made = await makeReport(office);
  const before = server(made, { fails: ["arrived"] });
  before.drafts.keep(made.sealed.id, "one");
  await assert.rejects(before.waiting.send(letter(made, "one")), kind("offline"));
  const after = server(made, { drafts: before.drafts });
  assert.equal((await after.waiting.send(letter(made, "one"))).outcome, "saved");
  assert.equal(before.posts[0].envelope, after.posts[0].envelope);
  assert.deepEqual([texts(made), after.drafts.waiting, after.drafts.attempts(made.sealed.id)], [1, false, []]);
});

test("a first attempt that arrives while a changed text is sealed is the only one kept, and it is said", async () => {
  const made = await makeReport(office);
  const late = ({ posts, keep }) => (posts.length === 1 ? keep(posts[0]) : undefined);
  const { waiting } = server(made, { fails: ["lost"], late });
  await assert.rejects(waiting.send(letter(made, "one")), kind("offline"));
  const { outcome, report } = await waiting.send(letter(made, "one, mended"));
  assert.deepEqual([outcome, report?.thread.map(({ text }) => text)], ["earlier", ["one"]]);
});

test("a first attempt that arrives after the changed text was kept is refused", async () => {
  const made = await makeReport(office);
  const { waiting, posts, keep } = server(made, { fails: ["lost"] });
  await assert.rejects(waiting.send(letter(made, "one")), kind("offline"));
  await waiting.send(letter(made, "one, mended"));
  await assert.rejects(keep(posts[0]), kind("conflict"));
});

test("what was tried is forgotten at sign-out and when another member signs in, not by the same member", async () => {
  const made = await makeReport(office);
  const { waiting, drafts } = server(made, { fails: ["lost", "lost"] });
  const tried = () => drafts.attempts(made.sealed.id).length;
  const fail = () => assert.rejects(waiting.send(letter(made, "one")), kind("offline"));
  drafts.belongTo("Ada");
  await fail();
  drafts.belongTo("Ada");
  assert.equal(tried(), 1);
  drafts.belongTo("Ben");
  assert.equal(tried(), 0);
  await fail();
  drafts.wipe();
  assert.equal(tried(), 0);
});

test("a text changed after the first had arrived is not sent as well, and it is said", async () => {
  const made = await makeReport(office);
  const { waiting } = server(made, { fails: ["arrived"] });
  await assert.rejects(waiting.send(letter(made, "one")), kind("offline"));
  const { outcome, report } = await waiting.send(letter(made, "one, mended"));
  assert.deepEqual([outcome, report?.thread.map(({ text }) => text)], ["earlier", ["one"]]);
});

test("an answer that another came before is sealed again once, after it", async () => {
  const made = await makeReport(office);
  const first = server(made);
  const second = server(made, { fails: ["lost"] });
  await assert.rejects(second.waiting.send(letter(made, "mine")), kind("offline"));
  await first.waiting.send(letter(made, "theirs"));
  const { outcome, report } = await second.waiting.send(letter(made, "mine"));
  assert.equal(outcome, "resealed");
  assert.deepEqual([report?.thread.map(({ text }) => text), report?.alarms], [["theirs", "mine"], []]);
});

test("an answer to a team's older key, which the server refuses, goes once more to the newer one", async () => {
  const [sealed, kept] = [[], []];
  const look = () => ({ thread: kept.map(({ id, text }) => ({ id, text, direction: 2, verdict: "checked" })) });
  const sealer = {
    report: async () => look(),
    seal: async ({ text, locale }) => {
      const epoch = sealed.length + 1;
      sealed.push({ text, locale, id: `answer ${epoch}`, after: "the same", epoch, envelope: `to key ${epoch}` });
      return { sealed: sealed.at(-1), report: look() };
    },
    deliver: async (_typed, answer) => {
      if (answer.epoch === 1) throw new TroubleError("conflict");
      kept.push(answer);
    },
  };
  const typed = { id: "report", text: "mine", locale: "ar", followUps: 0, seen: [] };
  const { outcome, report } = await new WaitingAnswers(sealer, new Drafts()).send(typed);
  assert.deepEqual([outcome, report?.thread.map(({ id }) => id), sealed.length], ["resealed", ["answer 2"], 2]);
});

test("an answer that the person has not seen stops the next one, and the same text is not sent a second time", async () => {
  const made = await makeReport(office);
  const [first, second] = [server(made), server(made)];
  const before = letter(made, "mine");
  const twin = letter(made, "theirs");
  await first.waiting.send(letter(made, "theirs"));
  assert.equal((await second.waiting.send(before)).outcome, "unseen");
  assert.equal((await second.waiting.send(twin)).outcome, "already");
  assert.deepEqual([second.posts, second.drafts.attempts(made.sealed.id)], [[], []]);
  assert.equal((await second.waiting.send(letter(made, "mine"))).outcome, "saved");
});

test("an answer that comes first in the moment of sending stops the next one too", async () => {
  const made = await makeReport(office);
  const first = server(made);
  const late = async () => {
    if (!texts(made)) await first.waiting.send(letter(made, "theirs"));
  };
  const second = server(made, { late });
  const sent = await second.waiting.send(letter(made, "mine"));
  assert.deepEqual([sent.outcome, sent.report?.thread.map(({ text }) => text)], ["unseen", ["theirs"]]);
});

test("a report that somebody else holds is not answered", async () => {
  const made = await makeReport(office);
  const { waiting, posts } = server(made, { holder: { id: b64(random(16)), name: "Ben" } });
  await assert.rejects(waiting.send(letter(made, "one")), kind("conflict"));
  assert.equal(posts.length, 1);
  assert.equal(texts(made), 0);
});

test("nothing is sealed to a mailbox that the report did not name", async () => {
  const made = await makeReport(office);
  const { waiting, posts } = server(made);
  made.sealed.mailbox_key = b64(await publicKeyOf(random(32)));
  await assert.rejects(waiting.send(letter(made, "one")), kind("mailbox"));
  assert.deepEqual(posts, []);
});

const DRILL = "This is a drill. The website made it, to see how soon a message is opened. Nobody wrote it.";
const saying = (text) => makeReport(office, { answers: [{ field: 4, text }], wantsReply: false });
const opensAs = async (made, drill) =>
  (await openSealed({ ...counted(made.sealed), drill }, made.sealed.id, keys)).report.drill;

test("a drill is what the server and the seal both say is one", async () => {
  assert.ok(await opensAs(await saying(DRILL), true));
});

test("no server can call a child's words a drill, and no stranger can send one", async () => {
  assert.equal(await opensAs(await saying("They wait for me"), true), false);
  assert.equal(await opensAs(await saying(`${DRILL} Help me`), true), false);
  assert.equal(await opensAs(await saying(DRILL), false), false);
  const more = { answers: [{ field: 4, text: DRILL }, { field: 10, text: "Sam" }], wantsReply: false }; // biome-ignore format: one report
  assert.equal(await opensAs(await makeReport(office, more), true), false);
});
