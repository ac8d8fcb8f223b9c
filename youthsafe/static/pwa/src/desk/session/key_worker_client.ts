/** The page's end of the key worker. Ending the worker is how keys are wiped: nothing of it remains. */
import type { Bytes } from "../../crypto/bytes.ts";
import { RefusalError } from "../../lib/errors.ts";
import { WorkerClient } from "../../lib/worker_client.ts";
import type { CardLine, CardWritten, ListedCard, OpenedCard, TypedEntry } from "../reports/card_state.ts";
import type { Draft, KeptDraft } from "../reports/drafts_shelf.ts";
import type { OpenedReport } from "../reports/opening.ts";
import type { FreshlySealed, SealedAnswer, TypedAnswer } from "../reports/sealing.ts";
import { isTroubleKind, TroubleError } from "../trouble.ts";
import type { Person } from "../wire.ts";
import type { ComingBack, OpenedByKit } from "./commands/coming_back.ts";
import type { SetUpMade } from "./commands/fresh_secrets.ts";
import type { ShownWords } from "./commands/fresh_words.ts";
import type { SignedCalendar, TypedHours } from "./commands/hours.ts";
import type { ChosenFactor, JoiningOffer } from "./commands/joining.ts";
import type { TypedKit } from "./commands/new_kit.ts";
import type { TypedTeam } from "./commands/new_team.ts";
import type { TypedFactor } from "./commands/own_keys.ts";
import type { SetUpTyped } from "./commands/setting_up.ts";
import type { Staff, StaffMember, TypedInvitation } from "./commands/staff.ts";
import type { AskedPasskey } from "./key_ring.ts";
import type { MadePasskey, PasskeyQuestion, WithPrf } from "./passkeys.ts";
import { askingMember } from "./requests.ts";
import type { Session } from "./session.ts";

/** The second factor is a code, or what a passkey signed. */
export type TypedSignIn = { name: string; words: string } & TypedFactor;

/** Whoever has to enrol a second factor before anything else. */
export interface Enrolling {
  enrol: Person;
}

/** The passkeys that open the keys, and what each is asked with. */
export interface UnlockQuestion extends PasskeyQuestion {
  passkeys: readonly AskedPasskey[];
}

/** `passkey`: whether one of theirs opens the keys. */
export interface LookedAt extends Person {
  passkey: boolean;
}

/** What the key worker does, and what each of it is given. */
export interface KeyWorkerMethods {
  look: (nothing: object) => Promise<LookedAt>;
  signInQuestion: (typed: { name: string }) => Promise<PasskeyQuestion>;
  signIn: (typed: TypedSignIn) => Promise<Session | Enrolling>;
  finishEnrolling: (nothing: object) => Promise<Session>;
  unlock: (typed: { words: string }) => Promise<Session>;
  unlockQuestion: (nothing: object) => Promise<UnlockQuestion>;
  unlockByPasskey: (given: { id: string; prf: Bytes }) => Promise<Session>;
  newWords: (nothing: object) => Promise<ShownWords>;
  changeWords: (typed: { typed: readonly string[] }) => Promise<null>;
  addPasskey: (made: WithPrf & { passkey: MadePasskey }) => Promise<{ id: string }>;
  confirmBoth: (typed: { words: string; factor: TypedFactor }) => Promise<null>;
  staff: (nothing: object) => Promise<Staff>;
  invite: (typed: TypedInvitation) => Promise<{ secret: string }>;
  letIn: (typed: { id: string; typed: string }) => Promise<Session>;
  removeMember: (asked: { id: string }) => Promise<Session>;
  changeMember: (asked: Pick<StaffMember, "id" | "role" | "teams">) => Promise<Session>;
  lookAtInvitation: (link: { line: string }) => Promise<JoiningOffer>;
  joiningWords: (nothing: object) => Promise<ShownWords>;
  checkJoiningWords: (typed: { typed: readonly string[] }) => Promise<null>;
  answerInvitation: (chosen: ChosenFactor) => Promise<{ codes: string[]; said: string[] }>;
  report: (asked: { id: string }) => Promise<OpenedReport>;
  card: (asked: { id: string }) => Promise<OpenedCard>;
  numbers: (asked: { ids: readonly string[] }) => Promise<string[]>;
  cardLines: (asked: { reports: readonly ListedCard[] }) => Promise<CardLine[]>;
  writeOnCard: (typed: TypedEntry) => Promise<CardWritten>;
  seal: (typed: TypedAnswer) => Promise<FreshlySealed>;
  deliver: (both: { typed: TypedAnswer; sealed: SealedAnswer }) => Promise<unknown>;
  keepDraft: (kept: { report: string; draft: Draft }) => Promise<unknown>;
  dropDraft: (asked: { report: string }) => Promise<unknown>;
  drafts: (nothing: object) => Promise<KeptDraft[]>;
  calendar: (nothing: object) => Promise<SignedCalendar>;
  setHours: (typed: TypedHours) => Promise<Session>;
  signAgain: (nothing: object) => Promise<Session>;
  addTeam: (typed: TypedTeam) => Promise<Session>;
  renewKit: (typed: TypedKit) => Promise<Session>;
  pin: (nothing: object) => Promise<string>;
  checkSetUpLink: (asked: { link: string }) => Promise<{ demo: boolean }>;
  beginSetUp: (nothing: object) => Promise<SetUpMade>;
  checkSetUpWords: (typed: { words: string }) => Promise<boolean>;
  finishSetUp: (typed: SetUpTyped) => Promise<null>;
  openKit: (asked: { typed: string }) => Promise<OpenedByKit>;
  finishComingBack: (typed: ComingBack) => Promise<null>;
}

/** The same as they are asked: `member` is whose page asks. */
export type KeyWorkerQuestions = {
  [M in keyof KeyWorkerMethods]: (
    question: Asked<Parameters<KeyWorkerMethods[M]>[0]>,
  ) => ReturnType<KeyWorkerMethods[M]>;
};

export interface Asked<T> {
  argument: T;
  member: string;
}

const asked = <T>(argument: T): Asked<T> => ({ argument, member: askingMember() });

/** The stretching of the words may take long on an old machine; nothing else ends a question but the end of the worker. */
const PATIENCE_MS = 86_400_000;

export class KeyWorkerClient {
  readonly #worker: WorkerClient<KeyWorkerQuestions>;

  /** `address`: of the worker's script, as the page has it. */
  constructor(address: string | undefined) {
    this.#worker = new WorkerClient("key_worker", address, PATIENCE_MS);
  }

  /** Who the session's cookie belongs to; throws `signed-out` without one. */
  look(): Promise<LookedAt> {
    return answered(this.#worker.ask("look", asked({})));
  }

  signIn(typed: TypedSignIn): Promise<Session | Enrolling> {
    return answered(this.#worker.ask("signIn", asked(typed)));
  }

  unlock(typed: { words: string }): Promise<Session> {
    return answered(this.#worker.ask("unlock", asked(typed)));
  }

  /** What a passkey signs to sign in: the same shape for every name. */
  signInQuestion(name: string): Promise<PasskeyQuestion> {
    return answered(this.#worker.ask("signInQuestion", asked({ name })));
  }

  finishEnrolling(): Promise<Session> {
    return answered(this.#worker.ask("finishEnrolling", asked({})));
  }

  unlockQuestion(): Promise<UnlockQuestion> {
    return answered(this.#worker.ask("unlockQuestion", asked({})));
  }

  /** `prf`: what the passkey of this id gave. */
  unlockByPasskey(given: { id: string; prf: Bytes }): Promise<Session> {
    return answered(this.#worker.ask("unlockByPasskey", asked(given)));
  }

  newWords(): Promise<ShownWords> {
    return answered(this.#worker.ask("newWords", asked({})));
  }

  /** `typed`: the words that were asked for. */
  changeWords(typed: readonly string[]): Promise<null> {
    return answered(this.#worker.ask("changeWords", asked({ typed })));
  }

  addPasskey(made: WithPrf & { passkey: MadePasskey }): Promise<{ id: string }> {
    return answered(this.#worker.ask("addPasskey", asked(made)));
  }

  confirmBoth(typed: { words: string; factor: TypedFactor }): Promise<null> {
    return answered(this.#worker.ask("confirmBoth", asked(typed)));
  }

  /** By the signed roster. */
  staff(): Promise<Staff> {
    return answered(this.#worker.ask("staff", asked({})));
  }

  invite(typed: TypedInvitation): Promise<{ secret: string }> {
    return answered(this.#worker.ask("invite", asked(typed)));
  }

  /** `typed`: the three words that the invited person said. Gives the session as it is afterwards, here and below. */
  letIn(id: string, typed: string): Promise<Session> {
    return answered(this.#worker.ask("letIn", asked({ id, typed })));
  }

  removeMember(id: string): Promise<Session> {
    return answered(this.#worker.ask("removeMember", asked({ id })));
  }

  changeMember(wanted: Pick<StaffMember, "id" | "role" | "teams">): Promise<Session> {
    return answered(this.#worker.ask("changeMember", asked(wanted)));
  }

  /** `line`: what stands beside the address of a link. */
  lookAtInvitation(line: string): Promise<JoiningOffer> {
    return answered(this.#worker.ask("lookAtInvitation", asked({ line })));
  }

  joiningWords(): Promise<ShownWords> {
    return answered(this.#worker.ask("joiningWords", asked({})));
  }

  checkJoiningWords(typed: readonly string[]): Promise<null> {
    return answered(this.#worker.ask("checkJoiningWords", asked({ typed })));
  }

  /** Gives the recovery codes, and the three words to say. */
  answerInvitation(chosen: ChosenFactor): Promise<{ codes: string[]; said: string[] }> {
    return answered(this.#worker.ask("answerInvitation", asked(chosen)));
  }

  report(id: string): Promise<OpenedReport> {
    return answered(this.#worker.ask("report", asked({ id })));
  }

  card(id: string): Promise<OpenedCard> {
    return answered(this.#worker.ask("card", asked({ id })));
  }

  /** What people call reports. */
  numbers(ids: readonly string[]): Promise<string[]> {
    return answered(this.#worker.ask("numbers", asked({ ids })));
  }

  /** What a list says of these reports, at most 40. */
  cardLines(reports: readonly ListedCard[]): Promise<CardLine[]> {
    return answered(this.#worker.ask("cardLines", asked({ reports })));
  }

  writeOnCard(typed: TypedEntry): Promise<CardWritten> {
    return answered(this.#worker.ask("writeOnCard", asked(typed)));
  }

  seal(typed: TypedAnswer): Promise<FreshlySealed> {
    return answered(this.#worker.ask("seal", asked(typed)));
  }

  deliver(typed: TypedAnswer, sealed: SealedAnswer): Promise<unknown> {
    return answered(this.#worker.ask("deliver", asked({ typed, sealed })));
  }

  keepDraft(report: string, draft: Draft): Promise<unknown> {
    return answered(this.#worker.ask("keepDraft", asked({ report, draft })));
  }

  dropDraft(report: string): Promise<unknown> {
    return answered(this.#worker.ask("dropDraft", asked({ report })));
  }

  /** Of the member whose keys are open. */
  drafts(): Promise<KeptDraft[]> {
    return answered(this.#worker.ask("drafts", asked({})));
  }

  /** The hours and closed days that are signed now. */
  calendar(): Promise<SignedCalendar> {
    return answered(this.#worker.ask("calendar", asked({})));
  }

  /** Sign others in their place; what the session knows then. Throws `conflict` where somebody signed something meanwhile. */
  setHours(typed: TypedHours): Promise<Session> {
    return answered(this.#worker.ask("setHours", asked(typed)));
  }

  /** Sign what is in force anew, for four weeks more. */
  signAgain(): Promise<Session> {
    return answered(this.#worker.ask("signAgain", asked({})));
  }

  /** Have a new team signed. */
  addTeam(typed: TypedTeam): Promise<Session> {
    return answered(this.#worker.ask("addTeam", asked(typed)));
  }

  /** Put the kit that `beginSetUp` made in the place of the old one. */
  renewKit(typed: TypedKit): Promise<Session> {
    return answered(this.#worker.ask("renewKit", asked(typed)));
  }

  /** The root's fingerprint as the member's own words keep it, base64url. */
  pin(): Promise<string> {
    return answered(this.#worker.ask("pin", asked({})));
  }

  /** Whether a set-up link is good; throws `set-up-link`. */
  checkSetUpLink(link: string): Promise<{ demo: boolean }> {
    return answered(this.#worker.ask("checkSetUpLink", asked({ link })));
  }

  /** What a new instance's first coordinator must write down; it lives in the worker until it was sent. */
  beginSetUp(): Promise<SetUpMade> {
    return answered(this.#worker.ask("beginSetUp", asked({})));
  }

  checkSetUpWords(words: string): Promise<boolean> {
    return answered(this.#worker.ask("checkSetUpWords", asked({ words })));
  }

  finishSetUp(typed: SetUpTyped): Promise<null> {
    return answered(this.#worker.ask("finishSetUp", asked(typed)));
  }

  /** Open what the server keeps under a recovery kit. */
  openKit(typed: string): Promise<OpenedByKit> {
    return answered(this.#worker.ask("openKit", asked({ typed })));
  }

  finishComingBack(typed: ComingBack): Promise<null> {
    return answered(this.#worker.ask("finishComingBack", asked(typed)));
  }

  /** End the worker, and with it every key and everything opened in it. Questions still waiting fail with `locked`. */
  wipe(): void {
    this.#worker.hangUp("locked");
  }
}

/** The worker's answer; throws TroubleError and no other. */
function answered<T>(answer: Promise<T>): Promise<T> {
  return answer.catch((error: unknown) => {
    const { kind, word } = error instanceof RefusalError ? error : new RefusalError("server");
    if (kind === "worker") throw new TroubleError("browser");
    throw new TroubleError(isTroubleKind(kind) ? kind : "server", word);
  });
}
