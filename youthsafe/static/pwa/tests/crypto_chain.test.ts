import assert from "node:assert/strict";
import test from "node:test";

import { inOrder } from "../src/crypto/chain.ts";

const FIRST = "h0";
/** Messages that name one another: h1 names h0, h2 names h1, and so on. */
const chain = (length) => Array.from({ length }, (_, at) => ({ previous: `h${at}`, hash: `h${at + 1}` }));
const broken = (hash) => ({ previous: null, hash });
const hashes = ({ messages }) => messages.map(({ message }) => message.hash);
const gaps = ({ messages }) => messages.filter(({ gap }) => gap).map(({ message }) => message.hash);

/** Every order of a few things. */
function* orders(things) {
  if (things.length === 0) yield [];
  for (const [at, thing] of things.entries()) {
    for (const rest of orders(things.filter((_, other) => other !== at))) yield [thing, ...rest];
  }
}

test("whatever order they come in, messages stand as they name one another", () => {
  const written = chain(5);
  for (const came of orders(written)) {
    const read = inOrder(came, FIRST);
    assert.deepEqual(hashes(read), hashes(inOrder(written, FIRST)));
    assert.deepEqual(gaps(read), []);
    assert.equal(
      read.moved,
      came.some((message, at) => message !== written[at]),
    );
  }
});

test("whatever is left out and whatever order they come in, no message is lost and each gap is told", () => {
  const written = chain(5);
  for (const missing of written) {
    for (const came of orders(written.filter((message) => message !== missing))) {
      const read = inOrder(came, FIRST);
      assert.deepEqual(new Set(hashes(read)), new Set(came.map(({ hash }) => hash)));
      assert.deepEqual(
        gaps(read),
        written.filter(({ previous }) => previous === missing.hash).map(({ hash }) => hash),
      );
    }
  }
});

test("of two messages that name the same one, the second is told to have a gap before it", () => {
  const [one, two] = chain(2);
  const other = { previous: "h1", hash: "other" };
  assert.deepEqual(hashes(inOrder([one, two, other], FIRST)), ["h1", "h2", "other"]);
  assert.deepEqual(gaps(inOrder([one, two, other], FIRST)), ["other"]);
});

test("a message that did not open stays behind the one it came after", () => {
  const [one, two, three] = chain(3);
  assert.deepEqual(hashes(inOrder([two, broken("b"), one, three], FIRST)), ["h1", "h2", "b", "h3"]);
  assert.deepEqual(hashes(inOrder([broken("b"), one], FIRST)), ["b", "h1"]);
});

test("the next message may name one that did not open, or pass over it", () => {
  const [one, two] = chain(2);
  assert.deepEqual(gaps(inOrder([one, broken("b"), two], FIRST)), []);
  assert.deepEqual(gaps(inOrder([one, broken("b"), { previous: "b", hash: "h3" }], FIRST)), []);
});

test("a message that comes twice ends, and is there twice", () => {
  const [one] = chain(1);
  assert.deepEqual(hashes(inOrder([one, broken("h1"), broken("h1")], FIRST)), ["h1", "h1", "h1"]);
});

test("messages that name one another in a ring are all there, with a gap", () => {
  const ring = [
    { previous: "b", hash: "a" },
    { previous: "a", hash: "b" },
  ];
  assert.deepEqual([hashes(inOrder(ring, FIRST)), gaps(inOrder(ring, FIRST))], [["a", "b"], ["a"]]);
});

test("thousands of messages are put in order without a deep stack", () => {
  const written = chain(20_000);
  assert.deepEqual(
    hashes(inOrder([...written].reverse(), FIRST)),
    written.map(({ hash }) => hash),
  );
});

const numbered = (length) => chain(length).map((message, at) => ({ ...message, number: at + 1 }));

test("a number that was passed over is a gap, though the messages name one another", () => {
  const [one, two] = numbered(2);
  assert.deepEqual(gaps(inOrder([one, two], FIRST)), []);
  assert.deepEqual(gaps(inOrder([one, { ...two, number: 3 }], FIRST)), ["h2"]);
  assert.deepEqual(gaps(inOrder([{ ...one, number: 2 }], FIRST)), ["h1"]);
  assert.deepEqual(gaps(inOrder([one, { ...two, number: 1 }], FIRST)), ["h2"]);
});

test("one that did not open may have the number that is passed over, and no more than one", () => {
  const [one, , three] = numbered(3);
  assert.deepEqual(gaps(inOrder([one, broken("h2"), three], FIRST)), []);
  assert.deepEqual(gaps(inOrder([one, broken("h2"), { ...three, number: 4 }], FIRST)), ["h3"]);
});
