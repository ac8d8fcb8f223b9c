import assert from 'node:assert/strict';
import { test } from 'node:test';

import { matcher, phrasesIn } from '../src/report/risk.js';

test('a phrase is found whole, whatever its capitals, accents, apostrophes and spaces', () => {
  const risky = matcher(['dont want to live', 'zabiję się', 'سيقتلني']);
  for (const text of ['I DON’T want\n to  live.', "i don't want to live", 'Zabije sie!', 'ZABIJĘ SIĘ', 'هو سَيَقتُلُني غدا']) assert.ok(risky(text), text);
  for (const text of ['', 'I don’t want to live here alone? I want to deliver', 'zabijęsię', 'want to live']) {
    assert.equal(risky(text), text.includes('want to live here'), text);
  }
});

test('a star stands for the rest of a word, at its end or its beginning, and for nothing else', () => {
  const risky = matcher(['stab*', '*اقتل نفسي', 'தற்கொலை*']);
  for (const text of ['he stabs', 'stab', 'stabbed me', 'سأقتل نفسي', 'اقتل نفسي', 'தற்கொலையை']) assert.ok(risky(text), text);
  for (const text of ['constable', 'a bastab', 'نفسي']) assert.equal(risky(text), false, text);
});

test('letters that mean something to a pattern are words here', () => {
  assert.equal(matcher(['kill (me)'])('kill me'), true);
  assert.equal(matcher([])('anything'), false);
  assert.equal(matcher(['want to die'])('I *want to die*'), true);
});

test('a stroke stands between words for one place, a star alone for any one word', () => {
  const risky = matcher(['has/had a knife/blade', 'took * tablets']);
  for (const text of ['he has a blade', 'She had a knife!', 'took 20 tablets']) assert.ok(risky(text), text);
  for (const text of ['has had a day', 'a knife', 'took tablets', 'took two or three tablets']) assert.equal(risky(text), false, text);
});

test('letters written twice, or many times, are heard once', () => {
  const risky = matcher(['wanna die', 'ennai thot*']);
  for (const text of ['i wana die', 'i wannnna dieeee', 'enai thottan']) assert.ok(risky(text), text);
});

test('a harmless phrase is passed over, and only that', () => {
  const risky = matcher(['hit me', '!hit/hits me up']);
  assert.equal(risky('he hit me up on Snapchat'), false);
  assert.equal(risky('he hit me up on Snapchat and then he hit me'), true);
});

test('phrases travel backwards', () => {
  assert.deepEqual(phrasesIn('efink a sah|*bats'), ['stab*', 'has a knife']);
  assert.deepEqual(phrasesIn(''), []);
});
