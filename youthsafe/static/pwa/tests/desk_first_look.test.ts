/** What is covered at the first look at a report, and what is not. */
import assert from "node:assert/strict";
import test from "node:test";
import { answerParts, coverOf, isFirst, partsOf } from "../src/desk/reports/first_look.ts";

const COVER = coverOf({
  covered: ["muslim*", "black", "mixed race", "żyd*", "مسلم*", "இந்து*", "c++"],
  shown: ["Snapchat", "Monday", "Mum", "Mr", "im", "ive", "knife", "kill", "rape", "stop", "he", "a", "pull", "out"],
});

/** With [brackets] in the place of what is covered. */
const seen = (text, cover = COVER) =>
  partsOf(text, cover)
    .map(({ text: piece, covered }) => (covered ? "[]" : piece))
    .join("");

const TEXTS = [
  ["my friend Theo hits me", "my friend [] hits me"],
  ["Theo hits me. I told Theo to stop.", "[] hits me. I told [] to stop."],
  ["They wait for me. Nobody helps! Why?", "They wait for me. Nobody helps! Why?"],
  ["it is Theo’s brother at Ferncombe Hill School", "it is [] brother at []"],
  ["I’m scared and I'm alone", "I’m scared and I'm alone"],
  ["on Monday Mum saw it on Snapchat, and Mr Banda too", "on Monday Mum saw it on Snapchat, and Mr [] too"],
  ["he said: “Give me that” and she said “No”", "he said: “Give me that” and she said “No”"],
  ["because I am MUSLIM, a Muslim girl, muslims", "because I am [], a [] girl, []"],
  ["he is mixed-race and black but blackmails me", "he is [] and [] but blackmails me"],
  ["bo jestem żydówką", "bo jestem []"],
  ["يقولون لأنني مسلمة والمسلمين", "يقولون لأنني [] []"],
  ["நான் இந்துவாக இருப்பதால்", "நான் [] இருப்பதால்"],
  ["STOP THEM PLEASE", "STOP THEM PLEASE"],
  [
    "then He got a Knife out and Raped me, im scared and Ive told",
    "then He got a Knife out and Raped me, im scared and Ive told",
  ],
  ["He Pulled A Knife And Said He Will Kill Me Or Deshawn", "He Pulled A Knife And Said He Will Kill Me Or Deshawn"],
  ["my friend Theo, theo lives here", "my friend [], [] lives here"],
  ["Stop. Stopping Theo and Stopped him", "Stop. Stopping [] and Stopped him"],
  ["", ""],
];

for (const [text = "", wanted] of TEXTS)
  test(`“${text}”`, () => assert.equal(seen(text).replace("[] []", "[]"), wanted?.replace("[] []", "[]")));

test("without the pack's words capital letters still cover", () => {
  assert.equal(seen("my friend Theo is muslim", null), "my friend [] is muslim");
});

test("a pack without words covers names, and nothing else", () => {
  assert.equal(seen("my friend Theo is muslim", coverOf({ covered: [], shown: [] })), "my friend [] is muslim");
});

test("area, name and school are covered as a whole, and only they", () => {
  for (const field of [6, 10, 13])
    assert.deepEqual(answerParts(field, "year 7, the big one", COVER), [
      { text: "year 7, the big one", covered: true },
    ]);
  for (const field of [4, 9])
    assert.deepEqual(answerParts(field, "they wait", COVER), [{ text: "they wait", covered: false }]);
});

test("the pieces are the text, whatever is typed", () => {
  const pieces = [
    "Theo",
    " ",
    "muslim",
    "'s",
    "’",
    "-",
    "I'm",
    ". ",
    "\n",
    "mixed race",
    "Ünal",
    "😀",
    "مسلم",
    "(",
    "żyd",
    "́",
  ];
  for (let seed = 1; seed < 3_000; seed++) {
    let [at, text] = [seed, ""];
    while (at > 0) [text, at] = [text + pieces[at % pieces.length], Math.floor(at / pieces.length)];
    const parts = partsOf(text, COVER);
    assert.equal(parts.map((part) => part.text).join(""), text);
    assert.ok(parts.every((part) => part.text !== ""));
  }
});

test("behind a thousand line breaks every word begins or goes on as anywhere else", () => {
  const text = `${"\n".repeat(1_000)}Ab${" Ab".repeat(166)}`;
  assert.equal(seen(text), text, "most words have a capital");
  assert.equal(seen(`${"\n".repeat(1_000)}one two three Ab`), `${"\n".repeat(1_000)}one two three []`);
});

test("it is the first look until a level is chosen; a danger and what is closed go past it", () => {
  const danger = (text) => [{ field: 1, codes: [text], text }];
  assert.ok(isFirst([], "", false));
  assert.ok(isFirst(danger("unsure"), "", false));
  assert.ok(!isFirst(danger("yes"), "", false));
  assert.ok(!isFirst([{ field: 12, codes: ["no"], text: "no" }], "", false), "not safe tonight");
  assert.ok(!isFirst([], "u2", false));
  assert.ok(!isFirst([], "", true));
});
