/** The app as a whole: signed out, locked or open. It owns the key worker, what was typed, and where somebody is. */
import { type Signal, signal } from "@preact/signals";
import type { ComponentChild } from "preact";
import type { Guard } from "../guards.ts";
import { Drafts } from "../reports/drafts.ts";
import type { Cover } from "../reports/first_look.ts";
import { KnownCards } from "../reports/known_cards.ts";
import { WaitingAnswers } from "../reports/waiting_answers.ts";
import { backOf, type Page, placeOf, type Route, routeOf } from "../routes.ts";
import { _ } from "../texts.ts";
import { kindOf, TroubleError } from "../trouble.ts";
import { type Alerts, isAlerts } from "../wire.ts";
import type { SetUpMade } from "./commands/fresh_secrets.ts";
import type { TypedHours } from "./commands/hours.ts";
import type { TypedKit } from "./commands/new_kit.ts";
import type { TypedTeam } from "./commands/new_team.ts";
import type { KeyWorkerClient } from "./key_worker_client.ts";
import { type Question, Questions } from "./questions.ts";
import { askFor, askingMember, get, getChanged, post, postFor, put, type Tagged } from "./requests.ts";
import { may, type Session } from "./session.ts";

/** `ready`: whether the drafts are there too, so that a page may be shown. */
export type DeskState =
  | { kind: "starting" }
  | { kind: "signed-out"; trouble: TroubleError | null }
  | { kind: "locked"; name: string; passkey: boolean }
  | { kind: "enrolling"; name: string; id: string }
  | { kind: "open"; session: Session; ready: boolean }
  | { kind: "leaving" };

/** `visit`: another for each time that a page is opened. */
export interface Visit extends Route<PageProps> {
  visit: number;
}

export interface PageProps {
  desk: Desk;
  visit: Visit;
}

export type DeskPage = Page<PageProps>;
export type DeskPages = readonly [DeskPage, ...DeskPage[]];

/** What is shown and can be looked at again. */
export interface Shown {
  refresh: () => Promise<void>;
}

/** Where somebody was in a list: no content. `id`: of the report that they went to; `pages`: how many they looked at. */
export interface Place {
  at: string;
  pages: number;
  id: string;
  top: number;
}

/** A list that somebody left for a report, as it stood. */
export interface KeptList extends Shown {
  at: string;
  address: string;
  place: Place;
  leave: (id: string) => void;
}

/** `base`: the desk's first address, such as `/staff/en/`; `languages`: those that an answer can be written in. */
export interface DeskOptions {
  base: string;
  keyWorker: KeyWorkerClient;
  languages: readonly { code: string; name: string }[];
  pages: DeskPages;
}

export class Desk {
  readonly state: Signal<DeskState> = signal({ kind: "starting" });
  readonly visit: Signal<Visit>;
  readonly status: Signal<ComponentChild> = signal(null);
  /** How many reports nobody has opened, and how it stands with alerts; null while nobody knows. */
  readonly unopened: Signal<Alerts | null> = signal(null);
  /** Whether the page is about to lock by itself. */
  readonly locksSoon = signal(false);
  readonly questions = new Questions();
  readonly base: string;
  readonly languages: DeskOptions["languages"];
  readonly pages: DeskPages;
  readonly keyWorker: KeyWorkerClient;
  readonly drafts: Drafts;
  readonly answers: WaitingAnswers;
  /** Reports that were opened here and want no reply: only what is sealed in them says so. */
  readonly noReply = new Set<string>();
  /** What lists say of reports by their cards; others for each session. */
  cards: KnownCards;
  /** What a first look covers; null before the first report was opened. */
  cover: Cover = null;
  list: KeptList | null = null;
  /** Where somebody was in a list when the page was locked. */
  place: Place | null = null;
  /** Whether a view that comes now takes the focus: the first one that a page shows does not. */
  focuses = false;
  #shown: Shown | null = null;
  #views = 0;
  readonly #tabs = new BroadcastChannel("youthsafe-desk");

  constructor({ base, keyWorker, languages, pages }: DeskOptions) {
    this.base = base;
    this.languages = languages;
    this.pages = pages;
    this.keyWorker = keyWorker;
    this.cards = new KnownCards(keyWorker);
    this.drafts = new Drafts(keyWorker);
    this.answers = new WaitingAnswers(keyWorker, this.drafts);
    this.visit = signal({ ...routeOf(location, base, pages), visit: 0 });
    this.#tabs.addEventListener("message", ({ data }) => this.#elsewhere(data));
  }

  get session(): Session | null {
    const { value } = this.state;
    return value.kind === "open" ? value.session : null;
  }

  /** Ask whether the session's cookie still lives: then the words are enough, else both factors are needed. */
  async start(): Promise<void> {
    try {
      const { id, name, passkey } = await this.keyWorker.look();
      askFor(id);
      this.#show({ kind: "locked", name, passkey });
    } catch (error) {
      this.#show({ kind: "signed-out", trouble: kindOf(error) === "signed-out" ? null : troubleOf(error) });
    }
  }

  /** The keys are open: go where the address points. */
  async open(session: Session): Promise<void> {
    this.state.value = { kind: "open", session, ready: false };
    askFor(session.member.id);
    this.#tabs.postMessage({ member: session.member.id });
    this.drafts.belongTo(session.member.id);
    const kept = await this.keyWorker.drafts().catch(() => []); // a browser that keeps nothing for us
    if (this.session !== session) return;
    this.drafts.take(kept);
    this.state.value = { kind: "open", session, ready: true };
    this.follow();
  }

  /** What the keys open has changed, and the session goes on: what waits for an answer is still this session's. */
  renew(session: Session): void {
    if (this.session) Object.assign(this.session, session);
  }

  /** The session may do nothing before there is a second factor. */
  enrol({ id, name }: { id: string; name: string }): void {
    askFor(id);
    this.#show({ kind: "enrolling", id, name });
  }

  /** What somebody asks who enrols a second factor, while they do. */
  async postEnrolling(path: string, body?: object): Promise<unknown> {
    if (this.state.value.kind !== "enrolling") throw new TroubleError("locked");
    return post(path, body);
  }

  /** Go to an address below the desk's first one, and add it to the history. */
  go(address: string): void {
    history.pushState({ back: this.list?.address ?? null }, "", this.address(address));
    this.follow();
  }

  /** Show what the address says, when somebody may see it. */
  follow(): void {
    const route = routeOf(location, this.base, this.#open);
    if (this.session) this.#keepList(route);
    this.#begin();
    this.visit.value = { ...route, visit: this.visit.value.visit + 1 };
  }

  /** The pages that whoever is signed in may open: any other address is as one that is not there, and leads to the first of them. */
  get #open(): DeskPages {
    const { session } = this;
    const [first, ...others] = this.pages.filter(({ permission }) => session && permission && may(session, permission));
    const entrances = this.pages.filter(({ permission }) => permission === null);
    return first ? [first, ...others, ...entrances] : this.pages;
  }

  /** The list stays as it is for whoever opens a report of it, and for whoever comes back from one. */
  #keepList(route: Route<PageProps>): void {
    if (route.id) {
      if (this.#shown === this.list) this.list?.leave(route.id);
    } else if (!this.visit.value.id || this.list?.at !== placeOf(route)) {
      this.list = null;
    }
  }

  /** The address of the list from which the report on the screen was opened. */
  get back(): string {
    return backOf(history.state) ?? this.address(this.pages[0].path);
  }

  /** From below the desk's first address to one that a link can have; one that is whole already stays. */
  address(below: string): string {
    return below.startsWith("/") ? below : this.base + below;
  }

  /** Look again at what is on the screen. */
  async refresh(): Promise<void> {
    if (this.session) await this.#shown?.refresh();
  }

  /** Look how many reports nobody has opened. Where that fails, what is on the screen says so by itself. */
  async lookWhatWaits(): Promise<void> {
    if (!this.session || !may(this.session, "report:read")) return;
    try {
      this.unopened.value = await this.get("/alerts", isAlerts);
    } catch (error) {
      this.troubleOf(error);
    }
  }

  /** A list that holds them has counted them. */
  noteUnopened(counted: Pick<Alerts, "urgent" | "others">): void {
    this.unopened.value = { last: null, failing: false, ...this.unopened.value, ...counted };
  }

  /** What is on the screen now; gives a function that takes it away again. */
  shows(shown: Shown): () => void {
    this.#shown = shown;
    return () => {
      if (this.#shown === shown) this.#shown = null;
    };
  }

  /** Whether it stands on the screen. */
  isShown(shown: Shown): boolean {
    return this.#shown === shown;
  }

  /** Ask in a dialog; a page that was locked meanwhile has not said yes. */
  async ask(question: Question): Promise<boolean> {
    const { session } = this;
    return (await this.questions.ask(question)) && this.session === session;
  }

  /** What a view asks of the server; only for the session that asked. */
  get<T>(path: string, is: Guard<T>): Promise<T> {
    return this.#during(() => get(path, is));
  }

  /** The same for what may be as it was: null then. */
  getChanged<T>(path: string, tag: string, is: Guard<T>): Promise<Tagged<T> | null> {
    return this.#during(() => getChanged(path, tag, is));
  }

  /** What somebody does; only while the session is open, and the answer is only for the session that asked. */
  post(path: string, body?: object): Promise<unknown> {
    return this.#during(() => post(path, body));
  }

  /** The same for what takes the place of what was there. */
  put(path: string, body: object): Promise<unknown> {
    return this.#during(() => put(path, body));
  }

  /** The same, for an answer of a known shape. */
  postFor<T>(path: string, is: Guard<T>, body?: object): Promise<T> {
    return this.#during(() => postFor(path, is, body));
  }

  /** Have hours signed; what the key worker believes then takes the place of what this session knew. */
  async setHours(typed: TypedHours): Promise<void> {
    this.#renew(await this.#during(() => this.keyWorker.setHours(typed)));
  }

  /** Have the lists of teams and people signed anew as they are. */
  async signAgain(): Promise<void> {
    this.#renew(await this.#during(() => this.keyWorker.signAgain()));
  }

  /** The root's fingerprint, for a sheet that pupils scan. */
  pin(): Promise<string> {
    return this.#during(() => this.keyWorker.pin());
  }

  /** Put a new recovery kit in force. Whoever changed the root with it is not told that it changed. */
  async renewKit(typed: TypedKit): Promise<void> {
    const session = await this.#during(() => this.keyWorker.renewKit(typed));
    this.#renew(typed.changesRoot ? { ...session, rootChanged: null } : session);
  }

  /** What a new recovery kit says on paper; it lives in the key worker until it was sent. */
  async newKit(): Promise<SetUpMade["kit"]> {
    return (await this.#during(() => this.keyWorker.beginSetUp())).kit;
  }

  /** Have a new team signed. */
  async addTeam(typed: TypedTeam): Promise<void> {
    this.#renew(await this.#during(() => this.keyWorker.addTeam(typed)));
  }

  #renew(session: Session): void {
    this.state.value = { kind: "open", session, ready: true };
  }

  /** Wipe the keys and everything opened. What was typed is on the shelf, sealed. */
  lock(): void {
    const { session } = this;
    if (!session) return;
    this.#close();
    this.#show({ kind: "locked", name: session.member.name, passkey: session.passkey });
  }

  /** The session has ended on the server. */
  expire(): void {
    this.#close();
    askFor("");
    this.#show({ kind: "signed-out", trouble: null });
  }

  async signOut(): Promise<void> {
    await this.drafts.saved();
    if (this.drafts.unsaved && !(await this.ask(confirmSignOut()))) return;
    this.drafts.wipe();
    this.#close();
    this.place = null;
    this.#show({ kind: "leaving" }); // nothing of a report stays on the screen while the server is told
    this.#tabs.postMessage({ member: null });
    const error = await post("/sign-out").then(
      () => null,
      (thrown: unknown) => thrown,
    );
    askFor("");
    history.replaceState(null, "", this.base);
    const failed = error !== null && kindOf(error) !== "signed-out";
    this.#show({ kind: "signed-out", trouble: failed ? new TroubleError("sign-out") : null });
  }

  /** What to say of an error; null where there is nothing to say, because the end of a session is handled here. */
  troubleOf(error: unknown): TroubleError | null {
    const trouble = troubleOf(error);
    if (trouble.kind === "signed-out") this.expire();
    return trouble.kind === "signed-out" || trouble.kind === "locked" ? null : trouble;
  }

  /** Say something to a screen reader without moving anything; a locked page says nothing of a report. */
  say(words: ComponentChild): void {
    if (this.session) this.status.value = words;
  }

  warn(soon: boolean): void {
    this.locksSoon.value = soon && this.session !== null;
  }

  /** Another tab has the same cookie: what was signed out or exchanged there is over here too, and now. */
  #elsewhere({ member }: MessageEvent["data"]): void {
    if (askingMember() && askingMember() !== member) this.expire();
  }

  /** Throws TroubleError `locked` when there is no session, or another one by the time of the answer. */
  async #during<T>(request: () => Promise<T>): Promise<T> {
    const { session } = this;
    const check = (): void => {
      if (!session || this.session !== session) throw new TroubleError("locked");
    };
    check();
    const answer = await request().catch((error: unknown) => {
      check();
      throw error;
    });
    check();
    return answer;
  }

  #close(): void {
    if (this.session) this.place = this.list?.place ?? this.place;
    this.list = null;
    this.#shown = null;
    this.noReply.clear();
    this.cards = new KnownCards(this.keyWorker);
    this.unopened.value = null;
    this.questions.end();
    this.keyWorker.wipe();
    this.drafts.forget();
    this.status.value = null;
    this.warn(false);
  }

  #show(state: DeskState): void {
    this.#begin();
    this.state.value = state;
  }

  /** Another view comes: questions were about what stood here. */
  #begin(): void {
    this.questions.end();
    this.focuses = this.#views > 0;
    this.#views += 1;
  }
}

const troubleOf = (error: unknown): TroubleError =>
  error instanceof TroubleError ? error : new TroubleError(kindOf(error));

const confirmSignOut = (): Question => ({
  name: "confirm-sign-out",
  title: _("Sign out and lose your answer?"),
  body: _("You have an answer that has not been sent, and this browser cannot keep it for you. Signing out wipes it."),
  no: _("Go back to it"),
  yes: _("Sign out"),
  danger: true,
});
