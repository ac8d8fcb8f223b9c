/**
 * Seals one of everything with the browser's own modules. Asked by make_vectors.py, which opens what comes back:
 * keys and texts as JSON on standard input, objects as JSON on standard output.
 */
import { readFileSync } from 'node:fs';

const CRYPTO = '../../youthsafe/static/pwa/src/crypto';
const { b64, unb64 } = await import(`${CRYPTO}/bytes.ts`);
const { writeAcknowledgement } = await import(`${CRYPTO}/acknowledgements.ts`);
const { sealEntry } = await import(`${CRYPTO}/card.ts`);
const { sealSlip } = await import(`${CRYPTO}/slip.ts`);
const { composeChange, parseChange } = await import(`${CRYPTO}/change.ts`);
const { sealRootGrant } = await import(`${CRYPTO}/root_grant.ts`);
const { encodeReport } = await import(`${CRYPTO}/content.ts`);
const { answerMac, invitationKeys, sealInvitation } = await import(`${CRYPTO}/invitation.ts`);
const { sealPasskeyWrap } = await import(`${CRYPTO}/passkey_wrap.ts`);
const { sealGrant, sealWrap } = await import(`${CRYPTO}/keyring.ts`);
const { sealAnswer, sealFollowUp } = await import(`${CRYPTO}/messages.ts`);
const { publicKeyOf, sha256 } = await import(`${CRYPTO}/primitives.ts`);
const { deriveMailbox, sealNote } = await import(`${CRYPTO}/mailbox.ts`);
const { sealReport } = await import(`${CRYPTO}/report.ts`);

const revive = (_, value) => (typeof value === 'string' && value.startsWith('b64:') ? unb64(value.slice(4)) : value);
const asked = JSON.parse(readFileSync(0, 'utf8'), revive);
const { instanceId, teamId, epoch, teamSeed, reportId, secret, memberId, memberSeed, wrapKey } = asked;

const mailbox = await deriveMailbox(secret, instanceId);
const teamKey = await publicKeyOf(teamSeed);
const mailboxKeyHash = await sha256(mailbox.publicKey);
const content = encodeReport({ ...asked.report, mailboxKeyHash, auth: mailbox.auth });
const { envelope: report } = await sealReport({ reportId, teamId, epoch, teamKey, content });
const letter = { reportId, teamId, epoch, teamKey, mailboxKey: mailbox.publicKey, auth: mailbox.auth, ...asked.message };
const { envelope: followUp } = await sealFollowUp({ ...letter, previous: await sha256(report) });
const { envelope: answer } = await sealAnswer({ ...letter, ...asked.answer, mailboxKeyHash });
const { fingerprint } = asked;
const note = await sealNote({ noteKey: mailbox.noteKey, teamId, reportId, fingerprint, sent: asked.note.sent, tip: asked.note.tip });
const wrap = await sealWrap({ wrapKey, seed: memberSeed, instanceId, fingerprint, memberId, memory: 65_536, passes: 3, salt: instanceId });
const teamSecret = { teamId, seeds: [{ epoch, seed: teamSeed }, { epoch: 1, seed: asked.firstSeed }] };
const recipientKey = await publicKeyOf(memberSeed);
const grant = await sealGrant({ secret: teamSecret, instanceId, recipientId: memberId, recipientKey, granterId: new Uint8Array(16) });

const root = { scalar: asked.change.number, publicKey: asked.change.root };
const before = await parseChange(asked.change.first);
const renewed = { ...before.bundle, serial: before.bundle.serial + 1, closedDays: [] };
const signed = await composeChange(root, before, { roster: before.roster, bundle: renewed, grants: [] });
const { coordinatorId: recipientId, coordinatorKey } = asked.change;
const rootGrant = await sealRootGrant({ root, instanceId, recipientId, recipientKey: coordinatorKey });
const between = { auth: mailbox.auth, reportId, mailboxKey: mailbox.publicKey };
const acknowledgement = await writeAcknowledgement(between, { kind: 1, hour: asked.message.hour });
const { macKey } = await invitationKeys(asked.invitation.secret);
const invited = {
  'answer mac': await answerMac(macKey, asked.invitation),
  'sealed invitation': await sealInvitation(root.scalar, { instanceId, memberId, secret: asked.invitation.secret }),
  'passkey wrap': await sealPasskeyWrap({ ...asked.passkey, seed: memberSeed, instanceId, fingerprint, memberId }),
};
const { seeds, first, hour, name, fields, slip } = asked.card;
const place = { teamId, epoch: seeds[0].epoch, reportId, memberId, number: 1, previous: first };
const cards = {
  'card entry': await sealEntry(seeds[0].seed, { ...place, hour, name, fields }),
  slip: await sealSlip({ teamId, seeds }, slip),
};
const changes = { change: signed.content, 'change signature': signed.signature, 'root grant': rootGrant };
const objects = { ...cards, ...changes, ...invited, acknowledgement, report, 'follow-up': followUp, answer, note, wrap, grant };
process.stdout.write(JSON.stringify(Object.fromEntries(Object.entries(objects).map(([name, bytes]) => [name, b64(bytes)]))));
