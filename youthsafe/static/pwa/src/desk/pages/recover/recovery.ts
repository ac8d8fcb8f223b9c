/** Where somebody is who comes back by the recovery kit. */
import { signal } from "@preact/signals";
import { Ceremony } from "../../ceremony/ceremony.ts";
import { compared } from "../../names.ts";
import type { OpenedByKit } from "../../session/commands/coming_back.ts";
import type { Desk } from "../../session/desk.ts";
import { TroubleError } from "../../trouble.ts";

export type RecoveryStep = "old-kit" | "who" | "words" | "new-kit" | "code" | "done";

/** `id`: of a member of the roster; empty for somebody new. `stay`: the ids of those who can still sign in. */
export interface Who {
  id: string;
  name: string;
  stay: readonly string[];
}

export class Recovery extends Ceremony<RecoveryStep> {
  readonly steps = ["old-kit", "who", "words", "new-kit", "code"] as const;
  readonly opened = signal<OpenedByKit | null>(null);
  readonly who = signal<Who>({ id: "", name: "", stay: [] });
  protected readonly after = { words: "new-kit", kit: "code", code: "done" } as const;

  constructor(desk: Desk) {
    super(desk, "old-kit");
  }

  get name(): string {
    return this.who.value.name;
  }

  async openKit(typed: string): Promise<void> {
    if (!typed.trim()) return this.point("kit", new TroubleError("kit-count"));
    await this.attempt(async () => {
      const opened = await this.desk.keyWorker.openKit(typed);
      const first = opened.members.find(({ role }) => role === "coordinator");
      this.opened.value = opened;
      this.who.value = { id: first?.id ?? "", name: first?.name ?? "", stay: [] };
      this.step.value = "who";
    });
  }

  /** `id`: empty for somebody new, who has this name. */
  async takeWho(id: string, newName: string, stay: readonly string[]): Promise<void> {
    const name = this.opened.value?.members.find((member) => member.id === id)?.name ?? newName.trim();
    if (!this.isName("name", name)) return;
    if (this.#isTaken(id, name)) return this.point("name", "taken");
    this.who.value = { id, name, stay: stay.filter((each) => each !== id) };
    await this.attempt(async () => {
      this.made.value = await this.desk.keyWorker.beginSetUp();
      this.step.value = "words";
    });
  }

  #isTaken(id: string, name: string): boolean {
    const others = this.opened.value?.members.filter((member) => member.id !== id) ?? [];
    return others.some((each) => compared(each.name) === compared(name));
  }

  protected async send(code: string): Promise<void> {
    await this.desk.keyWorker.finishComingBack({ ...this.who.value, code });
  }
}
