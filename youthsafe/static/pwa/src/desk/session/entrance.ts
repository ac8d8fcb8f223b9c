/** Signing in or unlocking: one attempt at a time, and each thing that is wrong said at its field. */
import { signal } from "@preact/signals";
import { kindOf, TroubleError, type TroubleKind } from "../trouble.ts";
import type { Desk } from "./desk.ts";
import type { Enrolling } from "./key_worker_client.ts";
import type { Session } from "./session.ts";

export type EntranceField = "name" | "words" | "code";

const FIELDS: readonly EntranceField[] = ["name", "words", "code"];
const FIELD_OF = new Map<TroubleKind, EntranceField>([
  ["name", "name"],
  ["code", "code"],
  ["words", "words"],
  ["words-count", "words"],
  ["words-word", "words"],
]);

export type FieldTroubles = Partial<Record<EntranceField, TroubleError>>;

export class Entrance {
  readonly busy = signal(false);
  readonly fields = signal<FieldTroubles>({});
  /** What is wrong and is no field's. */
  readonly trouble = signal<TroubleError | null>(null);
  readonly #desk: Desk;

  constructor(desk: Desk, trouble: TroubleError | null) {
    this.#desk = desk;
    this.trouble.value = trouble;
  }

  /** The first field that something is wrong with. */
  get wrong(): EntranceField | undefined {
    return FIELDS.find((name) => this.fields.value[name]);
  }

  /**
   * `missing`: what can be told without asking the server; `attempt` gives the session, or who has to enrol a second factor first; `done` runs
   * before it is opened.
   */
  async submit(
    missing: readonly TroubleError[],
    attempt: () => Promise<Session | Enrolling>,
    done: () => void,
  ): Promise<void> {
    if (this.busy.value) return;
    this.trouble.value = null;
    this.fields.value = {};
    for (const trouble of missing) this.#tell(trouble);
    if (missing.length > 0) return;
    this.busy.value = true;
    try {
      const found = await attempt();
      done();
      if ("enrol" in found) this.#desk.enrol(found.enrol);
      else await this.#desk.open(found);
    } catch (error) {
      this.#tell(error);
    }
    this.busy.value = false;
  }

  #tell(error: unknown): void {
    const trouble = error instanceof TroubleError ? error : new TroubleError(kindOf(error));
    if (trouble.kind === "locked") return; // left by signing out meanwhile
    const field = FIELD_OF.get(trouble.kind);
    if (trouble.kind === "signed-out" && this.#desk.state.value.kind === "locked") this.#desk.expire();
    else if (field) this.fields.value = { ...this.fields.value, [field]: trouble };
    else this.trouble.value = trouble;
  }
}
