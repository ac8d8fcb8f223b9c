/** Made by `make generated` from what routes declare; do not edit. */

/** `{"acknowledgement", "instead_of"}`: what the member's browser says to the reporter, and, if it was given one of the same kind that is not true, that one. */
export type Acknowledgement = {
  acknowledgement: string;
  instead_of?: string;
};

/** `{"after", "envelope", "follow_ups"}`: the digest of the newest answer (zeros for none), the sealed answer, and how many follow-ups the member was shown. */
export type Answer = {
  after: string;
  envelope: string;
  follow_ups: number;
};

/** The hour from which most reports wait. */
export type Busiest = {
  hour: string;
  count: number;
};

/** A signed ALTCHA challenge; its solution goes into the header `Youthsafe-Work`, as ALTCHA writes it in base64. */
export type Challenge = {
  parameters: ChallengeParameters;
  signature: string;
};

/** What the work is good for: one report, and how dear it is. */
export type ChallengeData = {
  report: string;
  step: number;
};

/** Find the counter whose derived key begins with `keyPrefix`; `expiresAt` in seconds since 1970. */
export type ChallengeParameters = {
  algorithm: "PBKDF2/SHA-256";
  nonce: string;
  salt: string;
  cost: number;
  keyLength: number;
  keyPrefix: string;
  keySignature: string;
  expiresAt: number;
  data: ChallengeData;
};

/** Whoever claimed a report. */
export type Claimant = {
  id: string;
  name: string;
};

/** `{"follow_ups"}`: how many follow-ups the member was shown. */
export type Close = {
  follow_ups: number;
};

/** A group that was closed as junk, under the id by which that is undone. */
export type ClosedGroup = {
  id: string;
  at: string;
  hour: string;
  step: number;
  urgent: boolean;
  opened: boolean;
  count: number;
};

/** How many there were. */
export type Count = {
  count: number;
};

/** `{}`: a request whose address says everything. */
export type Empty = Record<string, never>;

/** How many of an hour or a day make a flood, how few never do, and for how many hours what was opened is read. */
export type FloodThresholds = {
  hour: number;
  day: number;
  few: number;
  reading: number;
};

/** What nobody took on in a flood, what was closed as junk, and the work that everybody is asked for. */
export type Floods = {
  groups: Array<Group>;
  busiest: Busiest | null;
  flood: FloodThresholds;
  closed: Array<ClosedGroup>;
  work: MinimumUntil | null;
  highest: number;
};

/** One sealed follow-up. */
export type FollowUp = {
  id: string;
  token: string;
  after: string;
  envelope: string;
  note: string;
};

/** `{"hour", "step", "urgent", "opened", "count"}`: a group as it was shown. */
export type Group = {
  hour: string;
  step: number;
  urgent: boolean;
  opened: boolean;
  count: number;
};

/** The id under which something was kept. */
export type Kept = {
  id: string;
};

/** The member's sealed keys, and everything signed that the browser checks them against. */
export type KeyRing = {
  member: Member;
  wraps: Array<string>;
  grants: Array<string>;
  roster: string;
  roster_signature: string;
  bundle: string;
  bundle_signature: string;
  root: string;
};

/** One sealed answer; numbered from 1. */
export type MailboxAnswer = {
  number: number;
  envelope: string;
};

/** One page of a mailbox, always of one length; without a report where there is no such mailbox. */
export type MailboxPage = {
  report: MailboxReport | null;
  answers: Array<MailboxAnswer>;
  sent: Array<SentFollowUp>;
  older: number;
  pad: string;
};

/** How the report of a mailbox stands. */
export type MailboxReport = {
  id: string;
  team: string;
  opened: boolean;
  closed: boolean;
  withdrawn: boolean;
  note: string;
  acknowledgements: Array<string>;
  tip: string;
};

/** Which mailbox, the proof that it is the asker's, and where the page before it began (0 for the newest). */
export type MailboxRequest = {
  id: string;
  token: string;
  before: number;
};

/** Who is signed in. */
export type Member = {
  id: string;
  name: string;
  role: 1 | 2 | 3 | 4;
};

/** `{"step", "hours"}`: how much work everybody is asked for, and for how long. */
export type Minimum = {
  step: number;
  hours: number;
};

/** The work that everybody is asked for, and until when. */
export type MinimumUntil = {
  step: number;
  until: string;
};

/** The mailbox that a report brings with it. */
export type NewMailbox = {
  id: string;
  verifier: string;
  key: string;
  note: string;
};

/** One report with its sealed bytes; what is null is damaged at rest. */
export type OpenedReport = {
  id: string;
  team: string;
  epoch: number;
  urgent: boolean;
  received: string;
  state: "new" | "open" | "closed";
  claimed_by: Claimant | null;
  opened: boolean;
  closed: string | null;
  answers: number;
  follow_ups: number;
  unanswered: boolean;
  withdrawn: boolean;
  hold: boolean;
  erased: string | null;
  work_step: number;
  damaged: boolean;
  envelope: string;
  mailbox_key: string | null;
  messages: Array<SealedMessage>;
  acknowledgements: Array<string>;
  tip: string;
};

/** RFC 9457. `fields` says what is wrong by field; nothing that was sent is quoted. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  fields?: Record<string, Array<string>>;
};

/** A page of reports; `next` is the `after` of those that follow. */
export type ReportList = {
  reports: Array<ReportSummary>;
  next: string | null;
  taken_back: Array<TakenBack>;
};

/** What a list shows of a report: no content. */
export type ReportSummary = {
  id: string;
  team: string;
  epoch: number;
  urgent: boolean;
  received: string;
  state: "new" | "open" | "closed";
  claimed_by: Claimant | null;
  opened: boolean;
  closed: string | null;
  answers: number;
  follow_ups: number;
  unanswered: boolean;
  withdrawn: boolean;
  hold: boolean;
  erased: string | null;
  work_step: number;
  damaged: boolean;
};

/** One follow-up (direction 1) or answer (direction 2); without an envelope where it is damaged at rest. */
export type SealedMessage = {
  id: string;
  number: number;
  direction: number;
  received: string;
  envelope: string | null;
};

/** One sealed report. */
export type SealedReport = {
  envelope: string;
  mailbox: NewMailbox;
};

/** When a follow-up came, in hours since 1970, and how many answers there were by then. */
export type SentFollowUp = {
  number: number;
  hour: number;
  answers: number;
};

/** `{"name", "proof", "code"}`; the proof has 32 bytes, the code six digits. */
export type SignIn = {
  name: string;
  proof: string;
  code: string;
};

/** The list of teams with their keys, signed by the root. */
export type SignedBundle = {
  bundle: string;
  signature: string;
  root: string;
};

/** The member whose session was opened. */
export type SignedIn = {
  member: Member;
};

/** `{"name"}`. */
export type Start = {
  name: string;
};

/** How a browser stretches six words for one name; memory in KiB. */
export type Stretching = {
  member: string;
  salt: string;
  memory: number;
  passes: number;
};

/** Urgent reports of one hour that were taken back before anybody opened them. */
export type TakenBack = {
  team: string;
  hour: string;
  count: number;
};

/** The work that sending it costs now. */
export type Work = {
  challenge: Challenge;
};

/** The number of the report that is to be sent. */
export type WorkRequest = {
  report: string;
};

/** A problem with the work that is wanted first. */
export type WorkWanted = {
  type: string;
  title: string;
  status: number;
  detail: string;
  fields?: Record<string, Array<string>>;
  challenge: Challenge;
};
