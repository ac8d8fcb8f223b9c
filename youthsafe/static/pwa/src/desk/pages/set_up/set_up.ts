/** Where the first coordinator is in setting up. */
import { signal } from "@preact/signals";
import { Ceremony } from "../../ceremony/ceremony.ts";
import type { Desk } from "../../session/desk.ts";
import type { TroubleError } from "../../trouble.ts";

/** `torn`: the secret of the link is not in the address, or is not whole. */
export type SetUpStep = "checking" | "torn" | "dead" | "names" | "words" | "kit" | "code" | "done";

/** Read the secret in the address and take it out of the address at once. */
export function takeSecret(): string {
  const secret = location.hash.slice(1);
  history.replaceState(history.state, "", location.pathname + location.search);
  return secret;
}

export class SetUp extends Ceremony<SetUpStep> {
  readonly steps = ["names", "words", "kit", "code"] as const;
  readonly names = signal({ name: "", team: "" });
  protected readonly after = { words: "kit", kit: "code", code: "done" } as const;
  #link: string;

  constructor(desk: Desk, link: string) {
    super(desk, "checking");
    this.#link = link;
  }

  get name(): string {
    return this.names.value.name;
  }

  /** Look whether the link is good, before somebody spends time on it. */
  async begin(): Promise<void> {
    if (!this.#link) return this.go("torn");
    await this.attempt(async () => {
      await this.desk.keyWorker.checkSetUpLink(this.#link);
      this.step.value = "names";
    });
  }

  /** Begin with a link that was pasted. */
  async paste(link: string): Promise<void> {
    this.#link = link;
    this.step.value = "checking";
    await this.begin();
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
    if (trouble.kind === "set-up-link") this.step.value = "dead";
    else if (trouble.kind === "invalid" && this.step.value === "checking") this.step.value = "torn";
    else super.tell(trouble);
  }
}
