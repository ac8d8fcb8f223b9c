/** What the page of mail shows: the settings as they are typed, what a test met, and how it stands with the queue. */
import { signal } from "@preact/signals";
import type { Desk, Shown } from "../../session/desk.ts";
import { Newest } from "../../session/newest.ts";
import { kindOf, type TroubleError } from "../../trouble.ts";
import { isMail, isMailTested, type Mail, type MailTested } from "../../wire.ts";
import { confirmRemove } from "./questions.tsx";

type Security = NonNullable<Mail["account"]>["security"];

export interface Typed {
  server: string;
  port: string;
  security: Security;
  user: string;
  password: string;
  sender: string;
}

export type MailField = keyof Typed | "to";

/** What came of a press at the settings, or at the test. */
export type MailOutcome = "saved" | "removed";
export type TestOutcome = { to: string; tested: MailTested } | { trouble: TroubleError | "not-saved" | "no-address" };

const NOTHING: Typed = { server: "", port: "587", security: "starttls", user: "", password: "", sender: "" };
export const USUAL_PORTS: Record<Security, string> = { starttls: "587", tls: "465", none: "25" };
const LOCAL = ["localhost", "127.0.0.1", "::1"];

const typedOf = ({ account }: Mail): Typed =>
  account ? { ...account, port: String(account.port), user: account.user ?? "", password: "" } : NOTHING;

/** An address has one sign @ with something on both sides; the server reads it to the letter. */
const isAddress = (text: string): boolean => /^[^\s@]+@[^\s@]+$/.test(text);

export class MailShown implements Shown {
  readonly mail = signal<Mail | null>(null);
  readonly typed = signal<Typed>(NOTHING);
  readonly to = signal("");
  readonly wrong = signal<readonly MailField[]>([]);
  readonly trouble = signal<TroubleError | null>(null);
  readonly pressTrouble = signal<TroubleError | null>(null);
  readonly outcome = signal<MailOutcome | null>(null);
  readonly tested = signal<TestOutcome | null>(null);
  readonly busy = signal<"save" | "test" | null>(null);
  readonly #desk: Desk;
  readonly #newest = new Newest();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Whether something is typed that is not saved. */
  get isChanged(): boolean {
    const { value: mail } = this.mail;
    const there = mail ? typedOf(mail) : NOTHING;
    const { value: typed } = this.typed;
    return Object.keys(NOTHING).some((field) => Reflect.get(there, field) !== Reflect.get(typed, field));
  }

  async refresh(): Promise<void> {
    try {
      await this.#newest.ask(
        () => this.#desk.get("/mail", isMail),
        (mail) => {
          const untouched = this.mail.value === null || !this.isChanged;
          this.mail.value = mail;
          if (untouched) this.typed.value = typedOf(mail);
        },
      );
      this.trouble.value = null;
    } catch (error) {
      this.trouble.value = this.#desk.troubleOf(error);
    }
  }

  type(changed: Partial<Typed>): void {
    this.typed.value = { ...this.typed.value, ...changed };
    this.wrong.value = this.wrong.value.filter((field) => !(field in changed));
    this.outcome.value = null;
  }

  /** Another way to encrypt has another port, unless somebody chose one. */
  choose(security: Security): void {
    const { port, security: before } = this.typed.value;
    this.type({ security, port: port === USUAL_PORTS[before] ? USUAL_PORTS[security] : port });
  }

  async save(): Promise<void> {
    if (!this.#isRight() || this.busy.value) return;
    const { server, port, security, user, password, sender } = this.typed.value;
    await this.#press("save", "saved", () =>
      this.#desk.put("/mail", {
        server: server.trim(),
        port: Number(port),
        security,
        user: user || null,
        password: password || null,
        sender: sender.trim(),
      }),
    );
  }

  async remove(): Promise<void> {
    if (this.busy.value || !(await this.#desk.ask(confirmRemove()))) return;
    await this.#press("save", "removed", () => this.#desk.post("/mail/remove"));
  }

  async test(): Promise<void> {
    if (this.busy.value) return;
    const to = this.to.value.trim();
    this.tested.value = null;
    this.wrong.value = to && !isAddress(to) ? ["to"] : [];
    if (this.wrong.value.length > 0) return;
    if (this.isChanged) this.tested.value = { trouble: "not-saved" };
    else if (!to && !this.mail.value?.own) this.tested.value = { trouble: "no-address" };
    else await this.#test(to);
  }

  async #test(to: string): Promise<void> {
    this.busy.value = "test";
    try {
      const tested = await this.#desk.post("/mail/test", { to: to || null });
      if (!isMailTested(tested)) throw new TypeError("no answer of the expected kind");
      this.tested.value = { to: to || (this.mail.value?.own ?? ""), tested };
      await this.refresh();
    } catch (error) {
      const trouble = this.#desk.troubleOf(error);
      if (trouble) this.tested.value = { trouble: kindOf(error) === "conflict" ? "not-saved" : trouble };
    } finally {
      this.busy.value = null;
    }
  }

  async #press(busy: "save", done: MailOutcome, act: () => Promise<unknown>): Promise<void> {
    this.busy.value = busy;
    this.pressTrouble.value = this.outcome.value = this.tested.value = null;
    try {
      await act();
      this.typed.value = this.mail.value ? typedOf(this.mail.value) : NOTHING; // so that what is there now takes its place
      await this.refresh();
      this.outcome.value = done;
    } catch (error) {
      this.pressTrouble.value = this.#desk.troubleOf(error);
    } finally {
      this.busy.value = null;
    }
  }

  #isRight(): boolean {
    const { server, port, security, user, password, sender } = this.typed.value;
    const account = this.mail.value?.account;
    const goesOn =
      account?.has_password &&
      account.server === server.trim() &&
      String(account.port) === port &&
      account.security === security &&
      account.user === user;
    const wrong: Partial<Record<MailField, boolean>> = {
      server: !/^[A-Za-z0-9.:-]+$/.test(server.trim()),
      port: !/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535,
      security: security === "none" && !LOCAL.includes(server.trim()),
      user: user === "" && password !== "",
      password: user !== "" && password === "" && !goesOn,
      sender: !isAddress(sender.trim()),
    };
    const fields: readonly MailField[] = ["server", "port", "security", "user", "password", "sender"];
    this.wrong.value = fields.filter((field) => wrong[field]);
    return this.wrong.value.length === 0;
  }
}
