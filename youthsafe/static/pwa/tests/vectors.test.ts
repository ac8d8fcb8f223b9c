/** The shared vectors, opened and refused by the browser's own modules. tests/crypto/test_vectors.py does the same in Python. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { readAcknowledgement } from "../src/crypto/acknowledgements.ts";
import { b64, equal, FormatError, Reader, unb64 } from "../src/crypto/bytes.ts";
import { openEntry, readCard } from "../src/crypto/card.ts";
import { CARD, readFields } from "../src/crypto/card_fields.ts";
import { cardNumber } from "../src/crypto/card_number.ts";
import { inOrder } from "../src/crypto/chain.ts";
import { acceptChange, ChangeError, parseChange } from "../src/crypto/change.ts";
import { decodeMessage, decodeReport, encodeMessage, encodeReport } from "../src/crypto/content.ts";
import {
  acceptOffer,
  areCheckWords,
  buildOffer,
  checkAnswer,
  checkWords,
  invitationKeys,
  openInvitation,
} from "../src/crypto/invitation.ts";
import { openGrant, openWrap } from "../src/crypto/keyring.ts";
import { kitKeys, kitToLine, kitToWords, openKitWrap, readKit } from "../src/crypto/kit.ts";
import { deriveMailbox, openNote, verifierOf } from "../src/crypto/mailbox.ts";
import { CodeError } from "../src/crypto/matching.ts";
import { openAsMailbox, openAsTeam, sealAnswer } from "../src/crypto/messages.ts";
import { unpad } from "../src/crypto/padding.ts";
import { openPasskeyWrap } from "../src/crypto/passkey_wrap.ts";
import { fingerprint, keyId, publicKeyOf, SealError } from "../src/crypto/primitives.ts";
import {
  codeToNumbers,
  codeToWords,
  numbersToCode,
  passphraseToWords,
  wordsToCode,
  wordsToPassphrase,
} from "../src/crypto/receipt.ts";
import { openReport } from "../src/crypto/report.ts";
import { followRoot } from "../src/crypto/root_change.ts";
import { openRootGrant } from "../src/crypto/root_grant.ts";
import { acceptBundle, acceptRoster, PinError, parseRoster } from "../src/crypto/roster.ts";
import { openSlip } from "../src/crypto/slip.ts";
import { stretchPassphrase } from "../src/crypto/stretching.ts";

const FILE = new URL("../../../../tests/vectors/v1.json", import.meta.url);
const vectors = JSON.parse(readFileSync(FILE, "utf8"));
const words = vectors.words.split(" ");
const REFUSALS = [ChangeError, FormatError, SealError, PinError, CodeError];

/** Read a value of the file: bytes, named objects with edits, lists, and whatever stands for itself. */
function value(written) {
  if (Array.isArray(written)) return written.map(value);
  if (written === null || typeof written !== "object") return written;
  if ("b64" in written) return unb64(written.b64);
  if ("object" in written) return (written.edits ?? []).reduce(edited, named(written.object));
  return Object.fromEntries(Object.entries(written).map(([key, each]) => [key, value(each)]));
}

const named = (name) => unb64(vectors.objects[name]);

const EDITS = {
  flip: (bytes, at, mask) => bytes.with(at, bytes.at(at) ^ mask),
  keep: (bytes, count) => bytes.slice(0, count < 0 ? bytes.length + count : count),
  add: (bytes, more) => Uint8Array.from([...bytes, ...unb64(more)]),
  put: (bytes, at, piece) => over(bytes, at, unb64(piece)),
  copy: (bytes, name, start, end, at) => over(bytes, at, named(name).subarray(start, end)),
};
const edited = (bytes, [kind, ...given]) => EDITS[kind](bytes, ...given);

function over(bytes, at, piece) {
  const changed = bytes.slice();
  changed.set(piece, at);
  return changed;
}

const told = ({ hour, mailboxKeyHash, auth, locale, answers }) => ({
  hour,
  mailbox_key_hash: mailboxKeyHash,
  auth,
  locale,
  answers: answers.map(({ field, text }) => [field, text]),
});

const sealed = (given) => ({ ...given, reportId: given.report_id, mailboxKey: given.mailbox_key });

function said({ envelope, message: { mac, ...message } }) {
  return { direction: envelope.direction, ...message };
}

function pinOf({ pin }, number) {
  return pin && { fingerprint: pin.fingerprint, instanceId: pin.instance_id, [number]: pin.number };
}

const shownTeam = async (team) => ({
  id: team.id,
  kind: team.kind,
  staffed: team.staffed,
  epoch: team.epoch,
  key_id: await keyId(team.publicKey),
  name: team.name,
  languages: team.languages,
  hours: team.weekly.map((day) => day && [day.opens, day.closes]),
});

const secretOf = ({ team_id: teamId, seeds }) => ({ teamId, seeds: seeds.map(([epoch, seed]) => ({ epoch, seed })) });

const OPERATIONS = {
  async "open-card-entry"({ report_id: reportId, entry, ...given }) {
    const { memberId, ...opened } = await openEntry(secretOf(given), reportId, entry);
    return { ...opened, member_id: memberId };
  },
  async "read-card"({ report_id: reportId, first, entries, seen, ...given }) {
    const asked = { secret: secretOf(given), reportId, first, entries, seen: seen.map(b64) };
    const { moved, cut, entries: read } = await readCard(asked);
    const isWhole = read.every(({ entry, gap }) => entry && !gap);
    if (moved || cut || !isWhole) throw new SealError("not a whole card");
    return { length: read.length };
  },
  "read-card-fields": ({ fields }) => readFields(CARD, new Reader(fields)),
  "open-slip": ({ slip, ...given }) => openSlip(secretOf(given), slip),
  "card-number": async ({ report_id: reportId, letters }) => ({
    number: await cardNumber(reportId, words.slice(0, 256), letters),
  }),
  async "open-report"(given) {
    return told((await openReport(sealed(given))).report);
  },
  async "open-as-team"(given) {
    return said(await openAsTeam(sealed(given)));
  },
  async "open-as-mailbox"(given) {
    return said(await openAsMailbox(sealed(given)));
  },
  async "read-chain"({ first, envelopes, as, ...given }) {
    const open = as === "team" ? openAsTeam : openAsMailbox;
    const opened = await Promise.all(envelopes.map((envelope) => open(sealed({ ...given, envelope }))));
    const links = opened.map(({ message, digest }) => ({
      number: message.number,
      previous: b64(message.previous),
      hash: b64(digest),
    }));
    const { messages, moved } = inOrder(links, b64(first));
    if (moved || messages.some(({ gap }) => gap)) throw new SealError("not one chain");
    return { length: opened.length };
  },
  async "seal-answer"(given) {
    const links = { number: 1, previous: new Uint8Array(32), seen: 0, other: new Uint8Array(32).fill(1), serial: 7 };
    const letter = { ...links, hour: 1, locale: "en", text: "Hello" };
    const keys = { teamId: given.team_id, teamKey: given.team_key, mailboxKeyHash: given.mailbox_key_hash };
    const { envelope } = await sealAnswer({ ...sealed(given), ...keys, ...letter });
    return { length: envelope.length };
  },
  "decode-report"({ content }) {
    const report = decodeReport(content);
    assert.deepEqual(encodeReport(report), content);
    return told(report);
  },
  "decode-message"({ content }) {
    const message = decodeMessage(content);
    assert.deepEqual(encodeMessage(message), content);
    return message;
  },
  unpad: ({ padded }) => ({ content: unpad(padded) }),
  "read-code": async ({ typed }) => ({ secret: await wordsToCode(typed, words) }),
  "write-code": async ({ secret }) => ({ words: (await codeToWords(secret, words)).join(" ") }),
  "read-numbers": async ({ typed }) => ({ secret: await numbersToCode(typed) }),
  "write-numbers": async ({ secret }) => ({ numbers: (await codeToNumbers(secret)).join(" ") }),
  "read-kit": async ({ typed }) => ({ secret: await readKit(typed, words) }),
  "write-kit": async ({ secret }) => ({
    words: (await kitToWords(secret, words)).join(" "),
    line: await kitToLine(secret),
  }),
  async "open-kit"({ secret, wrap }) {
    const keys = await kitKeys(secret);
    const { instanceId, scalar } = await openKitWrap({ keys, wrap });
    return { instance_id: instanceId, scalar, recovery_key: await publicKeyOf(keys.seed), token: keys.token };
  },
  "read-passphrase": ({ typed }) => ({ secret: wordsToPassphrase(typed, words) }),
  "write-passphrase": ({ secret }) => ({ words: passphraseToWords(secret, words).join(" ") }),
  async "derive-mailbox"(given) {
    const { publicKey, noteKey, ...mailbox } = await deriveMailbox(given.secret, given.instance_id);
    return { ...mailbox, note_key: noteKey, verifier: await verifierOf(mailbox.token), key_id: await keyId(publicKey) };
  },
  async "open-note"(given) {
    const note = await openNote({ noteKey: given.note_key, teamId: given.team_id, note: given.note });
    return { ...note, report_id: note.reportId };
  },
  "read-acknowledgement": ({ acknowledgement, ...given }) => readAcknowledgement(sealed(given), acknowledgement),
  async stretch(given) {
    const { proof, wrapKey } = await stretchPassphrase(given);
    return { proof, wrap_key: wrapKey };
  },
  async "open-wrap"({ wrap, member_id: memberId, wrap_key: wrapKey }) {
    const { instanceId, ...wrapped } = await openWrap({ wrap, memberId, wrapKey });
    return { ...wrapped, instance_id: instanceId };
  },
  async "open-grant"({ grant, roster, recipient_id: recipientId, seed }) {
    const { teamId, seeds } = await openGrant({ grant, roster: parseRoster(roster), recipientId, seed });
    return { team_id: teamId, seeds: seeds.map((each) => [each.epoch, each.seed]) };
  },
  async "accept-change"({ change: content, signature, before }) {
    const change = await acceptChange({ content, signature, before: before && (await parseChange(before)) });
    const { number, head, roster, bundle, grants, rootGrants, rootChange } = change;
    const counted = { grants: grants.length, root_grants: rootGrants.length, root_changed: rootChange !== null };
    return { number, head, version: roster.version, serial: bundle.serial, ...counted };
  },
  async "invitation-keys"({ secret }) {
    const { token, macKey } = await invitationKeys(secret);
    return { token, mac_key: macKey };
  },
  async "accept-offer"({ mac_key: macKey, offer, mac, member_id: memberId }) {
    const found = await acceptOffer(macKey, offer, mac, memberId);
    assert.deepEqual(buildOffer(found), offer);
    return { ...found, instance_id: found.instanceId, member_id: found.memberId };
  },
  async "check-answer"({ mac_key: macKey, offer, public_key: publicKey, mac }) {
    await checkAnswer(macKey, { offer, publicKey }, mac);
    return {};
  },
  async "check-words"({ mac_key: macKey, offer, public_key: publicKey }) {
    const said = (await checkWords(macKey, { offer, publicKey }, words)).join(" ");
    assert.ok(await areCheckWords(said.toUpperCase(), macKey, { offer, publicKey }, words));
    return { words: said };
  },
  async "open-invitation"({ scalar, instance_id: instanceId, member_id: memberId, sealed: invitation }) {
    return { secret: await openInvitation(scalar, { instanceId, memberId, sealed: invitation }) };
  },
  async "open-passkey-wrap"({ member_id: memberId, ...given }) {
    const { instanceId, ...wrapped } = await openPasskeyWrap({ ...given, memberId });
    return { ...wrapped, instance_id: instanceId };
  },
  async "follow-root"({ fingerprint: pinned, instance_id: instanceId, root, changes }) {
    const pin = { fingerprint: pinned, instanceId: instanceId ?? undefined };
    return { followed: (await followRoot({ pin, root, changes })).length };
  },
  async "open-root-grant"({ root: rootPublicKey, instance_id: instanceId, recipient_id: recipientId, ...given }) {
    return { number: (await openRootGrant({ ...given, rootPublicKey, instanceId, recipientId })).scalar };
  },
  async "accept-bundle"(given) {
    const bundle = await acceptBundle({ ...given, pin: pinOf(given, "serial"), now: given.now * 1000 });
    const { instanceId, serial, issuedAt, notAfter, demo, closedDays } = bundle;
    const shown = {
      instance_id: instanceId,
      serial,
      issued_at: issuedAt,
      not_after: notAfter,
      demo,
      closed_days: closedDays,
    };
    return { ...shown, teams: await Promise.all(bundle.teams.map(shownTeam)) };
  },
  async "accept-roster"(given) {
    const roster = await acceptRoster({ ...given, pin: pinOf(given, "version"), now: given.now * 1000 });
    const members = roster.members.map(({ id, role, name, teams }) => [id, role, name, teams.length]);
    return { version: roster.version, teams: roster.teams.map(({ id }) => id), members };
  },
  "key-id": async ({ public_key: publicKey }) => ({ id: await keyId(publicKey) }),
  fingerprint: async ({ root }) => ({ fingerprint: await fingerprint(root) }),
  "read-base64": ({ text }) => ({ bytes: unb64(text) }),
};

/** Put the operation's answer beside what the file says it gives. */
async function open({ op, inputs, gives }) {
  const found = await OPERATIONS[op](value(inputs));
  assert.deepEqual(Object.fromEntries(Object.keys(gives).map((key) => [key, found[key]])), value(gives));
}

for (const each of vectors.good) test(each.name, () => open(each));

let refused = 0;

for (const { name, op, inputs } of vectors.refused) {
  test(`refused: ${name}`, async () => {
    const given = value(inputs);
    const attempt = async () => OPERATIONS[op](given);
    await assert.rejects(attempt, (error) => REFUSALS.some((kind) => error instanceof kind) || assert.fail(error));
    refused += 1;
  });
}

test("at least sixty objects were refused", () => {
  assert.ok(refused >= 60, `${refused} refused`);
  assert.equal(refused, vectors.refused.length);
});

test("base64url reads back what it wrote, and comparing tells equal from unequal", () => {
  for (let length = 0; length < 70; length += 1) {
    const bytes = crypto.getRandomValues(new Uint8Array(length));
    assert.ok(equal(unb64(b64(bytes)), bytes));
    assert.equal(b64(bytes), Buffer.from(bytes).toString("base64url"));
  }
});
