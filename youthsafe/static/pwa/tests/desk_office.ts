/** An office to test the caseworker's half with: a root, one team, one member, and what their server would hold. */
import { b64, concat, lp, u8, u16, u32, u64, utf8 } from "../src/crypto/bytes.ts";
import { encodeReport } from "../src/crypto/content.ts";
import { sealGrant, sealWrap } from "../src/crypto/keyring.ts";
import { sealFollowUp } from "../src/crypto/messages.ts";
import { fingerprint, publicKeyOf, random, sha256 } from "../src/crypto/primitives.ts";
import { sealReport } from "../src/crypto/report.ts";
import { sealRootGrant } from "../src/crypto/root_grant.ts";
import { makeRootKey, signAsRoot } from "../src/crypto/root_key.ts";
import { parseRoster } from "../src/crypto/roster.ts";

export const NOW = Date.parse("2026-11-23T09:30:00Z");
const SECONDS = NOW / 1000;
export const WRAP_KEY = random(32);
const SALTED = { memory: 65_536, passes: 3, salt: random(16) };

async function makeRoot() {
  const rootKey = await makeRootKey();
  const sign = (label, bytes) => signAsRoot(rootKey, `youthsafe/v1/${label}`, bytes);
  return { root: rootKey.publicKey, rootKey, sign };
}

async function keyPair() {
  const seed = random(32);
  return { id: random(16), seed, publicKey: await publicKeyOf(seed) };
}

export async function makeOffice() {
  const [signer, team, member, recovery] = [await makeRoot(), await keyPair(), await keyPair(), await keyPair()];
  return { ...signer, instanceId: random(16), team, member, recovery, coordinator: await keyPair() };
}

const LIFE = 28 * 86_400 - 60;

export function writeRoster(
  office,
  { version = 5, notAfter = SECONDS + LIFE, memberKey = office.member.publicKey, teamKey = office.team.publicKey } = {},
) {
  const { instanceId, team, member, recovery, coordinator } = office;
  const listed = [
    concat(member.id, u8(1), memberKey, lp(utf8("Ada")), u8(1), team.id),
    concat(coordinator.id, u8(2), coordinator.publicKey, lp(utf8("Cora")), u8(0)),
  ];
  return concat(
    utf8("YSR"),
    u8(1),
    instanceId,
    u32(version),
    u64(SECONDS - 60),
    u64(notAfter),
    recovery.publicKey,
    u8(1),
    team.id,
    u32(1),
    teamKey,
    u16(listed.length),
    ...listed,
  );
}

export function writeBundle({ instanceId, team }, { serial = 7, notAfter = SECONDS + LIFE } = {}) {
  const hours = concat(...Array.from({ length: 7 }, () => concat(u16(540), u16(1020))));
  const listed = concat(
    team.id,
    u8(1),
    u8(1),
    u32(1),
    team.publicKey,
    lp(utf8("Early help")),
    lp(utf8("en ar")),
    hours,
  );
  return concat(
    utf8("YSB"),
    u8(1),
    instanceId,
    u32(serial),
    u64(SECONDS - 60),
    u64(notAfter),
    u8(1),
    u16(0),
    u8(1),
    listed,
  );
}

/** What a member's words keep. */
export const makeOwn = async ({ member, instanceId, root }) => ({
  seed: member.seed,
  instanceId,
  fingerprint: await fingerprint(root),
});

/**
 * The key ring as the server gives it; `changes` exchange the parts by name. `own`: what the words keep; `history`: the
 * signed changes, of which the newest put the lists in force.
 */
export async function makeRing(
  office,
  { roster = writeRoster(office), bundle = writeBundle(office), signer = office, own = makeOwn(office), history } = {},
) {
  const { member } = office;
  const grant = await grantTo(office, member.id, member.publicKey);
  const wrap = await sealWrap({ ...SALTED, memberId: member.id, wrapKey: WRAP_KEY, ...(await own) });
  const lists = { roster, bundle };
  return {
    member: { id: b64(member.id), name: "Ada" },
    wraps: [b64(wrap)],
    grants: [b64(grant)],
    root_grant: null,
    roster: b64(roster),
    roster_signature: b64(await signer.sign("roster", roster)),
    bundle: b64(bundle),
    bundle_signature: b64(await signer.sign("bundle", bundle)),
    root: b64(signer.root),
    root_changes: [],
    history: history ?? [await writeChange(office, { ...lists, signer })],
  };
}

function grantTo({ team, instanceId }, recipientId, recipientKey) {
  const secret = { teamId: team.id, seeds: [{ epoch: 1, seed: team.seed }] };
  return sealGrant({ secret, instanceId, recipientId, recipientKey, granterId: new Uint8Array(16) });
}

/** A signed change as the server gives it, whatever its lists say; grants are those of the office's one team. */
export async function writeChange(
  office,
  {
    roster = writeRoster(office),
    bundle = writeBundle(office),
    number = 1,
    previous = new Uint8Array(32),
    signer = office,
    grants,
  } = {},
) {
  const { instanceId, coordinator } = office;
  const { members, recoveryKey } = parseRoster(roster);
  const inTeam = members.filter(({ teams }) => teams.length > 0).map(({ id, publicKey }) => [id, publicKey]);
  const rooted = { root: signer.rootKey, instanceId, recipientId: coordinator.id, recipientKey: coordinator.publicKey };
  const recipients = [[new Uint8Array(16), recoveryKey], ...inTeam];
  const granted = grants ?? [
    ...(await Promise.all(recipients.map(([id, key]) => grantTo(office, id, key)))),
    await sealRootGrant(rooted),
  ];
  const listed = async (label, list) => concat(u32(list.length), list, await signer.sign(label, list));
  const content = concat(
    utf8("YSC"),
    u8(1),
    instanceId,
    u32(number),
    previous,
    signer.root,
    u8(0),
    await listed("roster", roster),
    await listed("bundle", bundle),
    u16(granted.length),
    ...granted.map(lp),
  );
  return { change: b64(content), signature: b64(await signer.sign("change", content)) };
}

/** A report as the server holds it, with what the reporter needs to write on. */
export async function makeReport(
  office,
  {
    answers = [
      { field: 1, text: "yes" },
      { field: 4, text: "ما حدث" },
    ],
    wantsReply = true,
    hour = 498_000,
  } = {},
) {
  const { team } = office;
  const mailbox = await keyPair();
  const auth = wantsReply ? random(32) : new Uint8Array(32);
  const mailboxKeyHash = wantsReply ? await sha256(mailbox.publicKey) : new Uint8Array(32);
  const content = encodeReport({ hour, mailboxKeyHash, auth, locale: "ar", answers });
  const { reportId, envelope } = await sealReport({ teamId: team.id, epoch: 1, teamKey: team.publicKey, content });
  const urgent = answers[0]?.text === "yes";
  const sealed = {
    id: b64(reportId),
    team: b64(team.id),
    epoch: 1,
    urgent,
    received: "2026-11-23T09:00Z",
    state: "new",
    claimed_by: null,
    opened: false,
    closed: null,
    answers: 0,
    follow_ups: 0,
    unanswered: true,
    withdrawn: false,
    hold: false,
    erased: null,
    envelope: b64(envelope),
    mailbox_key: b64(mailbox.publicKey),
    messages: [],
    acknowledgements: [],
    tip: b64(new Uint8Array(32)),
    drill: false,
  };
  return { sealed, reportId, auth, mailbox, tip: await sha256(envelope), sent: 0 };
}

/** Write a follow-up after the reporter's newest envelope and put it on the server; `seen` answers were read, the newest of hash `other`. */
export async function writeBack(office, report, text, { seen = 0, other = new Uint8Array(32), hour = 498_001 } = {}) {
  const { team } = office;
  const letter = {
    reportId: report.reportId,
    teamId: team.id,
    epoch: 1,
    teamKey: team.publicKey,
    mailboxKey: report.mailbox.publicKey,
  };
  const place = { number: report.sent + 1, previous: report.tip, seen, other };
  const { messageId, envelope } = await sealFollowUp({
    ...letter,
    ...place,
    auth: report.auth,
    hour,
    locale: "ar",
    text,
  });
  report.sent += 1;
  report.tip = await sha256(envelope);
  const number = report.sealed.messages.length + 1;
  report.sealed.messages.push({
    id: b64(messageId),
    number,
    direction: 1,
    received: "2026-11-23T09:10Z",
    envelope: b64(envelope),
  });
}
