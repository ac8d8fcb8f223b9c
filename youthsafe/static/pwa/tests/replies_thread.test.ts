import assert from "node:assert/strict";
import { test } from "node:test";

import { checked, NOTHING, thread } from "../src/replies/thread.ts";

const answer = (number, hour, previous = NOTHING, hash = `h${number}`) => ({
  number,
  opened: { hour, locale: "en", text: `answer ${number}`, number, previous, hash, seen: 0, fits: true, serial: 1 },
});
const chain = [answer(1, 10), answer(2, 12, "h1"), answer(3, 14, "h2")];
const gaps = (answers) => checked(answers).entries.map((entry) => (entry.from === "team" ? entry.gap : entry.from));

test("answers that follow one another are shown without a word about it", () => {
  assert.deepEqual(gaps([...chain].reverse()), [false, false, false]);
});

test("an answer that is left out is told before the next one", () => {
  assert.deepEqual(gaps([chain[0], chain[2]]), [false, true]);
  assert.deepEqual(gaps(chain.slice(1)), [true, false]);
});

test("a number that was passed over is told as a gap, also behind the right answer", () => {
  assert.deepEqual(gaps([chain[0], answer(3, 12, "h1")]), [false, true]);
  assert.deepEqual(gaps([answer(2, 10)]), [true]);
});

test("another order is refused: the answers stand as they were written, and a word about it before them", () => {
  const swapped = [answer(1, 10), { ...chain[2], number: 2 }, { ...chain[1], number: 3 }];
  const shown = thread(swapped, []).map((entry) => (entry.from === "team" ? [entry.text, entry.gap] : entry.from));
  assert.deepEqual(shown, ["order", ["answer 1", false], ["answer 2", false], ["answer 3", false]]);
});

test("a forged answer is refused and does not hide that the true ones follow one another", () => {
  assert.deepEqual(gaps([chain[0], { number: 2, opened: null }, { ...chain[1], number: 3 }]), [false, "nobody", false]);
});

test("the same answer a second time is refused", () => {
  assert.deepEqual(gaps([chain[0], { ...chain[0], number: 2 }]), [false, "nobody"]);
});

const order = (answers, sent) => thread(answers, sent).map((entry) => [entry.from, entry.hour]);

test("the oldest stands first, and what was written back between the answers that came before and after it", () => {
  const sent = [
    { number: 3, hour: 14, answers: 3 },
    { number: 2, hour: 12, answers: 1 },
    { number: 1, hour: 9, answers: 0 },
  ];
  assert.deepEqual(order(chain, sent), [
    ["you", 9],
    ["team", 10],
    ["you", 12],
    ["team", 12],
    ["team", 14],
    ["you", 14],
  ]);
});

test("a place that cannot be hides nothing", () => {
  for (const answers of [99, -1, 1.5, undefined, null, "two"]) {
    assert.equal(thread(chain, [{ number: 1, hour: 9, answers }]).length, 4);
  }
});

test("an hour that is on no calendar takes no other message away", () => {
  const hours = [498_000, 10 ** 12, 4_294_967_295, -1, 1.5, "498000", null, 498_001];
  const sent = hours.map((hour, at) => ({ number: at + 1, hour, answers: 0 }));
  const shown = [498_000, NaN, NaN, NaN, NaN, NaN, NaN, 498_001].map((hour) => ["you", hour]);
  assert.deepEqual(order([answer(1, 10), answer(2, 4_294_967_295, "h1")], sent), [
    ...shown,
    ["team", 10],
    ["team", NaN],
  ]);
});

test("each answer says how many messages its writer had, and whether those can be the ones that were sent", () => {
  const [first, second] = [answer(1, 10), answer(2, 12, "h1")];
  Object.assign(second.opened, { seen: 2, fits: false });
  const shown = thread([first, second], []).map((entry) => [entry.seen, entry.fits]);
  assert.deepEqual(shown, [
    [0, true],
    [2, false],
  ]);
});
