/** What My account shows and does. Whatever changes a key or a factor asks for both factors first, unless that was a short while ago. */
import { signal } from "@preact/signals";
import type * as api from "../../../generated/api.ts";
import type { ShownWords } from "../../session/commands/fresh_words.ts";
import type { TypedFactor } from "../../session/commands/own_keys.ts";
import type { Desk, Shown } from "../../session/desk.ts";
import { Newest } from "../../session/newest.ts";
import { makePasskey, signWithPasskey } from "../../session/passkeys.ts";
import { kindOf, TroubleError } from "../../trouble.ts";
import { isAccount, isAppSecret, isOpenSessions, isPasskeyQuestion, isRecoveryCodes } from "../../wire.ts";

/** Where something is said of a press: a panel of the page. */
export type Panel = "confirm" | "words" | "app" | "passkeys" | "codes" | "sessions" | "mail";
export type Outcome = "words" | "app" | "app-removed" | "passkey" | "passkey-removed" | "session" | "mail";

/** What came of the last press in a panel. */
export type Said = { panel: Panel; done: Outcome } | { panel: Panel; trouble: TroubleError };

type Act = () => Promise<Outcome | null>;

export class OwnAccount implements Shown {
  readonly account = signal<api.Account | null>(null);
  readonly sessions = signal<readonly api.OpenSession[]>([]);
  readonly trouble = signal<TroubleError | null>(null);
  readonly busy = signal(false);
  readonly said = signal<Said | null>(null);
  /** New words that are being learnt, a secret for an app, and recovery codes: each shown until it is done with. */
  readonly words = signal<ShownWords | null>(null);
  readonly app = signal<api.AppSecret | null>(null);
  readonly codes = signal<readonly string[]>([]);
  /** What waits until both factors were given again. */
  readonly waiting = signal<{ panel: Panel; act: Act } | null>(null);
  readonly #desk: Desk;
  readonly #newest = new Newest();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  async refresh(): Promise<void> {
    try {
      await this.#newest.ask(
        () => Promise.all([this.#desk.get("/account", isAccount), this.#desk.get("/sessions", isOpenSessions)]),
        ([account, { sessions }]) => {
          this.account.value = account;
          this.sessions.value = sessions;
        },
      );
      this.trouble.value = null;
    } catch (error) {
      this.trouble.value = this.#desk.troubleOf(error);
    }
  }

  beginWords(): Promise<void> {
    return this.#change("words", async () => {
      const { confirmed } = await this.#desk.get("/account", isAccount);
      if (!confirmed) throw new TroubleError("forbidden");
      this.words.value = await this.#desk.keyWorker.newWords();
      return null;
    });
  }

  /** `typed`: the words that were asked for. */
  changeWords(typed: readonly string[]): Promise<void> {
    return this.#change("words", async () => {
      await this.#desk.keyWorker.changeWords(typed);
      this.words.value = null;
      return "words";
    });
  }

  leaveWords(): void {
    this.words.value = null;
    this.said.value = null;
  }

  beginApp(): Promise<void> {
    return this.#change("app", async () => {
      this.app.value = await this.#ask("/account/app", isAppSecret);
      return null;
    });
  }

  confirmApp(code: string): Promise<void> {
    return this.#change("app", async () => {
      await this.#desk.post("/account/app/confirm", { code });
      this.app.value = null;
      return "app";
    });
  }

  leaveApp(): void {
    this.app.value = null;
    this.said.value = null;
  }

  removeApp(): Promise<void> {
    return this.#change("app", async () => {
      await this.#desk.post("/account/app/remove");
      return "app-removed";
    });
  }

  /** Gives whether it was made. */
  async addPasskey(label: string): Promise<boolean> {
    await this.#change("passkeys", async () => {
      const question = await this.#ask("/account/passkeys/question", isPasskeyQuestion);
      const { confirmed, member } = await this.#desk.get("/account", isAccount);
      if (!confirmed) throw new TroubleError("forbidden"); // before a device makes what nobody keeps
      const made = await makePasskey(question, { memberId: member.id, name: member.name, label });
      await this.#desk.keyWorker.addPasskey(made);
      return "passkey";
    });
    return this.said.value?.panel === "passkeys" && "done" in this.said.value;
  }

  removePasskey(id: string): Promise<void> {
    return this.#change("passkeys", async () => {
      await this.#desk.post(`/account/passkeys/${id}/remove`);
      return "passkey-removed";
    });
  }

  newCodes(): Promise<void> {
    return this.#change("codes", async () => {
      this.codes.value = (await this.#ask("/account/recovery-codes", isRecoveryCodes)).codes;
      return null;
    });
  }

  endSession(id: string): Promise<void> {
    return this.#change("sessions", async () => {
      await this.#desk.post(`/sessions/${id}/end`);
      return "session";
    });
  }

  endOthers(): Promise<void> {
    return this.#change("sessions", async () => {
      await this.#desk.post("/sessions/end-others");
      return "session";
    });
  }

  keepMail(address: string): Promise<void> {
    return this.#change("mail", async () => {
      await this.#desk.post("/account/mail", { address: address || null });
      return "mail";
    });
  }

  /** Give both factors again, and then do what waited for it. */
  async confirm(words: string, code: string): Promise<void> {
    await this.#confirm(words, async () => ({ code }));
  }

  async confirmByPasskey(words: string): Promise<void> {
    await this.#confirm(words, async () => {
      const { passkey } = await signWithPasskey(await this.#ask("/account/passkeys/question", isPasskeyQuestion));
      return { passkey };
    });
  }

  leaveConfirming(): void {
    this.waiting.value = null;
    this.said.value = null;
  }

  async #confirm(words: string, factor: () => Promise<TypedFactor>): Promise<void> {
    const { value } = this.waiting;
    let confirmed = false;
    await this.#change("confirm", async () => {
      await this.#desk.keyWorker.confirmBoth({ words, factor: await factor() });
      confirmed = true;
      this.waiting.value = null;
      return null;
    });
    if (confirmed && value) await this.#change(value.panel, value.act);
  }

  async #ask<T>(path: string, is: (value: unknown) => value is T): Promise<T> {
    const answer = await this.#desk.post(path);
    if (!is(answer)) throw new TroubleError("server");
    return answer;
  }

  async #change(panel: Panel, act: Act): Promise<void> {
    if (this.busy.value) return;
    this.busy.value = true;
    this.said.value = null;
    try {
      const done = await act();
      await this.refresh();
      if (done) this.said.value = { panel, done };
    } catch (error) {
      this.#refused(panel, act, error);
    }
    this.busy.value = false;
  }

  /** `forbidden` here means that both factors are wanted again. */
  #refused(panel: Panel, act: Act, error: unknown): void {
    if (kindOf(error) === "forbidden" && panel !== "confirm") {
      this.waiting.value = { panel, act };
      return;
    }
    const trouble = this.#desk.troubleOf(error);
    if (trouble) this.said.value = { panel, trouble };
  }
}
