/** What the page Trail shows: entries as far as they were fetched, whether they lead to their heads, and a head that somebody looks for. */
import { batch, computed, signal } from "@preact/signals";
import type { Staff } from "../../session/commands/staff.ts";
import type { Desk, Shown } from "../../session/desk.ts";
import { Newest } from "../../session/newest.ts";
import { may } from "../../session/session.ts";
import type { TroubleError } from "../../trouble.ts";
import { type CheckedEntry, Checking, type Fault, typedHead } from "./checking.ts";
import { type ChainHead, isTrail, type Trail } from "./given.ts";

const AT_ONCE = 100;

/** Everything that was fetched of one question: `only` is the one chain that it was about. */
interface Fetched {
  only: string;
  instance: string;
  heads: readonly ChainHead[];
  entries: readonly CheckedEntry[];
  next: number | null;
  faults: readonly Fault[];
  checking: Checking;
}

/** What came of looking for a head. */
export type LookedFor = { found: CheckedEntry } | "missing" | "malformed";

export class TrailShown implements Shown {
  readonly fetched = signal<Fetched | null>(null);
  readonly only = signal("");
  readonly shownCount = signal(AT_ONCE);
  readonly hasNewer = signal(false);
  /** What everything is being fetched for. */
  readonly gathering = signal<"export" | "head" | null>(null);
  readonly saved = signal("");
  readonly lookedFor = signal<LookedFor | null>(null);
  readonly trouble = signal<TroubleError | null>(null);
  /** Chains that may be chosen, as the first answer named them. */
  readonly chains = signal<readonly string[]>([]);
  readonly entries = computed(() => this.fetched.value?.entries.slice(0, this.shownCount.value) ?? []);
  readonly isMore = computed(() => {
    const { value } = this.fetched;
    return value !== null && (value.next !== null || value.entries.length > this.shownCount.value);
  });
  readonly #desk: Desk;
  readonly #newest = new Newest();
  readonly #names = new Map<string, string>();
  readonly #left = new Map<string, string>();
  readonly #teams = new Map<string, string>();
  readonly #numbers = new Map<string, string>();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** The first time it fetches; later it only says that there is more, because nothing moves by itself. */
  async refresh(): Promise<void> {
    if (!this.fetched.value) return this.begin();
    await this.#during(async () => {
      const { heads } = await this.#get("", null);
      const known = new Map(this.fetched.value?.heads.map(({ chain, number }) => [chain, number]));
      this.hasNewer.value = heads.some(({ chain, number }) => known.get(chain) !== number);
    });
  }

  /** Fetch the newest entries, of all chains or of the chosen one. */
  async begin(): Promise<void> {
    await this.#during(async () => {
      const only = this.only.value;
      await this.#newest.ask(
        () => this.#fetch(null, only),
        (fetched) =>
          batch(() => {
            this.fetched.value = fetched;
            this.shownCount.value = AT_ONCE;
            this.hasNewer.value = false;
            this.saved.value = "";
            if (!only) this.chains.value = fetched.heads.map(({ chain }) => chain);
          }),
      );
    });
  }

  async choose(chain: string): Promise<void> {
    this.only.value = chain;
    this.lookedFor.value = null;
    await this.begin();
  }

  async showMore(): Promise<void> {
    await this.#during(async () => {
      const wanted = this.shownCount.value + AT_ONCE;
      if ((this.fetched.value?.entries.length ?? 0) < wanted) await this.#fetchOn();
      this.shownCount.value = wanted;
    });
  }

  /** Fetch what is left, and give everything; null where something came between. */
  async all(why: "export" | "head"): Promise<readonly CheckedEntry[] | null> {
    if (this.gathering.value) return null;
    this.gathering.value = why;
    const gathered = await this.#during(async () => {
      while (this.fetched.value?.next) if (!(await this.#fetchOn())) return false;
      return true;
    });
    this.gathering.value = null;
    return gathered ? (this.fetched.value?.entries ?? null) : null;
  }

  async lookFor(typed: string): Promise<void> {
    this.lookedFor.value = null;
    const head = typedHead(typed);
    const find = (): CheckedEntry | undefined => this.fetched.value?.entries.find(({ hash }) => hash === head);
    if (!head) {
      this.lookedFor.value = "malformed";
      return;
    }
    if (!find() && !(await this.all("head"))) return;
    const found = find();
    this.lookedFor.value = found ? { found } : "missing";
  }

  /** By the signed list; then by the server's, for whoever is signed no more. */
  member(id: string): { name: string; kind: "signed" | "left" | "unknown" } {
    const [signed, left] = [this.#names.get(id), this.#left.get(id)];
    if (signed !== undefined) return { name: signed, kind: "signed" };
    return left === undefined ? { name: id.slice(0, 6), kind: "unknown" } : { name: left, kind: "left" };
  }

  /** What a team is called, or nothing for one that is signed no more. */
  team(chain: string): string | null {
    return this.#teams.get(chain) ?? null;
  }

  isInstance(chain: string): boolean {
    return chain === this.fetched.value?.instance;
  }

  /** What people call a report. */
  number(id: string): string {
    return this.#numbers.get(id) ?? "";
  }

  /** Whether the entry's report can be opened by whoever looks: not once it was erased, which a newer entry says. */
  leads({ action, chain, subject }: CheckedEntry): boolean {
    const { session } = this.#desk;
    if (!session || !may(session, "report:read") || !chain || !subject || !isOfReport(action)) return false;
    return chain in session.teams && !this.#erased.value.has(subject);
  }

  readonly #erased = computed(
    () =>
      new Set(this.fetched.value?.entries.flatMap((each) => (each.action === "report.purged" ? [each.subject] : []))),
  );

  /** False where another question was asked meanwhile. */
  async #fetchOn(): Promise<boolean> {
    const before = this.fetched.value;
    if (!before) return false;
    return this.#newest.ask(
      () => this.#fetch(before, before.only),
      (fetched) => {
        this.fetched.value = fetched;
      },
    );
  }

  async #fetch(before: Fetched | null, only: string): Promise<Fetched> {
    const given = await this.#get(only, before?.next ?? null);
    if (!before) this.#know(await this.#desk.keyWorker.staff());
    for (const { id, name } of given.people) this.#left.set(id, name);
    await this.#number(given);
    const checking = before?.checking ?? new Checking(given, only);
    const entries = await checking.take(given.entries, given.next === null);
    return {
      only,
      instance: given.instance,
      heads: before?.heads ?? given.heads.filter(({ chain }) => !only || chain === only),
      entries: [...(before?.entries ?? []), ...entries],
      next: given.next,
      faults: [...checking.faults],
      checking,
    };
  }

  #get(only: string, before: number | null): Promise<Trail> {
    const query = new URLSearchParams({ ...(only && { chain: only }), ...(before && { before: String(before) }) });
    return this.#desk.get(`/trail?${query}`, isTrail);
  }

  #know({ members, teams }: Staff): void {
    for (const { id, name } of members) this.#names.set(id, name);
    for (const { id, name } of teams) this.#teams.set(id, name);
  }

  async #number({ entries }: Trail): Promise<void> {
    const of = entries.flatMap(({ action, subject }) => (subject && isOfReport(action) ? [subject] : []));
    const fresh = [...new Set(of)].filter((id) => !this.#numbers.has(id));
    const numbers = await this.#desk.keyWorker.numbers(fresh);
    fresh.forEach((id, at) => {
      this.#numbers.set(id, numbers[at] ?? "");
    });
  }

  async #during<T>(act: () => Promise<T>): Promise<T | null> {
    this.trouble.value = null;
    try {
      return await act();
    } catch (error) {
      this.trouble.value = this.#desk.troubleOf(error);
      return null;
    }
  }
}

export const isOfReport = (action: string | null): boolean => action?.startsWith("report.") ?? false;
