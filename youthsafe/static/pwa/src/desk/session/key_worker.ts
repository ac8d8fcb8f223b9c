/** The key worker: keys are made from the words here, used here, and end with this worker. */
import { writeAcknowledgement } from "../../crypto/acknowledgements.ts";
import { type Bytes, b64, equal, FormatError, unb64 } from "../../crypto/bytes.ts";
import { hourOf } from "../../crypto/content.ts";
import { type DraftKeys, draftKeys } from "../../crypto/draft.ts";
import { stretchPassphrase } from "../../crypto/keyring.ts";
import { serve } from "../../lib/worker_server.ts";
import { readStaffPin, writeStaffPin } from "../../trust/staff_pins.ts";
import { isAnything } from "../guards.ts";
import { draftsOnShelf, putOnShelf, takeFromShelf, tidiedShelf } from "../reports/drafts_shelf.ts";
import { Looking } from "../reports/looking.ts";
import { type AnswerTies, type Opening, openSealed, type Unsaid } from "../reports/opening.ts";
import { bodyOf, sealTypedAnswer, type TypedAnswer } from "../reports/sealing.ts";
import { kindOf, TroubleError } from "../trouble.ts";
import { isReportSummary, isSalted, isSealedReport, type KeyRing } from "../wire.ts";
import { secretOf } from "./commands/passphrase.ts";
import { beginSetUp, checkSetUpLink, checkSetUpWords, finishSetUp } from "./commands/setting_up.ts";
import { acceptRing, describe, type Keys, openGrants, openOwnWrap, wholeRing } from "./key_ring.ts";
import type { Asked, KeyWorkerMethods, KeyWorkerQuestions, TypedSignIn } from "./key_worker_client.ts";
import { askFor, get, post, postFor } from "./requests.ts";
import type { Session } from "./session.ts";

let keys: Keys | null = null;
let ownDraftKeys: DraftKeys | null = null;

/** The hashes of what was checked of each report, so that nothing is left out later unseen. */
const checked = new Map<string, Set<string>>();

/** Acknowledgements that this worker sent: what it looked at last does not show them yet. */
const acknowledgedHere = new Set<string>();

const looking = new Looking({
  summary: (id) => get(`/reports/${id}`, isReportSummary),
  opened: (id) => postFor(`/reports/${id}/opened`, isSealedReport),
});

const fetchRing = async (): Promise<KeyRing> => wholeRing(await get("/key-ring", isAnything));

function openKeys(): Keys {
  if (!keys) throw new TroubleError("locked");
  return keys;
}

function openDraftKeys(): DraftKeys {
  if (!ownDraftKeys) throw new TroubleError("locked");
  return ownDraftKeys;
}

interface Parameters {
  salt: Bytes;
  memory: number;
  passes: number;
}

interface Stretched {
  proof: Bytes;
  wrapKey: Bytes;
}

type Stretcher = (parameters: Parameters) => Promise<Stretched>;

/** Stretch the words, refusing parameters below the minimum: a server must not be able to ask for a proof that is easy to guess from. */
function stretcher(secret: Bytes): Stretcher {
  let last: (Parameters & { stretched: Stretched }) | null = null;
  return async ({ salt, memory, passes }) => {
    if (last && equal(last.salt, salt) && last.memory === memory && last.passes === passes) return last.stretched;
    const stretched = await stretchPassphrase({ secret, salt, memory, passes }).catch((error: unknown) => {
      throw error instanceof FormatError ? new TroubleError("weak") : error;
    });
    last = { salt, memory, passes, stretched };
    return stretched;
  };
}

async function signIn({ name, words, code }: TypedSignIn): Promise<Session> {
  const stretch = stretcher(secretOf(words));
  const { salt, memory, passes } = await postFor("/sign-in/start", isSalted, { name });
  const { proof } = await stretch({ salt: unb64(salt, 16), memory, passes });
  await post("/sign-in", { name, proof: b64(proof), code }).catch((error: unknown) => {
    throw kindOf(error) === "signed-out" ? new TroubleError("refused") : error;
  });
  return openRing(stretch).catch((error: unknown) => {
    throw kindOf(error) === "words" ? new TroubleError("ring") : error; // the server has just said that they are right
  });
}

async function unlock({ words }: { words: string }): Promise<Session> {
  return openRing(stretcher(secretOf(words)));
}

async function openRing(stretch: Stretcher): Promise<Session> {
  const ring = await fetchRing();
  const own = await openOwnWrap(ring, async (salted) => (await stretch(salted)).wrapKey);
  const accepted = await acceptRing(ring, own, await readStaffPin(), Date.now());
  const opened = await openGrants(ring, accepted, own.seed);
  const forDrafts = await draftKeys(own.seed, accepted.member.id);
  own.seed.fill(0);
  askFor(b64(accepted.member.id));
  await writeStaffPin(accepted.pin);
  keys = opened;
  ownDraftKeys = forDrafts;
  return describe(accepted, opened);
}

async function lookWho() {
  void tidiedShelf(Date.now()).catch(() => []); // without a key: a browser that nobody signs in to keeps no draft for ever
  const { member } = await fetchRing();
  return { id: member.id, name: member.name };
}

async function look(id: string): Promise<Opening> {
  const opener = openKeys();
  const before = checked.get(id) ?? new Set();
  const found = await openSealed(await looking.at(id), id, opener, before);
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

/** Both from one look at the report. */
async function seal(typed: TypedAnswer) {
  const { report, ties } = await look(typed.id);
  return { sealed: await sealTypedAnswer(typed, ties, openKeys(), Date.now()), report };
}

const methods: KeyWorkerMethods = {
  look: lookWho,
  signIn,
  unlock,
  report: lookAtReport,
  seal,
  deliver: async ({ typed, sealed }) => {
    openKeys();
    return post(`/reports/${typed.id}/messages`, bodyOf(typed, sealed));
  },
  keepDraft: async ({ report, draft }) => putOnShelf(openDraftKeys(), report, draft, Date.now()),
  dropDraft: async ({ report }) => takeFromShelf(report),
  drafts: async () => draftsOnShelf(openDraftKeys(), Date.now()),
  checkSetUpLink,
  beginSetUp,
  checkSetUpWords,
  finishSetUp,
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
  report: forMember(methods.report),
  seal: forMember(methods.seal),
  deliver: forMember(methods.deliver),
  keepDraft: forMember(methods.keepDraft),
  dropDraft: forMember(methods.dropDraft),
  drafts: forMember(methods.drafts),
  checkSetUpLink: forMember(methods.checkSetUpLink),
  beginSetUp: forMember(methods.beginSetUp),
  checkSetUpWords: forMember(methods.checkSetUpWords),
  finishSetUp: forMember(methods.finishSetUp),
};

serve(questions);
