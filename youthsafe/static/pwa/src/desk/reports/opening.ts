/** One report and its messages, opened and checked. Nothing that the server says is believed where the seal says it too. */
import { acknowledged, OPENED, WITHDRAWAL_SEEN } from "../../crypto/acknowledgements.ts";
import { type Bytes, b64, equal, FormatError, isZero, unb64 } from "../../crypto/bytes.ts";
import { inOrder } from "../../crypto/chain.ts";
import type { Links, Message, Report } from "../../crypto/content.ts";
import { type Envelope, parseEnvelope, TO_REPORTER, TO_TEAM } from "../../crypto/envelope.ts";
import { seedFor } from "../../crypto/keyring.ts";
import { openAsTeam } from "../../crypto/messages.ts";
import { SealError, sha256 } from "../../crypto/primitives.ts";
import { openReport } from "../../crypto/report.ts";
import type { Keys } from "../session/key_ring.ts";
import { TroubleError } from "../trouble.ts";
import type { ReportSummary, SealedMessage, SealedReport } from "../wire.ts";
import { isDrill } from "./drills.ts";
import { isTimely } from "./written.ts";

export type Alarm = "thread" | "missing" | "order" | "hour" | "tip" | "mailbox";

/**
 * `written`: the hour under the seal; `lost`: it names a message of the other side that is not here; `unseen`: answers before it
 * that its writer had not seen.
 */
export interface OpenedMessage {
  id: string;
  number: number;
  direction: number;
  received: string;
  verdict: "checked" | "broken";
  gap: boolean;
  written: number | null;
  lost: boolean;
  unseen: number;
  text: string;
  locale: string;
}

/** `codes`: null where the field holds text. */
export interface OpenedAnswer {
  field: number;
  codes: string[] | null;
  text: string;
}

/** What the page shows. `written`: the hour under the seal, null where nothing was opened; `drill`: nobody wrote it. */
export interface OpenedReport {
  summary: ReportSummary;
  written: number | null;
  locale: string;
  wantsReply: boolean;
  answerable: boolean;
  answers: OpenedAnswer[];
  thread: OpenedMessage[];
  alarms: Alarm[];
  drill: boolean;
}

/** What every message is checked with. */
export interface Ties {
  reportId: Bytes;
  teamId: Bytes;
  mailboxKey: Bytes;
  mailboxKeyHash: Bytes;
  auth: Bytes;
}

/** What an answer is sealed with. */
export type AnswerTies = Ties & Omit<Links, "serial">;

/** An acknowledgement that the reporter still waits for; `insteadOf`: what is kept as one of its kind and is not the team's. */
export interface Unsaid {
  kind: number;
  insteadOf: string | null;
}

/** `checked`: the hashes of the messages that were. */
export interface Opening {
  /** The hash of the report's envelope, which the first entry of its card names. */
  digest: Bytes;
  report: OpenedReport;
  ties: AnswerTies;
  checked: string[];
  unsaid: Unsaid[];
}

const TEXTS = new Set([4, 6, 9, 10, 13]); // fields of docs/envelope.md section 3.1 that hold text; the others hold codes
const NONE = b64(new Uint8Array(32)); // what the first answer names

/**
 * Open a report that was asked for by `id`; throws TroubleError when the report itself does not open.
 * `before`: the hashes of the messages that were checked at earlier looks.
 */
export async function openSealed(
  sealed: SealedReport,
  id: string,
  keys: Keys,
  before: ReadonlySet<string> = new Set(),
): Promise<Opening> {
  try {
    return await open(sealed, id, keys, before);
  } catch (error) {
    if (isBroken(error)) throw new TroubleError("sealed");
    throw error;
  }
}

async function open(sealed: SealedReport, id: string, keys: Keys, before: ReadonlySet<string>): Promise<Opening> {
  const raw = unb64(sealed.envelope);
  const { envelope, report } = await openReport({ envelope: raw, reportId: unb64(id), seed: seedOf(raw, keys) });
  const mailboxKey = unb64(sealed.mailbox_key ?? "");
  const { reportId, teamId } = envelope;
  const ties = { reportId, teamId, mailboxKey, mailboxKeyHash: report.mailboxKeyHash, auth: report.auth };
  const digest = await sha256(envelope.raw);
  const { thread, moved, checked, next } = await openThread(sealed, b64(digest), ties, keys);
  const { envelope: _, mailbox_key, messages, acknowledgements, tip, drill: said, ...summary } = sealed;
  const alarms = alarmsOf({
    thread: !(isThreadWhole(thread) && agrees(summary, envelope)),
    missing: !(isAllHere(thread, summary) && [...before].every((hash) => checked.includes(hash))),
    order: moved,
    hour: !areHoursTimely(report, thread, summary),
    tip: tip !== b64(next.previous),
    mailbox: !(await isMailboxTheirs(report, mailboxKey)),
  });
  const wantsReply = !isZero(report.auth);
  const answerable = wantsReply && !alarms.includes("tip") && !alarms.includes("mailbox");
  const answers = report.answers.map(({ field, text }) => ({
    field,
    codes: TEXTS.has(field) ? null : text.split(" "),
    text,
  }));
  const { hour: written, locale } = report;
  const drill = isDrill(said, report.answers) && messages.length === 0;
  const opened = { summary, written, locale, wantsReply, answerable, answers, thread, alarms, drill };
  const unsaid = wantsReply && !alarms.includes("mailbox") ? await notYetSaid(ties, acknowledgements, summary) : [];
  return { report: opened, digest, ties: { ...ties, ...next }, checked, unsaid };
}

const ALARMS: readonly Alarm[] = ["thread", "missing", "order", "hour", "tip", "mailbox"];

const alarmsOf = (raised: Record<Alarm, boolean>): Alarm[] => ALARMS.filter((alarm) => raised[alarm]);

function areHoursTimely({ hour }: Report, thread: readonly OpenedMessage[], { received }: ReportSummary): boolean {
  const timely = thread.every((message) => message.written === null || isTimely(message.written, message.received));
  return timely && isTimely(hour, received);
}

/** That it was opened, and that its reporter took it back, unless the reporter can check that already. */
async function notYetSaid(
  ties: Ties,
  acknowledgements: readonly string[],
  { withdrawn }: ReportSummary,
): Promise<Unsaid[]> {
  const kept = acknowledgements.map((each) => unb64(each));
  const said = await acknowledged(ties, kept);
  const unsaid = [OPENED, ...(withdrawn ? [WITHDRAWAL_SEEN] : [])].filter((kind) => !said.has(kind));
  const insteadOf = (kind: number): string | null =>
    acknowledgements[kept.findIndex((each) => each[0] === kind)] ?? null;
  return unsaid.map((kind) => ({ kind, insteadOf: insteadOf(kind) }));
}

function seedOf(raw: Bytes, { secrets }: Keys): Bytes {
  const envelope = parseEnvelope(raw);
  const secret = secrets[b64(envelope.teamId)];
  if (!secret) throw new SealError("a team whose key is not here");
  return seedFor(secret, envelope);
}

/** Whether some of it is sealed to a key of a team that is not here. */
export const isOfOtherKeys = ({ envelope, messages }: SealedReport, keys: Keys): boolean =>
  [envelope, ...messages.map((message) => message.envelope ?? "")].some((sealed) => !isKeyHere(sealed, keys));

/** What cannot be read at all is no question of keys. */
function isKeyHere(sealed: string, keys: Keys): boolean {
  try {
    seedOf(unb64(sealed), keys);
    return true;
  } catch (error) {
    return !(error instanceof SealError);
  }
}

const isBroken = (error: unknown): boolean => error instanceof FormatError || error instanceof SealError;

/** The list and the seal must say the same of it. */
function agrees(summary: ReportSummary, envelope: Envelope): boolean {
  const { urgent, epoch, teamId } = envelope;
  return summary.urgent === urgent && summary.epoch === epoch && summary.team === b64(teamId);
}

async function isMailboxTheirs({ auth, mailboxKeyHash }: Report, mailboxKey: Bytes): Promise<boolean> {
  return isZero(auth) || equal(await sha256(mailboxKey), mailboxKeyHash);
}

/** The summary must count the messages that came with it. */
function isAllHere(thread: readonly OpenedMessage[], { follow_ups, answers }: ReportSummary): boolean {
  const count = (side: number): number => thread.filter(({ direction }) => direction === side).length;
  return count(TO_TEAM) === follow_ups && count(TO_REPORTER) === answers;
}

const isThreadWhole = (thread: readonly OpenedMessage[]): boolean =>
  thread.every(({ verdict, gap, lost }) => verdict === "checked" && !gap && !lost);

type Shown = Omit<OpenedMessage, "gap" | "lost" | "unseen">;

/** A message with its place in the chain; `message`: null when it did not open. */
interface Linked {
  previous: string | null;
  hash: string;
  number: number | undefined;
  message: Message | null;
  shown: Shown;
}

type Numbered = Map<number, string>;

interface OpenedThread {
  thread: OpenedMessage[];
  moved: boolean;
  checked: string[];
  next: Omit<Links, "serial">;
}

/**
 * Every message, opened. Each direction is put in the order in which its messages name one another, in the places that the
 * server gave it. `first`: digest of the report's envelope; `moved`: the server had another order; `next`: the place of the next answer.
 */
async function openThread(sealed: SealedReport, first: string, ties: Ties, keys: Keys): Promise<OpenedThread> {
  const links = await openedOnce(sealed.messages, ties, keys);
  const follow = inOrder(links.filter(({ shown }) => shown.direction === TO_TEAM), first); // biome-ignore format: one rule a line
  const answer = inOrder(links.filter(({ shown }) => shown.direction === TO_REPORTER), NONE); // biome-ignore format: one rule a line
  const sides = new Map([
    [TO_TEAM, follow.messages.values()],
    [TO_REPORTER, answer.messages.values()],
  ]);
  const followUps = byNumber(follow.messages, first);
  const here = new Map([
    [TO_TEAM, followUps],
    [TO_REPORTER, byNumber(answer.messages, NONE)],
  ]);
  let answers = 0;
  const thread = links.map(({ shown }) => {
    const placed = sides.get(shown.direction)?.next().value;
    if (!placed) return { ...shown, gap: false, lost: false, unseen: 0 }; // a direction that there is not is broken
    if (shown.direction === TO_REPORTER) answers += 1;
    return { ...placed.message.shown, gap: placed.gap, ...named(placed.message, here, answers) };
  });
  const checked = links.flatMap(({ message, hash }) => (message ? [hash] : []));
  const next = nextPlace(answer.messages.map(({ message }) => message), followUps); // biome-ignore format: one rule a line
  return { thread, moved: follow.moved || answer.moved, checked, next };
}

/** The hash of each message of one direction that was checked, by its number; the first stands for none. */
function byNumber(messages: readonly { message: Linked }[], first: string): Numbered {
  const found: Numbered = new Map([[0, first]]);
  for (const { message: link } of messages) if (link.message) found.set(link.message.number, link.hash);
  return found;
}

/** Whether what a message names of the other direction is here, and how many of the answers before it a follow-up had not seen. */
function named(
  { message, shown }: Linked,
  here: Map<number, Numbered>,
  answers: number,
): Pick<OpenedMessage, "lost" | "unseen"> {
  if (!message) return { lost: false, unseen: 0 };
  const isFollowUp = shown.direction === TO_TEAM;
  const other = here.get(isFollowUp ? TO_REPORTER : TO_TEAM);
  const lost = other?.get(message.seen) !== b64(message.other);
  return { lost, unseen: isFollowUp && !lost ? Math.max(0, answers - message.seen) : 0 };
}

function nextPlace(answers: readonly Linked[], followUps: Numbered): Omit<Links, "serial"> {
  const last = answers.reduce((before, { message }) => message?.number ?? before + 1, 0); // one that did not open has a number too
  const seen = Math.max(...followUps.keys());
  const [previous, other] = [answers.at(-1)?.hash ?? NONE, followUps.get(seen) ?? NONE];
  return { number: last + 1, previous: unb64(previous), seen, other: unb64(other) };
}

/** The same message a second time counts as broken. */
async function openedOnce(messages: readonly SealedMessage[], ties: Ties, keys: Keys): Promise<Linked[]> {
  const seen = new Set<string>();
  const links: Linked[] = [];
  for (const message of messages) {
    const { envelope, ...known } = message;
    const hash = b64(await sha256(unb64(envelope ?? "")));
    const opened = seen.has(hash) ? null : await openMessage(message, ties, keys);
    seen.add(hash);
    const verdict = opened ? "checked" : "broken";
    const inside = { written: opened?.hour ?? null, text: opened?.text ?? "", locale: opened?.locale ?? "" };
    const previous = opened && b64(opened.previous);
    links.push({ previous, hash, number: opened?.number, message: opened, shown: { ...known, verdict, ...inside } });
  }
  return links;
}

async function openMessage(sealed: SealedMessage, ties: Ties, keys: Keys): Promise<Message | null> {
  const { reportId, auth, mailboxKey } = ties;
  try {
    const raw = unb64(sealed.envelope ?? "");
    const { envelope, message } = await openAsTeam({
      envelope: raw,
      reportId,
      seed: seedOf(raw, keys),
      auth,
      mailboxKey,
    });
    return envelope.direction === sealed.direction && b64(envelope.messageId) === sealed.id ? message : null;
  } catch (error) {
    if (isBroken(error)) return null;
    throw error;
  }
}
