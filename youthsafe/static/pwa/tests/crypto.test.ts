/** What the shared vectors cannot say: sizes, freshness, and that junk raises nothing but a refusal. */
import assert from "node:assert/strict";
import test from "node:test";

import { concat, FormatError, isLanguageTag, lp, Reader, text, u8, u16, u32, u64, utf8 } from "../src/crypto/bytes.ts";
import { decodeMessage, decodeReport, encodeMessage, encodeReport, hourOf } from "../src/crypto/content.ts";
import { parseEnvelope } from "../src/crypto/envelope.ts";
import { parseGrant, parseSecret, parseWrap, seedFor } from "../src/crypto/keyring.ts";
import { CodeError } from "../src/crypto/matching.ts";
import { sealFollowUp } from "../src/crypto/messages.ts";
import { hpkeSeal, publicKeyOf, random, SealError } from "../src/crypto/primitives.ts";
import {
  codeToWords,
  makeCode,
  makePassphrase,
  passphraseToWords,
  wordsToCode,
  wordsToPassphrase,
} from "../src/crypto/receipt.ts";
import { openReport, sealReport } from "../src/crypto/report.ts";
import { parseBundle, parseRoster } from "../src/crypto/roster.ts";

const LONGEST = [
  [4, "🙂".repeat(750)],
  [6, "ش".repeat(300)],
  [9, "ﷺ".repeat(300)],
  [10, "校".repeat(300)],
];
const WORDS = Array.from(
  { length: 2048 },
  (_, at) =>
    `w${at
      .toString(4)
      .padStart(6, "0")
      .replace(/./g, (digit) => "aeio"[Number(digit)].repeat(2))}`,
);

const teamSeed = random(32);
const team = { teamId: random(16), epoch: 3, teamKey: await publicKeyOf(teamSeed) };
const bare = { hour: 1, mailboxKeyHash: new Uint8Array(32), auth: new Uint8Array(32), locale: "en", answers: [] };
const withAnswers = (answers) =>
  encodeReport({ ...bare, answers: answers.map(([field, said]) => ({ field, text: said })) });

test("a report has one length whatever is in it", async () => {
  for (const answers of [[], [[1, "yes"]], [[4, "x"]], LONGEST]) {
    const { envelope } = await sealReport({ ...team, content: withAnswers(answers) });
    assert.equal(envelope.length, 9483);
  }
});

test("a follow-up is as long as a report", async () => {
  const letter = {
    ...team,
    reportId: random(16),
    mailboxKey: team.teamKey,
    auth: random(32),
    number: 1,
    previous: random(32),
    seen: 0,
    other: new Uint8Array(32),
    hour: 1,
  };
  const { envelope } = await sealFollowUp({ ...letter, locale: "ar", text: "ش" });
  assert.equal(envelope.length, 9483);
});

test("what was typed comes back exactly", async () => {
  for (const said of ["\ufeffa\r\n\u0000 b ", "e\u0301 \u00e9", "‏مرحبا‎", "👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿"]) {
    const { reportId, envelope } = await sealReport({ ...team, content: withAnswers([[4, said]]) });
    const { report } = await openReport({ envelope, reportId, seed: teamSeed });
    assert.equal(report.answers[0].text, said);
  }
});

test("half an emoji does not stop a report", () => {
  assert.equal(decodeReport(withAnswers([[4, "so \ud83d"]])).answers[0].text, "so \ufffd");
});

test("the same report never seals to the same bytes", async () => {
  const content = withAnswers([[4, "x"]]);
  const [one, other] = await Promise.all([sealReport({ ...team, content }), sealReport({ ...team, content })]);
  assert.notDeepEqual(one.reportId, other.reportId);
  assert.notDeepEqual(one.envelope.slice(-8208), other.envelope.slice(-8208));
});

test("the header says urgent exactly when somebody is in danger", async () => {
  for (const [answers, urgent] of [
    [[[1, "yes"]], true],
    [[[1, "unsure"]], false],
    [[], false],
  ]) {
    const { envelope } = await sealReport({ ...team, content: withAnswers(answers) });
    assert.equal(parseEnvelope(envelope).urgent, urgent);
  }
});

test("answers and messages that break a rule are not written", () => {
  for (const answers of [
    [[4, ""]],
    [[4, "x".repeat(1501)]],
    [[3, "online bullying"]],
    [
      [2, "me"],
      [1, "yes"],
    ],
    [[11, "x"]],
  ]) {
    assert.throws(() => withAnswers(answers), FormatError);
  }
  const links = { number: 1, previous: new Uint8Array(32), seen: 0, other: new Uint8Array(32), serial: 0 };
  const message = { ...links, hour: 1, mac: new Uint8Array(32), locale: "en", text: "x" };
  assert.equal(decodeMessage(encodeMessage(message)).text, "x");
  for (const broken of [
    { text: "" },
    { text: "x".repeat(1501) },
    { locale: "EN" },
    { mac: new Uint8Array(31) },
    { number: 0 },
    { other: new Uint8Array(31) },
  ]) {
    assert.throws(() => encodeMessage({ ...message, ...broken }), FormatError);
  }
});

test("nothing is sealed to what is not a key", async () => {
  for (const publicKey of [new Uint8Array(0), random(1215), new Uint8Array(1216).fill(255)]) {
    await assert.rejects(hpkeSeal({ publicKey, info: random(1), plaintext: random(32) }), SealError);
  }
  await assert.rejects(publicKeyOf(random(31)), SealError);
});

test("a seed is given only for its team and epoch", async () => {
  const { envelope } = await sealReport({ ...team, content: withAnswers([]) });
  const secret = { teamId: team.teamId, seeds: [{ epoch: 3, seed: teamSeed }] };
  assert.equal(seedFor(secret, parseEnvelope(envelope)), teamSeed);
  assert.throws(
    () => seedFor({ ...secret, seeds: [{ epoch: 4, seed: teamSeed }] }, parseEnvelope(envelope)),
    SealError,
  );
  assert.throws(() => seedFor({ ...secret, teamId: random(16) }, parseEnvelope(envelope)), SealError);
});

test("junk and cut objects raise nothing but a format error", () => {
  for (const parse of [
    parseEnvelope,
    parseBundle,
    parseRoster,
    parseGrant,
    parseWrap,
    parseSecret,
    decodeReport,
    decodeMessage,
  ]) {
    for (let length = 0; length < 200; length += 1) assert.throws(() => parse(random(length)), FormatError);
    assert.throws(() => parse("text"), FormatError);
  }
});

test("integers are big-endian and refuse what does not fit", () => {
  assert.deepEqual(concat(u8(1), u16(2), u32(3), u64(4)), Uint8Array.of(1, 0, 2, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 4));
  for (const write of [
    () => u8(256),
    () => u16(-1),
    () => u32(2 ** 32),
    () => u64(2 ** 53),
    () => u8(1.5),
    () => lp(new Uint8Array(65_536)),
  ]) {
    assert.throws(write, FormatError);
  }
  assert.equal(new Reader(u64(Number.MAX_SAFE_INTEGER)).u64(), Number.MAX_SAFE_INTEGER);
  assert.throws(() => new Reader(new Uint8Array(8).fill(255)).u64(), FormatError);
  assert.throws(() => text(Uint8Array.of(0xc0, 0xaf)), FormatError);
  assert.equal(text(utf8("\ufeffa")), "\ufeffa");
});

test("codes use their bits and read back", async () => {
  let seen = 0;
  for (let round = 0; round < 50; round += 1) {
    const secret = makeCode();
    seen |= secret[0];
    assert.deepEqual(await wordsToCode((await codeToWords(secret, WORDS)).join(" "), WORDS), secret);
    const passphrase = makePassphrase();
    assert.ok(passphrase[0] < 4);
    assert.deepEqual(wordsToPassphrase(passphraseToWords(passphrase, WORDS).join("-"), WORDS), passphrase);
  }
  assert.equal(seen, 63);
});

test("a code that cannot be read says which word is wrong", async () => {
  const words = await codeToWords(makeCode(), WORDS);
  const wrong = [...words.slice(0, 3), "zzzzzzzz", ...words.slice(4)].join(" ");
  await assert.rejects(
    wordsToCode(wrong, WORDS),
    (error) => error instanceof CodeError && error.kind === "word" && error.word === 4,
  );
  await assert.rejects(wordsToCode(words.slice(1).join(" "), WORDS), { kind: "count" });
  await assert.rejects(wordsToCode(words.join(" "), ["one", "two"]), RangeError);
});

test("an hour is whole hours since 1970", () => {
  assert.equal(hourOf(3_600_000 * 5 - 1), 4);
  assert.equal(hourOf(3_600_000 * 5), 5);
});

test("every language tag that is taken can be drawn, and none that a browser refuses is taken", () => {
  const parts = [
    "",
    "a",
    "x",
    "u",
    "1",
    "en",
    "zh",
    "min",
    "abcd",
    "latn",
    "gb",
    "419",
    "1901",
    "rozaj",
    "abcdefghi",
    "EN",
    "-",
  ];
  let taken = 0;
  for (const one of parts) {
    for (const two of parts) {
      for (const three of parts) {
        const tag = [one, two, three].filter(Boolean).join("-");
        if (!isLanguageTag(tag)) continue;
        taken += 1;
        assert.equal(Intl.getCanonicalLocales(tag)[0].toLowerCase().length > 0, true);
        assert.equal(typeof new Intl.DisplayNames(["en"], { type: "language" }).of(tag), "string");
      }
    }
  }
  assert.ok(taken > 30);
});
