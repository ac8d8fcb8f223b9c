/** What the desk reads of what the staff addresses give, by the types of the API, and the check that an answer has that shape. */
import type * as api from "../generated/api.ts";
import { both, type Guard, isFlag, isNumber, isText, listOf, oneOf, orNull, recordOf, shape } from "./guards.ts";

export type Person = Pick<api.Member, "id" | "name">;
export type TakenBack = api.TakenBack;
export type SealedMessage = api.SealedMessage;
export type KeyRing = Omit<api.KeyRing, "member"> & { member: Person };
/** How to stretch the words (Base64, KiB, passes), and what a passkey of this site would sign. */
export type Salted = Omit<api.Stretching, "member">;
export type FloodGroup = api.Group;
export type ClosedFlood = api.ClosedGroup;
export type Floods = api.Floods;
export type Mail = api.OutgoingMail;
export type MailTested = api.MailTested;
export type Alerts = api.Alerts;
export type Stopped = api.Stopped;

const isPerson = shape<Person>({ id: isText, name: isText });

/** A field that the API has and the desk does not read is none of its business. */
const SUMMARY = {
  id: isText,
  team: isText,
  epoch: isNumber,
  urgent: isFlag,
  received: isText,
  state: oneOf<api.ReportSummary["state"]>("new", "open", "closed"),
  claimed_by: orNull(isPerson),
  opened: isFlag,
  closed: orNull(isText),
  answers: isNumber,
  follow_ups: isNumber,
  entries: isNumber,
  unanswered: isFlag,
  withdrawn: isFlag,
  hold: isFlag,
  erased: orNull(isText),
  work_step: isNumber,
  damaged: isFlag,
};

/** What a list shows of a report. Moments are texts such as 2026-11-23T09:05Z; `damaged`: one of them cannot be read. */
export type ReportSummary = Pick<api.ReportSummary, keyof typeof SUMMARY>;

export type Listed = Omit<api.ReportList, "reports"> & { reports: ReportSummary[] };

type Sealed = Pick<api.OpenedReport, "envelope" | "mailbox_key" | "messages" | "acknowledgements" | "tip" | "drill">;

/** A report with its sealed bytes; what is null is damaged at the server. `direction`: 1 to the team, 2 to the reporter. */
export type SealedReport = ReportSummary & Sealed;

export const isReportSummary: Guard<ReportSummary> = shape<ReportSummary>(SUMMARY);

export const isStopped: Guard<Stopped> = shape<Stopped>({
  since: isText,
  reason: oneOf("member", "unread", "nobody"),
});

export const isListed: Guard<Listed> = shape<Listed>({
  reports: listOf(isReportSummary),
  next: orNull(isText),
  taken_back: listOf(shape<TakenBack>({ team: isText, hour: isText, count: isNumber })),
  stopped: orNull(isStopped),
});

const isSealedMessage = shape<SealedMessage>({
  id: isText,
  number: isNumber,
  direction: isNumber,
  received: isText,
  envelope: orNull(isText),
});

export const isSealedReport: Guard<SealedReport> = both(
  isReportSummary,
  shape<Sealed>({
    envelope: isText,
    mailbox_key: orNull(isText),
    messages: listOf(isSealedMessage),
    acknowledgements: listOf(isText),
    tip: isText,
    drill: isFlag,
  }),
);

export const isKeyRing: Guard<KeyRing> = shape<KeyRing>({
  member: isPerson,
  wraps: listOf(isText),
  grants: listOf(isText),
  root_grant: orNull(isText),
  roster: isText,
  roster_signature: isText,
  bundle: isText,
  bundle_signature: isText,
  root: isText,
  root_changes: listOf(isText),
});

export const isChanges: Guard<api.Changes> = shape<api.Changes>({
  changes: listOf(shape<api.Change>({ change: isText, signature: isText })),
});

export const isSignedIn: Guard<{ member: Person; enrol: boolean }> = shape<{ member: Person; enrol: boolean }>({
  member: isPerson,
  enrol: isFlag,
});

const isMember: Guard<api.Member> = shape<api.Member>({
  id: isText,
  name: isText,
  role: oneOf<api.Member["role"]>(1, 2, 3, 4),
});

export const isAccount: Guard<api.Account> = shape<api.Account>({
  member: isMember,
  app: isFlag,
  passkeys: listOf(shape<api.Passkey>({ id: isText, label: isText, made: isText, opens_keys: isFlag })),
  codes_left: isNumber,
  mail: orNull(isText),
  confirmed: isFlag,
});
export const isOpenSessions: Guard<api.OpenSessions> = shape<api.OpenSessions>({
  sessions: listOf(shape<api.OpenSession>({ id: isText, begun: isText, seen: isText, here: isFlag })),
});
const ROLE = oneOf<api.Member["role"]>(1, 2, 3, 4);
export const isColleagues: Guard<api.Colleagues> = shape<api.Colleagues>({
  members: listOf(
    shape<api.Colleague>({
      id: isText,
      name: isText,
      role: ROLE,
      app: isFlag,
      passkeys: isNumber,
      codes_left: isNumber,
      reset: isFlag,
    }),
  ),
});
export const isInvitations: Guard<api.Invitations> = shape<api.Invitations>({
  invitations: listOf(
    shape<api.Invited>({
      id: isText,
      member: isText,
      name: isText,
      role: ROLE,
      teams: listOf(isText),
      made_by: isText,
      until: isText,
      offer: isText,
      sealed_secret: isText,
      public_key: orNull(isText),
      proof: orNull(isText),
      answered: isFlag,
    }),
  ),
});
export const isReset: Guard<api.Reset> = shape<api.Reset>({ code: isText, until: isText });
export const isEvents: Guard<api.Events> = shape<api.Events>({
  events: listOf(
    shape<api.Event>({
      id: isText,
      kind: oneOf<api.Event["kind"]>(
        "second-factor-reset",
        "second-factor-reset-by-you",
        "recovery-code-used",
        "words-changed",
        "factor-added",
        "factor-removed",
        "mail-changed",
        "kit-looked",
      ),
      other: orNull(isText),
      at: isText,
    }),
  ),
});
export const isAppSecret: Guard<api.AppSecret> = shape<api.AppSecret>({ secret: isText, address: isText });
export const isOffered: Guard<api.Offered> = shape<api.Offered>({
  member: isText,
  offer: isText,
  offer_mac: isText,
  memory: isNumber,
  passes: isNumber,
  until: isText,
  app: isAppSecret,
  challenge: isText,
  site: isText,
});
export const isRecoveryCodes: Guard<api.RecoveryCodes> = shape<api.RecoveryCodes>({ codes: listOf(isText) });
export const isPasskeyQuestion: Guard<api.PasskeyQuestion> = shape<api.PasskeyQuestion>({
  challenge: isText,
  site: isText,
  known: listOf(isText),
});

export const isSalted: Guard<Salted> = shape<Salted>({
  salt: isText,
  memory: isNumber,
  passes: isNumber,
  challenge: isText,
  site: isText,
});

const GROUP = { hour: isText, step: isNumber, urgent: isFlag, opened: isFlag, count: isNumber };

export const isFloods: Guard<Floods> = shape<Floods>({
  groups: listOf(shape<FloodGroup>(GROUP)),
  busiest: orNull(shape<api.Busiest>({ hour: isText, count: isNumber })),
  flood: shape<api.FloodThresholds>({ hour: isNumber, day: isNumber, few: isNumber, reading: isNumber }),
  closed: listOf(shape<ClosedFlood>({ id: isText, at: isText, ...GROUP })),
  work: orNull(shape<api.MinimumUntil>({ step: isNumber, until: isText })),
  highest: isNumber,
});

export const isJunked: Guard<api.Junked> = shape<api.Junked>({ id: isText, held: isNumber });

const PROBLEMS = [
  "no-address",
  "no-such-server",
  "cannot-connect",
  "timed-out",
  "not-smtp",
  "broken-off",
  "tls-missing",
  "tls-failed",
  "certificate",
  "sign-in-not-offered",
  "sign-in-wanted",
  "wrong-password",
  "sender-refused",
  "recipient-refused",
  "refused",
  "try-later",
] as const satisfies readonly MailProblem[];

export type MailProblem = NonNullable<api.MailTested["problem"]>;
export type MailReached = api.MailTested["reached"];

const isProblem = oneOf<MailProblem>(...PROBLEMS);

export const isAddressed: Guard<api.Addressed> = shape<api.Addressed>({ count: isNumber, without_mail: isNumber });

export const isMail: Guard<Mail> = shape<Mail>({
  account: orNull(
    shape<api.MailServer>({
      server: isText,
      port: isNumber,
      security: oneOf<api.MailServer["security"]>("starttls", "tls", "none"),
      user: orNull(isText),
      has_password: isFlag,
      sender: isText,
    }),
  ),
  queue: shape<api.MailQueue>({
    waiting: isNumber,
    next: orNull(isText),
    problem: orNull(isProblem),
    given_up: listOf(
      shape<api.GivenUpMail>({
        kind: oneOf<api.GivenUpMail["kind"]>(
          "work-waits",
          "danger-waits",
          "danger-unopened",
          "second-factor-reset",
          "second-factor-reset-by-you",
          "account-changed",
          "mail-changed",
          "kit-looked",
          "form-closed",
          "bundle-ends",
          "roster-ends",
          "head",
        ),
        queued: isText,
        problem: isProblem,
      }),
    ),
  }),
  delivered: orNull(isText),
  own: orNull(isText),
  coordinators: isAddressed,
  readers: isAddressed,
});

export const isMailTested: Guard<MailTested> = shape<MailTested>({
  reached: oneOf<MailReached>("nothing", "connected", "encrypted", "signed-in", "accepted"),
  problem: orNull(isProblem),
  code: isNumber,
});

export const isAlerts: Guard<Alerts> = shape<Alerts>({
  urgent: isNumber,
  others: isNumber,
  last: orNull(isText),
  failing: isFlag,
});

export const isDevices: Guard<api.Devices> = shape<api.Devices>({ endpoints: listOf(isText) });
export const isPushKey: Guard<api.PushKey> = shape<api.PushKey>({ key: isText });
export const isWoken: Guard<api.Woken> = shape<api.Woken>({ woken: isFlag, problem: orNull(isProblem) });

export type Haven = api.HavenSummary;
export type HavenList = api.HavenList;
export type HavenDetail = api.HavenDetail;
export type HavenKept = api.HavenKept;
export type Refusal = api.Refusal;
export type Difference = api.Difference;
export type Helpline = api.Helpline;
export type Differing = api.Differing;
export type HelplineChanged = api.HelplineChanged;
export type HelplineFault = api.HelplineFault;

const isStatus = oneOf<Haven["status"]>("candidate", "active", "paused", "withdrawn");

const isHaven: Guard<Haven> = shape<Haven>({
  id: isText,
  kind: oneOf<Haven["kind"]>("safe-haven", "hate-crime-site"),
  status: isStatus,
  name: isText,
  address: isText,
  verified_on: orNull(isText),
  verified_by: orNull(isText),
  method: orNull(isText),
  doubt: orNull(oneOf<NonNullable<Haven["doubt"]>>("closed", "moved", "turned-away", "details", "other")),
  due: isFlag,
  expired: isFlag,
  demo: isFlag,
});

export const isHavenList: Guard<HavenList> = shape<HavenList>({
  havens: listOf(isHaven),
  next: orNull(isText),
  counts: shape<api.HavenCounts>({
    candidate: isNumber,
    active: isNumber,
    paused: isNumber,
    withdrawn: isNumber,
    due: isNumber,
  }),
});

export const isHavenDetail: Guard<HavenDetail> = shape<HavenDetail>({
  haven: isHaven,
  columns: recordOf(isText),
  approvals: listOf(
    shape<api.Approval>({
      role: isText,
      method: oneOf<api.Approval["method"]>("visit", "phone", "letter"),
      on: isText,
      mine: isFlag,
    }),
  ),
});

const isRefusal: Guard<Refusal> = shape<Refusal>({ line: isNumber, field: isText, what: isText, fix: isText });

export const isHavenKept: Guard<HavenKept> = shape<HavenKept>({ id: orNull(isText), refusals: listOf(isRefusal) });

export const isKept: Guard<api.Kept> = shape<api.Kept>({ id: isText });

export const isDifference: Guard<Difference> = shape<Difference>({
  unit: oneOf<Difference["unit"]>("line", "feature"),
  refusals: listOf(isRefusal),
  refused: isNumber,
  new: listOf(shape<api.NewHaven>({ name: isText, address: isText })),
  changed: listOf(
    shape<api.ChangedHaven>({
      id: isText,
      name: isText,
      was: isStatus,
      columns: listOf(shape<api.Rewritten>({ column: isText, old: isText, new: isText })),
    }),
  ),
  same: isNumber,
  gone: listOf(shape<api.GoneHaven>({ id: isText, name: isText, status: isStatus })),
  digest: orNull(isText),
});

export const isImported: Guard<api.Imported> = shape<api.Imported>({ new: isNumber, changed: isNumber });

const isDiffering: Guard<Differing> = shape<Differing>({
  phone: orNull(isText),
  text_to: orNull(isText),
  text_say: orNull(isText),
  hours: orNull(isText),
  hours_text: orNull(isText),
});

const isHelpline: Guard<Helpline> = shape<Helpline>({
  id: isText,
  name: isText,
  ways: listOf(oneOf<Helpline["ways"][number]>("phone", "text", "chat", "web")),
  fixed: isFlag,
  may_be_tried: isFlag,
  due: isFlag,
  pack: isDiffering,
  local: isDiffering,
  differs: isFlag,
  changed_on: orNull(isText),
  silent_since: orNull(isText),
  checked_on: orNull(isText),
  checked_by: orNull(isText),
  checked_how: orNull(isText),
});

export const isHelplineList: Guard<api.HelplineList> = shape<api.HelplineList>({ helplines: listOf(isHelpline) });

export const isHelplineChanged: Guard<HelplineChanged> = shape<HelplineChanged>({
  helpline: isHelpline,
  faults: listOf(
    shape<HelplineFault>({
      field: isText,
      fault: oneOf<HelplineFault["fault"]>(
        "fixed",
        "nothing",
        "number",
        "emergency",
        "costly",
        "word",
        "hours",
        "plain",
        "in-texts",
      ),
    }),
  ),
});
