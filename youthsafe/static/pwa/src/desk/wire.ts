/** What the staff addresses give, and the check that an answer has that shape. */
import { both, type Guard, isFlag, isNumber, isText, listOf, oneOf, orNull, shape } from "./guards.ts";

export interface Person {
  id: string;
  name: string;
}

/** What a list shows of a report. Moments are texts such as 2026-11-23T09:05Z; `damaged`: one of them cannot be read. */
export interface ReportSummary {
  id: string;
  team: string;
  epoch: number;
  urgent: boolean;
  received: string;
  state: "new" | "open" | "closed";
  claimed_by: Person | null;
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
}

export interface TakenBack {
  team: string;
  hour: string;
  count: number;
}

export interface Listed {
  reports: ReportSummary[];
  next: string | null;
  taken_back: TakenBack[];
}

/** `envelope`: null where it is damaged at the server; `direction`: 1 to the team, 2 to the reporter. */
export interface SealedMessage {
  id: string;
  number: number;
  direction: number;
  received: string;
  envelope: string | null;
}

export interface SealedReport extends ReportSummary {
  envelope: string;
  mailbox_key: string | null;
  messages: SealedMessage[];
  acknowledgements: string[];
  tip: string;
}

export interface KeyRing {
  member: Person;
  wraps: string[];
  grants: string[];
  roster: string;
  roster_signature: string;
  bundle: string;
  bundle_signature: string;
  root: string;
}

/** How to stretch the words: Base64, KiB, passes. */
export interface Salted {
  salt: string;
  memory: number;
  passes: number;
}

export interface FloodGroup {
  hour: string;
  step: number;
  urgent: boolean;
  opened: boolean;
  count: number;
}

export interface ClosedFlood extends FloodGroup {
  id: string;
  at: string;
}

export interface Floods {
  groups: FloodGroup[];
  busiest: { hour: string; count: number } | null;
  flood: { hour: number; day: number; few: number; reading: number };
  closed: ClosedFlood[];
  work: { step: number; until: string } | null;
  highest: number;
}

const isPerson = shape<Person>({ id: isText, name: isText });

export const isReportSummary: Guard<ReportSummary> = shape<ReportSummary>({
  id: isText,
  team: isText,
  epoch: isNumber,
  urgent: isFlag,
  received: isText,
  state: oneOf("new", "open", "closed"),
  claimed_by: orNull(isPerson),
  opened: isFlag,
  closed: orNull(isText),
  answers: isNumber,
  follow_ups: isNumber,
  unanswered: isFlag,
  withdrawn: isFlag,
  hold: isFlag,
  erased: orNull(isText),
  work_step: isNumber,
  damaged: isFlag,
});

export const isListed: Guard<Listed> = shape<Listed>({
  reports: listOf(isReportSummary),
  next: orNull(isText),
  taken_back: listOf(shape<TakenBack>({ team: isText, hour: isText, count: isNumber })),
});

export const isSealedReport: Guard<SealedReport> = both(
  isReportSummary,
  shape<Omit<SealedReport, keyof ReportSummary>>({
    envelope: isText,
    mailbox_key: orNull(isText),
    messages: listOf(
      shape<SealedMessage>({
        id: isText,
        number: isNumber,
        direction: isNumber,
        received: isText,
        envelope: orNull(isText),
      }),
    ),
    acknowledgements: listOf(isText),
    tip: isText,
  }),
);

export const isKeyRing: Guard<KeyRing> = shape<KeyRing>({
  member: isPerson,
  wraps: listOf(isText),
  grants: listOf(isText),
  roster: isText,
  roster_signature: isText,
  bundle: isText,
  bundle_signature: isText,
  root: isText,
});

export const isSalted: Guard<Salted> = shape<Salted>({ salt: isText, memory: isNumber, passes: isNumber });

const GROUP = { hour: isText, step: isNumber, urgent: isFlag, opened: isFlag, count: isNumber };

export const isFloods: Guard<Floods> = shape<Floods>({
  groups: listOf(shape<FloodGroup>(GROUP)),
  busiest: orNull(shape<{ hour: string; count: number }>({ hour: isText, count: isNumber })),
  flood: shape<Floods["flood"]>({ hour: isNumber, day: isNumber, few: isNumber, reading: isNumber }),
  closed: listOf(shape<ClosedFlood>({ id: isText, at: isText, ...GROUP })),
  work: orNull(shape<{ step: number; until: string }>({ step: isNumber, until: isText })),
  highest: isNumber,
});
