/** Where the first coordinator is in setting up. */
import { signal } from "@preact/signals";
import { Ceremony } from "../../ceremony/ceremony.ts";
import type { Desk } from "../../session/desk.ts";
import type { TroubleError } from "../../trouble.ts";

export type SetUpStep = "secret" | "names" | "words" | "kit" | "code" | "done";

export class SetUp extends Ceremony<SetUpStep> {
  readonly steps = ["names", "words", "kit", "code"] as const;
  readonly names = signal({ name: "", team: "" });
  protected readonly after = { words: "kit", kit: "code", code: "done" } as const;
  #link = "";

  constructor(desk: Desk) {
    super(desk, "secret");
  }

  get name(): string {
    return this.names.value.name;
  }

  /** Look whether a link is good, before somebody spends time on it. `secret`: of the link. */
  async begin(secret: string): Promise<void> {
    this.#link = secret;
    await this.attempt(async () => {
      await this.desk.keyWorker.checkSetUpLink(secret);
      this.step.value = "names";
    });
  }

  async takeNames(name: string, team: string): Promise<void> {
    this.names.value = { name: name.trim(), team: team.trim() };
    if (!this.isName("name", this.names.value.name) || !this.isName("team", this.names.value.team)) return;
    await this.attempt(async () => {
      this.made.value = await this.desk.keyWorker.beginSetUp();
      this.step.value = "words";
    });
  }

  protected async send(code: string): Promise<void> {
    await this.desk.keyWorker.finishSetUp({ link: this.#link, ...this.names.value, code });
  }

  protected override tell(trouble: TroubleError): void {
    super.tell(trouble);
    if (trouble.kind === "set-up-link") this.step.value = "secret";
  }
}
