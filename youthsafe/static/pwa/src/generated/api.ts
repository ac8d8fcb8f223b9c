/** Made by `make generated` from what routes declare; do not edit. */

/** What a member sees of the own account. */
export type Account = {
  member: Member;
  app: boolean;
  passkeys: Array<Passkey>;
  codes_left: number;
  mail: string | null;
  confirmed: boolean;
};

/** `{"acknowledgement", "instead_of"}`: what the member's browser says to the reporter, and, if it was given one of the same kind that is not true, that one. */
export type Acknowledgement = {
  acknowledgement: string;
  instead_of?: string;
};

/** How many people of some kind there are, and how many have no address of mail. */
export type Addressed = {
  count: number;
  without_mail: number;
};

/** How many reports nobody has opened, in danger and others, up to 100 each; the hour of the last alert that went out; and whether one does not. */
export type Alerts = {
  urgent: number;
  others: number;
  last: string | null;
  failing: boolean;
};

/** `{"after", "envelope", "follow_ups"}`: the digest of the newest answer (zeros for none), the sealed answer, and how many follow-ups the member was shown. */
export type Answer = {
  after: string;
  envelope: string;
  follow_ups: number;
};

/** A secret for an app: in base32, and as the address that an app reads from a QR code. */
export type AppSecret = {
  secret: string;
  address: string;
};

/** The number and the head of the change that is now in force. */
export type AppliedChange = {
  number: number;
  head: string;
};

/** One person's word: by which role, how and when; `mine`: the member's own. */
export type Approval = {
  role: string;
  method: "visit" | "phone" | "letter";
  on: string;
  mine: boolean;
};

/** What a passkey signed (WebAuthn): its id, and the three parts that are signed or sign. */
export type Assertion = {
  id: string;
  client_data: string;
  authenticator_data: string;
  signature: string;
};

/** A new passkey as its authenticator describes it, what its member calls it, and a wrap that its PRF opens. */
export type Attestation = {
  id: string;
  client_data: string;
  attestation: string;
  label: string;
  wrap?: string;
};

/** A day and what it is called in English. */
export type BankHoliday = {
  day: string;
  name: string;
};

/** `{"proof", "code"}` or `{"proof", "passkey"}`; the proof has 32 bytes. A code has six digits from an app, or ten letters and digits: a recovery code, or one that a colleague says. */
export type BothFactors = {
  proof: string;
  code?: string;
  passkey?: Assertion;
};

/** The hour from which most reports wait. */
export type Busiest = {
  hour: string;
  count: number;
};

/** The bank holidays of a nation, from today to `last`. */
export type Calendar = {
  nation: string;
  last: string;
  holidays: Array<BankHoliday>;
};

/** A page of entries, the oldest first; `count` is how many the card has. */
export type Card = {
  count: number;
  entries: Array<SealedEntry>;
};

/** The newest entry of a chain by number and hash; none where the database has no hash there. */
export type ChainHead = {
  chain: string;
  number: number;
  head: string | null;
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

/** The same, as it is given. */
export type Change = {
  change: string;
  signature: string;
};

/** A place that stands differently in the file; `was` is its status until now. */
export type ChangedHaven = {
  id: string;
  name: string;
  was: "candidate" | "active" | "paused" | "withdrawn";
  columns: Array<Rewritten>;
};

/** Signed changes, oldest first. */
export type Changes = {
  changes: Array<Change>;
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

/** `{"code"}`: six digits of an app. */
export type Code = {
  code: string;
};

/** Somebody of the staff. `reset`: they have no second factor at the moment, because a colleague took it away. */
export type Colleague = {
  id: string;
  name: string;
  role: 1 | 2 | 3 | 4;
  app: boolean;
  passkeys: number;
  codes_left: number;
  reset: boolean;
};

/** Everybody of the staff, by name. */
export type Colleagues = {
  members: Array<Colleague>;
};

/** A change that does not hold yet. */
export type ComingDays = {
  days: Days;
  holds_from: string;
};

/** The same as it was written. */
export type Controller = {
  name: string;
  contact: string;
  data_protection_officer: string;
  complaints: string;
  accessibility: string;
};

/** Who runs this instance, in words for everybody; what is not known yet is empty. */
export type ControllerBody = {
  name: string;
  contact: string;
  data_protection_officer: string;
  complaints: string;
  accessibility: string;
};

/** How many there were. */
export type Count = {
  count: number;
};

/** How many days a report is kept after it was closed, and one that nobody claims after it came. */
export type Days = {
  closed: number;
  unclaimed: number;
};

/** The same, as somebody would have them. */
export type DaysToForesee = {
  closed: number;
  unclaimed: number;
};

/** `{"endpoint"}`: the address that a browser's push service gave it. */
export type Device = {
  endpoint: string;
};

/** The addresses of the browsers in which the member is woken. */
export type Devices = {
  endpoints: Array<string>;
};

/** What a file would change, under its digest; or what is to mend in it: then there is no digest. */
export type Difference = {
  unit: "line" | "feature";
  refusals: Array<Refusal>;
  refused: number;
  new: Array<NewHaven>;
  changed: Array<ChangedHaven>;
  same: number;
  gone: Array<GoneHaven>;
  digest: string | null;
};

/** What differs from the pack here; null is as the pack has it. */
export type Differing = {
  phone: string | null;
  text_to: string | null;
  text_say: string | null;
  hours: string | null;
  hours_text: string | null;
};

/** `{}`: a request whose address says everything. */
export type Empty = Record<string, never>;

/** `{"entry"}`: one sealed entry, which follows the newest. */
export type Entry = {
  entry: string;
};

/** Something that happened to the member's keys or factors; `other`: the name of the other person of it. */
export type Event = {
  id: string;
  kind: "second-factor-reset" | "second-factor-reset-by-you" | "recovery-code-used" | "words-changed" | "factor-added" | "factor-removed" | "mail-changed" | "kit-looked";
  other: string | null;
  at: string;
};

/** What the member has not read yet, the newest first. */
export type Events = {
  events: Array<Event>;
};

/** Words of every language of the content pack; `*` ends what may go on. */
export type FirstLook = {
  covered: Array<string>;
  shown: Array<string>;
};

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

/** What days would erase in the next weeks, of all teams: so many when they begin to hold, and day by day. */
export type Foreseen = {
  holds_from: string;
  removes: number;
  removals: Array<Removal>;
};

/** Since when the form takes no reports, and why; null while it takes them. */
export type Form = {
  stopped: Stopped | null;
};

/** Everything that a new instance begins with: the link's secret, the first change, its coordinator, the kit. */
export type Founding = {
  secret: string;
  change: string;
  signature: string;
  salt: string;
  proof: string;
  wrap: string;
  second_factor: string;
  code: string;
  kit_token: string;
  kit_wrap: string;
};

/** A mail that was not delivered, and why. */
export type GivenUpMail = {
  kind: "work-waits" | "danger-waits" | "danger-unopened" | "second-factor-reset" | "second-factor-reset-by-you" | "account-changed" | "mail-changed" | "kit-looked" | "form-closed" | "bundle-ends" | "roster-ends" | "head";
  queued: string;
  problem: "no-address" | "no-such-server" | "cannot-connect" | "timed-out" | "not-smtp" | "broken-off" | "tls-missing" | "tls-failed" | "certificate" | "sign-in-not-offered" | "sign-in-wanted" | "wrong-password" | "sender-refused" | "recipient-refused" | "refused" | "try-later";
};

/** A place that is not in the file; it stays as it is. */
export type GoneHaven = {
  id: string;
  name: string;
  status: "candidate" | "active" | "paused" | "withdrawn";
};

/** `{"hour", "step", "urgent", "opened", "count"}`: a group as it was shown. */
export type Group = {
  hour: string;
  step: number;
  urgent: boolean;
  opened: boolean;
  count: number;
};

/** `{"to"}`: the id of the colleague. */
export type HandOver = {
  to: string;
};

/** `{"columns"}`: one place as the columns of a file. */
export type HavenColumns = {
  columns: Record<string, string>;
};

/** How many havens each list holds. */
export type HavenCounts = {
  candidate: number;
  active: number;
  paused: number;
  withdrawn: number;
  due: number;
};

/** One place: its line, its columns as texts, and who has approved it. */
export type HavenDetail = {
  haven: HavenSummary;
  columns: Record<string, string>;
  approvals: Array<Approval>;
};

/** `{"doubt"}`: what is doubted about a place. */
export type HavenDoubt = {
  doubt: "closed" | "moved" | "turned-away" | "details" | "other";
};

/** The place that was kept, or what is to mend: then nothing was saved. */
export type HavenKept = {
  id: string | null;
  refusals: Array<Refusal>;
};

/** A page of the list; `next` is the `after=` of what follows. */
export type HavenList = {
  havens: Array<HavenSummary>;
  next: string | null;
  counts: HavenCounts;
};

/** What a line of the list shows. `due`: it is on the list and was not verified lately. */
export type HavenSummary = {
  id: string;
  kind: "safe-haven" | "hate-crime-site";
  status: "candidate" | "active" | "paused" | "withdrawn";
  name: string;
  address: string;
  verified_on: string | null;
  verified_by: string | null;
  method: string | null;
  doubt: "closed" | "moved" | "turned-away" | "details" | "other" | null;
  due: boolean;
  expired: boolean;
  demo: boolean;
};

/** `{"method", "on"}`: how somebody made sure of a place, and on which day. */
export type HavenWord = {
  method: "visit" | "phone" | "letter";
  on: string;
};

/** One helpline. `fixed`: it stands on every screen and cannot differ. `due`: nobody tried it lately. `pack` is what the pack says, in the same form as what differs here; `checked_on` is what pupils are told. */
export type Helpline = {
  id: string;
  name: string;
  ways: Array<"phone" | "text" | "chat" | "web">;
  fixed: boolean;
  may_be_tried: boolean;
  due: boolean;
  pack: Differing;
  local: Differing;
  differs: boolean;
  changed_on: string | null;
  silent_since: string | null;
  checked_on: string | null;
  checked_by: string | null;
  checked_how: string | null;
};

/** What differs from the pack here; null is as the pack has it. */
export type HelplineChange = {
  phone: string | null;
  text_to: string | null;
  text_say: string | null;
  hours: "always" | "see" | "unknown" | null;
  hours_text: string | null;
};

/** The helpline as it is now, and what is wrong: then nothing was changed. */
export type HelplineChanged = {
  helpline: Helpline;
  faults: Array<HelplineFault>;
};

/** What is wrong with a field; an empty field is the whole. */
export type HelplineFault = {
  field: string;
  fault: "fixed" | "nothing" | "number" | "emergency" | "costly" | "word" | "hours" | "plain" | "in-texts";
};

/** Every helpline, in the pack's order. */
export type HelplineList = {
  helplines: Array<Helpline>;
};

/** `{"way", "on"}`: how somebody tried a helpline, and on which day. */
export type HelplineTried = {
  way: "phone" | "text" | "chat" | "web";
  on: string;
};

/** `{"format"}`: csv or geojson. */
export type ImportBegin = {
  format: "csv" | "geojson";
};

/** `{"digest"}`: the difference that was looked at. */
export type ImportDigest = {
  digest: string;
};

/** `{"number", "text"}`: a piece of the file's text, numbered from 0. */
export type ImportPiece = {
  number: number;
  text: string;
};

/** How many places were saved as candidates. */
export type Imported = {
  new: number;
  changed: number;
};

/** What an invited browser made: a key, the proof of it, its words, and a code of the app or a passkey. */
export type InvitationAnswer = {
  token: string;
  public_key: string;
  proof: string;
  words: NewWords;
  code?: string;
  passkey?: Attestation;
};

/** `{"token"}`: what the secret of a link gives of it, 32 bytes. */
export type InvitationToken = {
  token: string;
};

/** The invitations that are good, the newest first. */
export type Invitations = {
  invitations: Array<Invited>;
};

/** Somebody who was invited. `answered`: their browser made a key, which a coordinator has to check. */
export type Invited = {
  id: string;
  member: string;
  name: string;
  role: 1 | 2 | 3 | 4;
  teams: Array<string>;
  made_by: string;
  until: string;
  offer: string;
  sealed_secret: string;
  public_key: string | null;
  proof: string | null;
  answered: boolean;
};

/** The id by which closing a group is undone, and how many of its kind stay open because they are on hold. */
export type Junked = {
  id: string;
  held: number;
};

/** The id under which something was kept. */
export type Kept = {
  id: string;
};

/** The number under which an entry was kept. */
export type KeptEntry = {
  number: number;
};

/** The member's sealed keys, and everything signed that the browser checks them against. */
export type KeyRing = {
  member: Member;
  wraps: Array<string>;
  grants: Array<string>;
  root_grant: string | null;
  roster: string;
  roster_signature: string;
  bundle: string;
  bundle_signature: string;
  root: string;
  root_changes: Array<string>;
};

/** `{"token"}`: what a recovery kit is known by. */
export type Kit = {
  token: string;
};

/** `{"secret"}`: what follows the # of the set-up link. */
export type Link = {
  secret: string;
};

/** What a browser must know before it makes keys: whether they are a demonstration's. */
export type LinkFound = {
  demo: boolean;
};

/** `{"address"}`: an address of mail, or null for none. */
export type Mail = {
  address: string | null;
};

/** `{"server", "port", "security", "user", "password", "sender"}`; with no password the one that is there stays. */
export type MailAccount = {
  server: string;
  port: number;
  security: "starttls" | "tls" | "none";
  user: string | null;
  password: string | null;
  sender: string;
};

/** What waits, when it is tried next, what kept the newest try from success, and what was given up. */
export type MailQueue = {
  waiting: number;
  next: string | null;
  problem: "no-address" | "no-such-server" | "cannot-connect" | "timed-out" | "not-smtp" | "broken-off" | "tls-missing" | "tls-failed" | "certificate" | "sign-in-not-offered" | "sign-in-wanted" | "wrong-password" | "sender-refused" | "recipient-refused" | "refused" | "try-later" | null;
  given_up: Array<GivenUpMail>;
};

/** How mail goes out. The password itself is never given. */
export type MailServer = {
  server: string;
  port: number;
  security: "starttls" | "tls" | "none";
  user: string | null;
  has_password: boolean;
  sender: string;
};

/** `{"to"}`: where a test message goes; null for the member's own address. */
export type MailTest = {
  to: string | null;
};

/** How far a test message came, what stopped it, and the three digits that the server said; 0 without any. */
export type MailTested = {
  reached: "nothing" | "connected" | "encrypted" | "signed-in" | "accepted";
  problem: "no-address" | "no-such-server" | "cannot-connect" | "timed-out" | "not-smtp" | "broken-off" | "tls-missing" | "tls-failed" | "certificate" | "sign-in-not-offered" | "sign-in-wanted" | "wrong-password" | "sender-refused" | "recipient-refused" | "refused" | "try-later" | null;
  code: number;
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

/** Somebody who has, or had, an account here. */
export type Named = {
  id: string;
  name: string;
};

/** A place that nobody knew. */
export type NewHaven = {
  name: string;
  address: string;
};

/** What a coordinator's browser made. `days`: how long the link is good; `token`: what its secret gives of it. */
export type NewInvitation = {
  token: string;
  member: string;
  name: string;
  role: 1 | 2 | 3 | 4;
  teams: Array<string>;
  offer: string;
  offer_mac: string;
  sealed_secret: string;
  days: number;
};

/** The change that names a new recovery kit, and what the server keeps of it. */
export type NewKit = {
  change: string;
  signature: string;
  kit_token: string;
  kit_wrap: string;
};

/** The mailbox that a report brings with it. */
export type NewMailbox = {
  id: string;
  verifier: string;
  key: string;
  note: string;
};

/** `{"proof", "salt", "wrap"}`: what a browser made of new six words. */
export type NewWords = {
  proof: string;
  salt: string;
  wrap: string;
};

/** The newest entry of each card that has one, in no order. */
export type NewestEntries = {
  entries: Array<NewestEntry>;
};

/** The newest entry of a report's card. */
export type NewestEntry = {
  number: number;
  received: string;
  entry: string;
  report: string;
};

/** What was offered, with its mac; how words are stretched, memory in KiB; and what a second factor is made with. */
export type Offered = {
  member: string;
  offer: string;
  offer_mac: string;
  memory: number;
  passes: number;
  until: string;
  app: AppSecret;
  challenge: string;
  site: string;
};

/** A browser where the member is signed in. `here`: the one that asks. */
export type OpenSession = {
  id: string;
  begun: string;
  seen: string;
  here: boolean;
};

/** Where the member is signed in, the newest first. */
export type OpenSessions = {
  sessions: Array<OpenSession>;
};

/** One report with its sealed bytes; what is null is damaged at rest. `drill`: the website made it itself. */
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
  entries: number;
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
  drill: boolean;
};

/** Everything that the desk shows of mail. */
export type OutgoingMail = {
  account: MailServer | null;
  queue: MailQueue;
  delivered: string | null;
  own: string | null;
  coordinators: Addressed;
  readers: Addressed;
};

/** A passkey as its member knows it; `opens_keys`: it can open the keys in the place of the words. */
export type Passkey = {
  id: string;
  label: string;
  made: string;
  opens_keys: boolean;
};

/** What a new passkey is made with: a challenge, the site that it is for, and passkeys that are here already. */
export type PasskeyQuestion = {
  challenge: string;
  site: string;
  known: Array<string>;
};

/** RFC 9457. `fields` says what is wrong by field; nothing that was sent is quoted. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  fields?: Record<string, Array<string>>;
};

/** What a browser binds itself to. */
export type PushKey = {
  key: string;
};

/** The fewest and the most days that can be set. */
export type Range = {
  least: number;
  most: number;
};

/** Ten codes, as people read them. They are given once. */
export type RecoveryCodes = {
  codes: Array<string>;
};

/** One page to refer a case on. */
export type ReferralForm = {
  to: "mash" | "hub" | "school" | "police" | "lado" | "other";
  title: string;
  rows: Array<ReferralRow>;
};

/** The pages of the content pack, in its original language. */
export type ReferralForms = {
  language: string;
  forms: Array<ReferralForm>;
};

/** One row; `says` is what the desk writes there, null where the caseworker types. */
export type ReferralRow = {
  label: string;
  says: "number" | "received" | "danger" | "told" | "wish" | "chronology" | "level" | "categories" | "summary" | "made" | null;
};

/** One thing to mend: a line (0 for the whole), a field, what is wrong and how to mend it, in English. */
export type Refusal = {
  line: number;
  field: string;
  what: string;
  fix: string;
};

/** How many reports are erased on a day in London, by reason. */
export type Removal = {
  day: string;
  closed: number;
  unclaimed: number;
};

/** A page of reports; `next` is the `after` of those that follow, `stopped` why and since when none are taken. */
export type ReportList = {
  reports: Array<ReportSummary>;
  next: string | null;
  taken_back: Array<TakenBack>;
  stopped: Stopped | null;
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
  entries: number;
  unanswered: boolean;
  withdrawn: boolean;
  hold: boolean;
  erased: string | null;
  work_step: number;
  damaged: boolean;
};

/** The code that a colleague says to whoever lost a second factor, and until when it is good. */
export type Reset = {
  code: string;
  until: string;
};

/** The kit's token, the change that brings one coordinator back, the coordinator's sign-in and the new kit. */
export type Restoring = {
  change: string;
  signature: string;
  salt: string;
  proof: string;
  wrap: string;
  second_factor: string;
  code: string;
  kit_token: string;
  kit_wrap: string;
  token: string;
};

/** What holds, what waits to hold, what will be erased so, and what may be set. */
export type Retention = {
  days: Days;
  coming: ComingDays | null;
  foreseen: Foreseen;
  closed: Range;
  unclaimed: Range;
};

/** The same, with how many reports were shown to be erased when it begins to hold. */
export type RetentionChange = {
  closed: number;
  unclaimed: number;
  removes: number;
};

/** One column of a place, before and after, cut where it is long. */
export type Rewritten = {
  column: string;
  old: string;
  new: string;
};

/** One entry as it came, and in which hour. */
export type SealedEntry = {
  number: number;
  received: string;
  entry: string;
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

/** What the kit opens, and the change in force with its signature. */
export type SealedToKit = {
  wrap: string;
  grants: Array<string>;
  change: string;
  signature: string;
};

/** When a follow-up came, in hours since 1970, and how many answers there were by then. */
export type SentFollowUp = {
  number: number;
  hour: number;
  answers: number;
};

/** `{"name", "proof", "code"}`, or `{"name", "proof", "passkey"}`, as for both factors. */
export type SignIn = {
  proof: string;
  code?: string;
  passkey?: Assertion;
  name: string;
};

/** The list of teams with their keys, signed by the root. */
export type SignedBundle = {
  bundle: string;
  signature: string;
  root: string;
  root_changes: Array<string>;
};

/** A change that the root signed (docs/envelope.md 5.3). */
export type SignedChange = {
  change: string;
  signature: string;
};

/** The member whose session was opened. `enrol`: it may do nothing before a new second factor is enrolled. */
export type SignedIn = {
  member: Member;
  enrol: boolean;
};

/** A page of slips, in no order that tells anything; `next` is the `after` of those that follow. */
export type SlipPage = {
  slips: Array<string>;
  next: string | null;
};

/** `{"slips"}`: outcome slips of a week, in no order. */
export type Slips = {
  slips: Array<string>;
};

/** How far set-up has come. `open`: whether pupils can send; `enough`: how many people must be able to open. `borough`: whose content pack the pages show; `readers`: everybody in a team, whom mail tells what came. */
export type Standing = {
  open: boolean;
  one_team: boolean;
  enough: number;
  borough: string;
  steps: Array<Step>;
  teams: Array<TeamReaders>;
  readers: Addressed;
  controller: Controller;
};

/** `{"name"}`. */
export type Start = {
  name: string;
};

/** Something to do before the form opens. */
export type Step = {
  name: string;
  done: boolean;
};

/** Since when no reports are taken, and why: by a `member`, or because what came lies `unread`, or `nobody` came. */
export type Stopped = {
  since: string;
  reason: "member" | "unread" | "nobody";
};

/** How a browser stretches six words for one name, memory in KiB; and what a passkey would sign, whoever it is. */
export type Stretching = {
  member: string;
  salt: string;
  memory: number;
  passes: number;
  challenge: string;
  site: string;
};

/** Urgent reports of one hour that were taken back before anybody opened them. */
export type TakenBack = {
  team: string;
  hour: string;
  count: number;
};

/** A team that reads reports, and how many people can open them. */
export type TeamReaders = {
  id: string;
  name: string;
  kind: 1 | 2;
  people: number;
};

/** `{"one_team"}`: whether worries about adults who work with young people go to the general team too. */
export type TeamsDecided = {
  one_team: boolean;
};

/** A page of the trail, the newest first, with the heads of every chain that the member may read. */
export type Trail = {
  instance: string;
  heads: Array<ChainHead>;
  entries: Array<TrailEntry>;
  next: number | null;
  people: Array<Named>;
};

/** One entry, as its hash is made of it; `at` in Unix seconds, `previous` the hash before it in its chain. What somebody changed to another kind of value is null, and `damaged` says so. */
export type TrailEntry = {
  number: number;
  chain: string | null;
  at: number | null;
  actor: string | null;
  action: "demo.prepared" | "instance.set-up" | "controller.written" | "teams.decided" | "form.opened" | "kit.replaced" | "kit.looked" | "kit.used" | "change.applied" | "member.signed-in" | "member.signed-out" | "member.recovery-code-used" | "member.recovery-codes-made" | "member.words-changed" | "member.app-enrolled" | "member.app-removed" | "member.passkey-added" | "member.passkey-removed" | "member.sessions-ended" | "member.mail-changed" | "member.device-added" | "member.device-removed" | "member.factor-reset" | "member.invited" | "member.answered" | "member.invitation-cancelled" | "member.joined" | "member.removed" | "member.changed" | "report.opened" | "report.claimed" | "report.taken-over" | "report.released" | "report.handed-over" | "report.freed" | "report.answered" | "report.card-written" | "report.closed" | "report.reopened" | "report.withdrawn" | "report.held" | "report.hold-lifted" | "report.alerted" | "report.acknowledgement-replaced" | "report.purged" | "drill.made" | "drill.done" | "reports.junked" | "reports.restored" | "slips.posted" | "work.raised" | "work.lowered" | "mail.set" | "mail.removed" | "mail.tested" | "form.stopped" | "form.taken-up" | "form.closed-itself" | "form.opened-itself" | "retention.set" | "havens.imported" | "haven.approved" | "haven.activated" | "haven.renewed" | "haven.paused" | "haven.withdrawn" | "haven.proposed" | "haven.edited" | "haven.flagged" | "haven.approval-taken-back" | "helpline.checked" | "helpline.alerted" | "helpline.alert-ended" | "helpline.changed" | "helpline.restored" | null;
  subject: string | null;
  previous: string | null;
  damaged: boolean;
};

/** Whether a push service took a test, and what kept another from it. */
export type Woken = {
  woken: boolean;
  problem: "no-address" | "no-such-server" | "cannot-connect" | "timed-out" | "not-smtp" | "broken-off" | "tls-missing" | "tls-failed" | "certificate" | "sign-in-not-offered" | "sign-in-wanted" | "wrong-password" | "sender-refused" | "recipient-refused" | "refused" | "try-later" | null;
};

/** The work that sending it costs now. */
export type Work = {
  challenge: Challenge;
};

/** The work that everybody is asked for, and the highest step that there is. */
export type WorkAsked = {
  work: MinimumUntil | null;
  highest: number;
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
