/** One report as it stands on its page: what is known of it, what was done to it, and what can be done. */
import { batch, signal } from "@preact/signals";
import { type OpenedEntry, toSign } from "../../reports/card_state.ts";
import { type Cover, coverOf, isFirst, isFirstLook } from "../../reports/first_look.ts";
import type { OpenedReport } from "../../reports/opening.ts";
import type { Desk, Shown } from "../../session/desk.ts";
import { Newest } from "../../session/newest.ts";
import { may } from "../../session/session.ts";
import { isUnsure, kindOf, TroubleError } from "../../trouble.ts";
import { AfterDrawing } from "../../ui/after_drawing.ts";
import { isReportSummary, type ReportSummary } from "../../wire.ts";
import { AnswerBox, type Stranded } from "./answer_box.ts";
import { CardBox } from "./card_box.ts";
import { Closing } from "./closing.ts";
import { Handing } from "./handing.ts";
import { Linking } from "./linking.ts";
import { Naming } from "./naming.ts";
import { type Action, followUpsOf, isDone, newsOf, reasonOf } from "./news.ts";
import { confirmClose, confirmReopen } from "./questions.tsx";
import { Referring } from "./referring.ts";
import { Said } from "./said.ts";
import { Sending } from "./sending.ts";

/** What is known of a report that does not open; whether it wants a reply is not. */
const SEALED = {
  written: null,
  locale: "",
  wantsReply: true,
  answerable: false,
  answers: [],
  thread: [],
  alarms: [],
  drill: false,
} satisfies Omit<OpenedReport, "summary">;

const NOTHING_OFFERED: Record<Action, boolean> = {
  claim: false,
  release: false,
  "hand-over": false,
  close: false,
  reopen: false,
  hold: false,
  lift: false,
};

/** `wait`: it is being opened; `sealed`: it does not open, and can still be claimed and closed; `gone`: only what was typed is left. */
export type Phase = "wait" | "failed" | "open" | "sealed" | "gone";

/** `before`: the report as it was when somebody pressed; `seen`: how many messages of the reporter's they were shown. */
export interface Read {
  before: OpenedReport | null;
  seen: number;
}

export class OneReport implements Shown {
  readonly id: string;
  readonly phase = signal<Phase>("wait");
  /** What stands on the page; of one that does not open no more than its summary. */
  readonly report = signal<OpenedReport | null>(null);
  readonly offered = signal(NOTHING_OFFERED);
  readonly trouble = signal<TroubleError | null>(null);
  readonly busy = signal<ReadonlySet<Action>>(new Set());
  /** Whether somebody is being done with a drill. */
  readonly finishing = signal(false);
  readonly afterDrawing = new AfterDrawing();
  readonly said: Said;
  readonly answer: AnswerBox;
  readonly card: CardBox;
  readonly closing: Closing;
  readonly handing: Handing;
  readonly linking: Linking;
  readonly naming: Naming;
  readonly referring: Referring;
  readonly sending: Sending;
  readonly #desk: Desk;
  readonly #newest = new Newest();
  /** How many messages of the reporter's the person was shown. */
  #seen = 0;
  /** Whether an act of this page's own is on its way: what it changes is no news. */
  #acting = false;
  /** The act of which nobody knows whether it was done. */
  #unsure: Action | null = null;

  constructor(desk: Desk, id: string) {
    this.#desk = desk;
    this.id = id;
    this.said = new Said(desk, this.afterDrawing);
    this.card = new CardBox({ desk, id, afterDrawing: this.afterDrawing });
    this.linking = new Linking(desk, id, this.card);
    this.naming = new Naming(desk, id, this.card);
    this.referring = new Referring(desk, id);
    this.answer = new AnswerBox({
      desk,
      id,
      afterDrawing: this.afterDrawing,
      taken: (report) => this.#update(report, true),
      refused: (error) => void this.#refused("answer", error),
    });
    this.closing = new Closing({
      card: this.card,
      answer: this.answer,
      afterDrawing: this.afterDrawing,
      shown: () => this.#opened,
      read: () => this.#read,
      close: (read) => this.#do("close", read),
    });
    this.handing = new Handing({
      desk,
      card: this.card,
      afterDrawing: this.afterDrawing,
      team: () => this.#opened?.summary.team ?? "",
      read: () => this.#read,
      move: (read, to) => this.#do("hand-over", read, { to }),
    });
    this.sending = new Sending({
      answer: this.answer,
      card: this.card,
      afterDrawing: this.afterDrawing,
      waits: () => this.said.done("wait", true),
      close: () => this.closing.begin(),
    });
  }

  /** The report that was opened; nothing of one that does not open. */
  get #opened(): OpenedReport | null {
    return this.phase.value === "open" ? this.report.value : null;
  }

  /** What somebody has read of it who presses now. */
  get #read(): Read {
    return { before: this.#opened, seen: this.#seen };
  }

  /** Whether the level is still to be chosen by somebody who can. */
  get isFirstLook(): boolean {
    const { session } = this.#desk;
    const report = this.#opened;
    if (!session || !report || !may(session, "report:answer") || this.#isCardSealed) return false;
    return isFirst(report.answers, this.card.value("level"), report.summary.state === "closed");
  }

  /** Whether its level will not be known here; where only the network failed, the next look asks again. */
  get #isCardSealed(): boolean {
    const { value } = this.card.trouble;
    return value !== null && !["offline", "busy", "server"].includes(kindOf(value));
  }

  /** What is covered at the first look: without the pack's words no more than capital letters. */
  get cover(): Cover {
    return this.#desk.cover;
  }

  /** Before a word is shown, and once while the desk is open. */
  async #learnCover(): Promise<void> {
    this.#desk.cover ??= await this.#desk.get("/first-look", isFirstLook).then(coverOf, () => null);
  }

  get #me(): string {
    return this.#desk.session?.member.id ?? "";
  }

  /**
   * Look again. The first look gives what is sealed, and with that the server writes down that a person has the report before them: so not for a
   * page that nobody sees.
   */
  async refresh(): Promise<void> {
    if (!this.#opened && (document.visibilityState !== "visible" || !this.#desk.isShown(this))) return;
    try {
      await this.#newest.ask(
        () => this.#look(),
        (report) => {
          if (this.#desk.session) this.#update(report);
        },
      );
    } catch (error) {
      await this.#failed(error);
    }
  }

  /** The level on the card says what is covered, so its card comes before a report is shown for the first time. */
  async #look(): Promise<OpenedReport> {
    const [report] = await Promise.all([this.#desk.keyWorker.report(this.id), this.#learnCover()]);
    if (!this.#opened) await this.card.refresh(report.summary.entries);
    return report;
  }

  async #failed(error: unknown): Promise<void> {
    if (this.phase.value === "wait") this.phase.value = "failed";
    this.trouble.value = this.#desk.troubleOf(error);
    if (kindOf(error) === "sealed") await this.#offerSealed();
    if (kindOf(error) === "missing") this.#offerText();
  }

  /** Draw it, and say what others did since it was drawn last. `own`: after an answer of this page's own. */
  #update(report: OpenedReport, own = false): void {
    const before = this.#opened;
    const news = newsOf(before, report, this.#me);
    this.#draw(report);
    if (before && standing(before) !== standing(report)) this.said.clear(); // what was said of it is no longer true
    if (news && !(own && news.kind === "news-answered") && !this.#acting) this.said.tell(news);
    if (this.#unsure && !this.#acting) this.#nowSure(this.#unsure, report.summary);
  }

  /** The server's answer to what somebody did got lost; this look at the report says what came of it. */
  #nowSure(action: Action, summary: ReportSummary): void {
    this.#unsure = null;
    if (isDone(action, summary, this.#me)) this.said.done(action, false);
    else this.said.undone();
  }

  #draw(report: OpenedReport): void {
    if (!this.#desk.session) return;
    this.#seen = followUpsOf(report);
    if (!report.wantsReply) this.#desk.noReply.add(this.id);
    void this.card.refresh(report.summary.entries);
    batch(() => {
      this.report.value = report;
      this.phase.value = "open";
      this.trouble.value = null;
      this.#offer(report);
    });
  }

  /** A report that does not open has no words to show; it can still be claimed and closed, so that it does not stand in the list for ever. */
  async #offerSealed(): Promise<void> {
    const summary = await this.#desk.get(`/reports/${this.id}`, isReportSummary).catch(() => null);
    if (!summary || !this.#desk.session) return;
    this.#seen = summary.follow_ups;
    const report = { summary, ...SEALED };
    batch(() => {
      this.report.value = report;
      this.phase.value = "sealed";
      this.#offer(report);
    });
  }

  /** The report is gone; what was typed for it is still its writer's. */
  #offerText(): void {
    if (!this.answer.text.value) return;
    batch(() => {
      this.phase.value = "gone";
      this.report.value = null;
      this.offered.value = NOTHING_OFFERED;
      this.answer.withhold({ why: "never" });
    });
  }

  #offer(report: OpenedReport): void {
    const { session } = this.#desk;
    if (!session) return;
    const { summary, answerable } = report;
    const closed = summary.state === "closed";
    const mine = summary.claimed_by?.id === session.member.id;
    if (closed || !mine) this.closing.asked.value = this.handing.asked.value = false;
    const free = !summary.claimed_by || (may(session, "report:take-over") && !mine);
    const mayHold = may(session, "report:hold") && summary.opened;
    this.offered.value = {
      claim: !closed && free,
      release: !closed && mine,
      "hand-over": !closed && mine && this.phase.value === "open",
      close: !closed && mine,
      reopen: closed,
      hold: mayHold && !summary.hold,
      lift: mayHold && summary.hold,
    };
    this.answer.offer(answerable && mine && !closed, report, strandedBy(report, session.member.id));
  }

  async act(action: Action): Promise<void> {
    if (action === "close" && this.#opened) return this.closing.begin();
    if (action === "hand-over") return this.handing.begin();
    const read = this.#read; // a message that comes while the question stands was not read
    if (!this.busy.value.has(action) && (await this.#sure(action))) await this.#do(action, read);
  }

  /** Close, and write nothing down of it. */
  async closeAsJunk(): Promise<void> {
    const read = this.#read;
    if (this.busy.value.has("close") || !(await this.#sure("close"))) return;
    this.closing.asked.value = false; // where it is refused, the buttons stand there again
    await this.#do("close", read);
  }

  /** Sign what a colleague wrote down as the outcome. */
  async sign(): Promise<void> {
    const card = this.card.card.value;
    if (card && (await this.card.sign(toSign(card)))) this.said.done("sign", true);
  }

  /** The entry in which a colleague handed over to whoever looks what is theirs since; null when there is none. */
  get handedToMe(): OpenedEntry | null {
    const card = this.card.card.value;
    const isMine = this.#opened?.summary.claimed_by?.id === this.#me && this.#opened?.summary.state !== "closed";
    if (!card || !isMine || card.state.handed !== this.#me) return null;
    return card.entries.filter(({ changed }) => changed.handed).at(-1) ?? null;
  }

  /** Say that what was handed over is taken. */
  async take(): Promise<void> {
    if (await this.card.take()) this.said.done("take", true);
  }

  /** `body`: what the server is sent besides how much was read. */
  async #do(action: Action, { before, seen }: Read, body: object = {}): Promise<void> {
    this.#setBusy(action, true);
    this.said.clear();
    this.#acting = true;
    this.#unsure = null;
    try {
      await this.#desk.post(`/reports/${this.id}/${action}`, action === "close" ? { follow_ups: seen } : body);
      await this.refresh();
      const summary = this.report.value?.summary; // another than the server may have answered
      if (summary && !isDone(action, summary, this.#me)) throw new TroubleError("server");
      if (action === "close") this.answer.discard();
      this.#done(action);
    } catch (error) {
      if (isUnsure(kindOf(error))) await this.#lost(action);
      else await this.#refused(action, error, before);
    }
    this.#acting = false;
    this.#setBusy(action, false);
  }

  #setBusy(action: Action, busy: boolean): void {
    const others = [...this.busy.value].filter((each) => each !== action);
    this.busy.value = new Set(busy ? [...others, action] : others);
  }

  /** Nobody knows whether it was done: look, and say what is true; where the look fails too, the next one says it. */
  async #lost(action: Action): Promise<void> {
    this.#unsure = action;
    this.said.fail(new TroubleError("unsure"));
    const report = await this.#desk.keyWorker.report(this.id).catch(() => null);
    const summary = report?.summary ?? (await this.#desk.get(`/reports/${this.id}`, isReportSummary).catch(() => null));
    if (!summary || !this.#desk.session) return;
    if (report) this.#draw(report);
    this.#nowSure(action, summary);
  }

  /** Say what was done; a button that went away must not take the focus with it. */
  #done(action: Action): void {
    if (!this.#desk.session) return;
    const writes = action === "claim" && this.answer.offered.value;
    this.said.done(action, !this.offered.value[action] && !writes);
    if (writes) this.answer.focus();
  }

  /** Say why it was refused, and show how things stand. `before`: the report as it was when somebody pressed. */
  async #refused(action: Action | "answer", error: unknown, before: OpenedReport | null = this.#opened): Promise<void> {
    const conflict = kindOf(error) === "conflict";
    if (!conflict) this.said.fail(error);
    if (!this.#desk.session) return;
    const report = await this.#desk.keyWorker.report(this.id).catch(() => null);
    if (report) this.#draw(report);
    const why = conflict && report && reasonOf(action, before, report, this.#me);
    if (why) this.said.refused(why);
    else if (conflict) this.said.fail(error);
    if (this.#desk.isShown(this)) this.said.focusRefusal();
  }

  async #sure(action: Action): Promise<boolean> {
    const claimant = this.report.value?.summary.claimed_by;
    if (action === "reopen" && claimant && claimant.id !== this.#me) {
      return this.#desk.ask(confirmReopen(claimant.name));
    }
    if (action !== "close") return true;
    return this.#desk.ask(confirmClose(this.#desk.drafts.of(this.id) !== ""));
  }

  /** Be done with a drill: it goes, and the list comes. Whoever did it before has done it for everybody. */
  async finishDrill(): Promise<void> {
    this.finishing.value = true;
    try {
      await this.#desk.post(`/reports/${this.id}/drill/done`);
    } catch (error) {
      if (kindOf(error) !== "missing") {
        this.trouble.value = this.#desk.troubleOf(error);
        this.finishing.value = false;
        return;
      }
    }
    this.#desk.go("inbox/");
  }

  /** Go to the newest message. */
  showMessage(): void {
    const newest = document.querySelector<HTMLElement>('[data-part="thread"] > :last-child');
    if (!newest) return;
    newest.tabIndex = -1;
    newest.scrollIntoView({ block: "center" });
    newest.focus({ preventScroll: true });
  }
}

/** All that is said of a report beside its buttons depends on. */
function standing({ summary, thread }: OpenedReport): string {
  const { state, claimed_by, withdrawn, hold } = summary;
  return JSON.stringify([state, claimed_by?.id, withdrawn, hold, thread.length]);
}

/** Why what stands in the answer box cannot be sent by this member. */
function strandedBy({ summary, answerable }: OpenedReport, me: string): Stranded {
  const { state, claimed_by } = summary;
  if (!answerable) return { why: "never" };
  if (state === "closed") return { why: "closed" };
  return claimed_by && claimed_by.id !== me ? { why: "claimed", name: claimed_by.name } : { why: "free" };
}
