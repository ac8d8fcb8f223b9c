/** The key worker: keys are made from the words here, used here, and end with this worker. */
import { writeAcknowledgement } from "../../crypto/acknowledgements.ts";
import { type Bytes, b64, unb64 } from "../../crypto/bytes.ts";
import type { Change, NewChange } from "../../crypto/change.ts";
import { hourOf } from "../../crypto/content.ts";
import { type DraftKeys, draftKeys } from "../../crypto/draft.ts";
import type { Wrapped } from "../../crypto/keyring.ts";
import { isPasskeyWrap } from "../../crypto/passkey_wrap.ts";
import type { RootKey } from "../../crypto/root_key.ts";
import { serve } from "../../lib/worker_server.ts";
import { readStaffPin, writeStaffPin } from "../../trust/staff_pins.ts";
import { isAnything } from "../guards.ts";
import type { CardTies } from "../reports/card_opening.ts";
import { draftsOnShelf, isSlipDraft, putOnShelf, takeFromShelf, tidiedShelf } from "../reports/drafts_shelf.ts";
import { Looking } from "../reports/looking.ts";
import { type AnswerTies, isOfOtherKeys, type Opening, openSealed, type Unsaid } from "../reports/opening.ts";
import { bodyOf, sealTypedAnswer, type TypedAnswer } from "../reports/sealing.ts";
import { kindOf, TroubleError } from "../trouble.ts";
import {
  isChanges,
  isPasskeyQuestion,
  isReportSummary,
  isSalted,
  isSealedReport,
  isSignedIn,
  type KeyRing,
} from "../wire.ts";
import type { SignedCalendar } from "./commands/hours.ts";
import type { TypedKit } from "./commands/new_kit.ts";
import { secretOf } from "./commands/passphrase.ts";
import { type Stretcher, stretcher } from "./commands/stretching.ts";
import { type RingServer, withHistory } from "./history.ts";
import {
  acceptRing,
  describe,
  type Keys,
  openByPasskey,
  openGrants,
  openOwnWrap,
  passkeysOf,
  wholeRing,
} from "./key_ring.ts";
import type {
  Asked,
  Enrolling,
  KeyWorkerMethods,
  KeyWorkerQuestions,
  TypedSignIn,
  UnlockQuestion,
} from "./key_worker_client.ts";
import { later } from "./later.ts";
import type { PasskeyQuestion } from "./passkeys.ts";
import { askFor, get, post, postFor } from "./requests.ts";
import type { Session } from "./session.ts";

type Seldom = typeof import("./commands/seldom.ts");

const seldom = async <R>(use: (commands: Seldom) => R): Promise<Awaited<R>> =>
  await use(await later(import("./commands/seldom.ts")));

let keys: Keys | null = null;
let ownDraftKeys: DraftKeys | null = null;
/** The words of somebody who has to enrol a second factor first. */
let enrolling: Stretcher | null = null;

/** The hashes of what was checked of each report, so that nothing is left out later unseen. */
const checked = new Map<string, Set<string>>();

/** Acknowledgements that this worker sent: what it looked at last does not show them yet. */
const acknowledgedHere = new Set<string>();

const looking = new Looking({
  summary: (id) => get(`/reports/${id}`, isReportSummary),
  opened: (id) => postFor(`/reports/${id}/opened`, isSealedReport),
});

const fetchRing = async (): Promise<KeyRing> => wholeRing(await get("/key-ring", isAnything));

const server: RingServer = {
  ring: fetchRing,
  changes: async (after) =>
    (await get(after === undefined ? "/changes" : `/changes?after=${after}`, isChanges)).changes,
};

function openKeys(): Keys {
  if (!keys) throw new TroubleError("locked");
  return keys;
}

function openDraftKeys(): DraftKeys {
  if (!ownDraftKeys) throw new TroubleError("locked");
  return ownDraftKeys;
}

const signInQuestion = ({ name }: { name: string }): Promise<PasskeyQuestion> =>
  postFor("/sign-in/start", isSalted, { name }).then(({ challenge, site }) => ({ challenge, site }));

async function signIn({ name, words, ...factor }: TypedSignIn): Promise<Session | Enrolling> {
  const stretch = stretcher(await secretOf(words));
  const { salt, memory, passes } = await postFor("/sign-in/start", isSalted, { name });
  const { proof } = await stretch({ salt: unb64(salt, 16), memory, passes });
  const { member, enrol } = await postFor("/sign-in", isSignedIn, { name, proof: b64(proof), ...factor }).catch(
    (error: unknown) => {
      throw kindOf(error) === "signed-out" ? new TroubleError("refused") : error;
    },
  );
  if (!enrol) return openSignedIn(stretch);
  enrolling = stretch;
  askFor(member.id);
  return { enrol: { id: member.id, name: member.name } };
}

function openSignedIn(stretch: Stretcher): Promise<Session> {
  return openRing(stretch).catch((error: unknown) => {
    throw kindOf(error) === "words" ? new TroubleError("ring") : error; // the server has just said that they are right
  });
}

/** There is a second factor now: open the keys with the words that were typed before. */
async function finishEnrolling(): Promise<Session> {
  if (!enrolling) throw new TroubleError("locked");
  const session = await openSignedIn(enrolling);
  enrolling = null;
  return session;
}

/** What the member's passkeys are asked to open the keys with. */
async function unlockQuestion(): Promise<UnlockQuestion> {
  const ring = await fetchRing();
  const { challenge, site, known } = await postFor("/account/passkeys/question", isPasskeyQuestion);
  return { challenge, site, passkeys: await passkeysOf(ring, known) };
}

async function unlockByPasskey(given: { id: string; prf: Bytes }): Promise<Session> {
  const ring = await fetchRing();
  return openWith(ring, await openByPasskey(ring, given));
}

async function unlock({ words }: { words: string }): Promise<Session> {
  return openRing(stretcher(await secretOf(words)));
}

async function openRing(stretch: Stretcher): Promise<Session> {
  const ring = await fetchRing();
  return openWith(ring, await openOwnWrap(ring, async (salted) => (await stretch(salted)).wrapKey));
}

async function openWith(given: KeyRing, own: Wrapped): Promise<Session> {
  const pin = await readStaffPin();
  const ring = await withHistory(server, given, pin);
  const accepted = await acceptRing(ring, own, pin, Date.now());
  const opened = await openGrants(ring, accepted, own);
  const forDrafts = await draftKeys(own.seed, accepted.member.id);
  askFor(b64(accepted.member.id));
  await writeStaffPin(accepted.pin, pin);
  keys = opened;
  ownDraftKeys = forDrafts;
  return describe(accepted, opened, hasPasskey(ring));
}

/** Open the keys of what is in force now: somebody may have left since, and their keys with them. */
async function renewed(): Promise<Keys> {
  await openWith(await fetchRing(), openKeys().own);
  return openKeys();
}

/** Sign a change that follows what is in force, as this browser believes it, and open the keys of what is in force then. */
async function sign(make: (before: Change, root: RootKey) => NewChange | Promise<NewChange>): Promise<Session> {
  const { own } = openKeys();
  await openWith(await fetchRing(), own);
  const { change: before, rootGrant } = openKeys();
  await seldom(({ signChange }) => signChange(openKeys(), rootGrant, make));
  const session = await openWith(await fetchRing(), own);
  if (openKeys().change.number <= before.number) throw new TroubleError("change-lost");
  return session;
}

/** Put a new kit in the place of the old one, and open the keys of what is in force then. */
async function renewKit(typed: TypedKit): Promise<Session> {
  const { own } = await renewed();
  await seldom(({ replaceKit }) => replaceKit(openKeys(), typed));
  return openWith(await fetchRing(), own);
}

/** The hours and closed days in force, as the root signed them. */
async function calendar(): Promise<SignedCalendar> {
  const { change } = await renewed();
  return seldom(({ calendarOf }) => calendarOf(change.bundle));
}

const hasPasskey = ({ wraps }: Pick<KeyRing, "wraps">): boolean => wraps.some((wrap) => isPasskeyWrap(unb64(wrap)));

async function lookWho() {
  void tidiedShelf(Date.now()).catch(() => []); // without a key: a browser that nobody signs in to keeps no draft for ever
  const { member, wraps } = await fetchRing();
  return { id: member.id, name: member.name, passkey: hasPasskey({ wraps }) };
}

/** What came after this desk was opened may be sealed to keys that it was granted since. */
async function look(id: string): Promise<Opening> {
  const sealed = await looking.at(id);
  const opener = isOfOtherKeys(sealed, openKeys()) ? await renewed() : openKeys();
  const before = checked.get(id) ?? new Set();
  const found = await openSealed(sealed, id, opener, before);
  checked.set(id, new Set([...before, ...found.checked]));
  return found;
}

async function lookAtReport({ id }: { id: string }) {
  const { report, ties, unsaid } = await look(id);
  void acknowledge(id, ties, unsaid);
  return report;
}

/**
 * Tell the reporter, under the key that only they and the team have, what a person of the team did. One that does not arrive is said at a later look.
 */
async function acknowledge(id: string, ties: AnswerTies, unsaid: readonly Unsaid[]): Promise<void> {
  for (const { kind, insteadOf } of unsaid) {
    const place = `${id} ${kind} ${insteadOf}`;
    if (acknowledgedHere.has(place)) continue;
    acknowledgedHere.add(place);
    const acknowledgement = b64(await writeAcknowledgement(ties, { kind, hour: hourOf(Date.now()) }));
    const body = { acknowledgement, ...(insteadOf && { instead_of: insteadOf }) };
    await post(`/reports/${id}/acknowledgements`, body).catch((error: unknown) => {
      if (kindOf(error) !== "conflict") acknowledgedHere.delete(place); // where another page was quicker, it is said
    });
  }
}

/** What the card of a report is opened and written with; the report itself must open. */
async function cardTies(id: string): Promise<CardTies> {
  const { digest, ties, report } = await look(id);
  const { received } = report.summary;
  return { id, first: digest, received, teamId: ties.teamId, keys: openKeys(), drafts: openDraftKeys() };
}

/** The same under the keys of now. */
const cardTiesNow = async (id: string): Promise<CardTies> => renewed().then(() => cardTies(id));

const onCard = async <R>(use: (commands: typeof import("./commands/case_card.ts")) => R): Promise<Awaited<R>> =>
  await use(await later(import("./commands/case_card.ts")));

/** Both from one look at the report; under the keys of now, so that whoever was removed meanwhile opens nothing of it. */
async function seal(typed: TypedAnswer) {
  await renewed();
  const { report, ties } = await look(typed.id);
  return { sealed: await sealTypedAnswer(typed, ties, openKeys(), Date.now()), report };
}

const methods: KeyWorkerMethods = {
  look: lookWho,
  signIn,
  unlock,
  signInQuestion,
  finishEnrolling,
  unlockQuestion,
  unlockByPasskey,
  newWords: () => seldom((its) => its.newWords()),
  changeWords: (typed) => seldom((its) => its.changeWords(openKeys(), typed)),
  addPasskey: (made) => seldom((its) => its.addPasskey(openKeys(), made)),
  confirmBoth: (typed) => seldom((its) => its.confirmBoth(openKeys().member, typed)),
  staff: () => seldom((its) => its.staffOf(openKeys())),
  invite: (typed) => seldom((its) => its.invite(openKeys(), typed)),
  letIn: (typed) => seldom((its) => its.letIn(openKeys(), typed, sign)),
  removeMember: (asked) => seldom((its) => its.removeMember(openKeys, asked, sign)),
  changeMember: (asked) => seldom((its) => its.changeMember(openKeys, asked, sign)),
  lookAtInvitation: (asked) => seldom((its) => its.lookAtInvitation(asked)),
  joiningWords: () => seldom((its) => its.joiningWords()),
  checkJoiningWords: (typed) => seldom((its) => its.checkJoiningWords(typed)),
  answerInvitation: (asked) => seldom((its) => its.answerInvitation(asked)),
  report: lookAtReport,
  card: ({ id }) =>
    onCard((its) =>
      its.lookAtCard(
        () => cardTies(id),
        () => cardTiesNow(id),
      ),
    ),
  numbers: ({ ids }) => onCard((its) => its.numbersOf(ids)),
  cardLines: ({ reports }) => onCard((its) => its.cardLines(reports, openKeys())),
  writeOnCard: (typed) => onCard((its) => its.writeOnCard(typed, () => cardTiesNow(typed.id))),
  seal,
  deliver: async ({ typed, sealed }) => {
    openKeys();
    return post(`/reports/${typed.id}/messages`, bodyOf(typed, sealed));
  },
  keepDraft: async ({ report, draft }) => putOnShelf(openDraftKeys(), report, draft, Date.now()),
  dropDraft: async ({ report }) => takeFromShelf(report),
  drafts: async () => (await draftsOnShelf(openDraftKeys(), Date.now())).filter(({ report }) => !isSlipDraft(report)),
  calendar,
  setHours: (typed) => seldom((its) => sign((before) => its.hoursChange(before, typed, Date.now()))),
  signAgain: () => seldom((its) => sign((before) => its.sameAgain(before, Date.now()))),
  addTeam: (typed) =>
    seldom((its) => sign((before) => its.newTeamChange(before, typed, openKeys().member.id, Date.now()))),
  renewKit,
  pin: async () => b64(openKeys().own.fingerprint),
  checkSetUpLink: (asked) => seldom((its) => its.checkSetUpLink(asked)),
  beginSetUp: () => seldom((its) => its.beginSetUp()),
  checkSetUpWords: (asked) => seldom((its) => its.checkSetUpWords(asked)),
  finishSetUp: (asked) => seldom((its) => its.finishSetUp(asked)),
  openKit: (asked) => seldom((its) => its.openKit(asked)),
  finishComingBack: (asked) => seldom((its) => its.finishComingBack(asked)),
};

/** Each of them, asked for the member whose page asks. */
const forMember =
  <T, R>(method: (argument: T) => R) =>
  ({ argument, member }: Asked<T>): R => {
    askFor(member);
    return method(argument);
  };

const questions: KeyWorkerQuestions = {
  look: forMember(methods.look),
  signIn: forMember(methods.signIn),
  unlock: forMember(methods.unlock),
  signInQuestion: forMember(methods.signInQuestion),
  finishEnrolling: forMember(methods.finishEnrolling),
  unlockQuestion: forMember(methods.unlockQuestion),
  unlockByPasskey: forMember(methods.unlockByPasskey),
  newWords: forMember(methods.newWords),
  changeWords: forMember(methods.changeWords),
  addPasskey: forMember(methods.addPasskey),
  confirmBoth: forMember(methods.confirmBoth),
  staff: forMember(methods.staff),
  invite: forMember(methods.invite),
  letIn: forMember(methods.letIn),
  removeMember: forMember(methods.removeMember),
  changeMember: forMember(methods.changeMember),
  lookAtInvitation: forMember(methods.lookAtInvitation),
  joiningWords: forMember(methods.joiningWords),
  checkJoiningWords: forMember(methods.checkJoiningWords),
  answerInvitation: forMember(methods.answerInvitation),
  report: forMember(methods.report),
  card: forMember(methods.card),
  numbers: forMember(methods.numbers),
  cardLines: forMember(methods.cardLines),
  writeOnCard: forMember(methods.writeOnCard),
  seal: forMember(methods.seal),
  deliver: forMember(methods.deliver),
  keepDraft: forMember(methods.keepDraft),
  dropDraft: forMember(methods.dropDraft),
  drafts: forMember(methods.drafts),
  calendar: forMember(methods.calendar),
  setHours: forMember(methods.setHours),
  signAgain: forMember(methods.signAgain),
  addTeam: forMember(methods.addTeam),
  renewKit: forMember(methods.renewKit),
  pin: forMember(methods.pin),
  checkSetUpLink: forMember(methods.checkSetUpLink),
  beginSetUp: forMember(methods.beginSetUp),
  checkSetUpWords: forMember(methods.checkSetUpWords),
  finishSetUp: forMember(methods.finishSetUp),
  openKit: forMember(methods.openKit),
  finishComingBack: forMember(methods.finishComingBack),
};

serve(questions);
