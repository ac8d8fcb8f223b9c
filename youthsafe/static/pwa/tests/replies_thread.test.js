import assert from 'node:assert/strict';
import { test } from 'node:test';

import { NOTHING, checked, thread } from '../src/replies/thread.js';

const answer = (number, hour, previous = NOTHING, hash = `h${number}`) => ({
  number, opened: { hour, locale: 'en', text: `answer ${number}`, previous, hash },
});
const chain = [answer(1, 10), answer(2, 12, 'h1'), answer(3, 14, 'h2')];
const gaps = (answers) => checked(answers).entries.map((entry) => (entry.from === 'team' ? entry.gap : entry.from));

test('answers that follow one another are shown without a word about it', () => {
  assert.deepEqual(gaps([...chain].reverse()), [false, false, false]);
});

test('an answer that is left out is told before the next one', () => {
  assert.deepEqual(gaps([chain[0], chain[2]]), [false, true]);
  assert.deepEqual(gaps(chain.slice(1)), [true, false]);
});

test('another order is refused: the answers stand as they were written, and a word about it before them', () => {
  const swapped = [answer(1, 10), { ...chain[2], number: 2 }, { ...chain[1], number: 3 }];
  const shown = thread(swapped, []).map((entry) => (entry.from === 'team' ? [entry.text, entry.gap] : entry.from));
  assert.deepEqual(shown, ['order', ['answer 1', false], ['answer 2', false], ['answer 3', false]]);
});

test('a forged answer is refused and does not hide that the true ones follow one another', () => {
  assert.deepEqual(gaps([chain[0], { number: 2, opened: null }, { ...chain[1], number: 3 }]), [false, 'nobody', false]);
});

test('the same answer a second time is refused', () => {
  assert.deepEqual(gaps([chain[0], { ...chain[0], number: 2 }]), [false, 'nobody']);
});

test('the oldest stands first and an answer before what was written back in its hour', () => {
  const order = thread(chain, [{ number: 2, hour: 14 }, { number: 1, hour: 9 }]).map((entry) => [entry.from, entry.hour]);
  assert.deepEqual(order, [['you', 9], ['team', 10], ['team', 12], ['team', 14], ['you', 14]]);
});
