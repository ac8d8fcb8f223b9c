/** The page's end of the key worker. Ending the worker is how keys are wiped: nothing of it remains. */
import { RefusalError } from "../../lib/errors.ts";
import { WorkerClient } from "../../lib/worker_client.ts";
import type { Draft, KeptDraft } from "../reports/drafts_shelf.ts";
import type { OpenedReport } from "../reports/opening.ts";
import type { FreshlySealed, SealedAnswer, TypedAnswer } from "../reports/sealing.ts";
import { isTroubleKind, TroubleError } from "../trouble.ts";
import type { Person } from "../wire.ts";
import type { SetUpMade, SetUpTyped } from "./commands/setting_up.ts";
import { askingMember } from "./requests.ts";
import type { Session } from "./session.ts";

export interface TypedSignIn {
  name: string;
  words: string;
  code: string;
}

/** What the key worker does, and what each of it is given. */
export interface KeyWorkerMethods {
  look: (nothing: object) => Promise<Person>;
  signIn: (typed: TypedSignIn) => Promise<Session>;
  unlock: (typed: { words: string }) => Promise<Session>;
  report: (asked: { id: string }) => Promise<OpenedReport>;
  seal: (typed: TypedAnswer) => Promise<FreshlySealed>;
  deliver: (both: { typed: TypedAnswer; sealed: SealedAnswer }) => Promise<unknown>;
  keepDraft: (kept: { report: string; draft: Draft }) => Promise<unknown>;
  dropDraft: (asked: { report: string }) => Promise<unknown>;
  drafts: (nothing: object) => Promise<KeptDraft[]>;
  checkSetUpLink: (asked: { link: string }) => Promise<{ demo: boolean }>;
  beginSetUp: (nothing: object) => Promise<SetUpMade>;
  checkSetUpWords: (typed: { words: string }) => Promise<boolean>;
  finishSetUp: (typed: SetUpTyped) => Promise<null>;
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
  look(): Promise<Person> {
    return answered(this.#worker.ask("look", asked({})));
  }

  signIn(typed: TypedSignIn): Promise<Session> {
    return answered(this.#worker.ask("signIn", asked(typed)));
  }

  unlock(typed: { words: string }): Promise<Session> {
    return answered(this.#worker.ask("unlock", asked(typed)));
  }

  report(id: string): Promise<OpenedReport> {
    return answered(this.#worker.ask("report", asked({ id })));
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
