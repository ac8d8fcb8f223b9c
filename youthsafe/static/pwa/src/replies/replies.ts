/**
 * The page where seven words open a mailbox. `reader.ts` holds the keys, in a worker that ends with the page; nothing
 * is stored.
 */
import { CODE_WORDS, partsOf } from "../crypto/matching.ts";
import { figure } from "../lib/dates.ts";
import { openDevice } from "../lib/device.ts";
import { choose, onClick, one, write } from "../lib/dom.ts";
import { RefusalError } from "../lib/errors.ts";
import { Idle } from "../lib/idle.ts";
import { guard, onLeave } from "../lib/leaving.ts";
import { LockedCopy } from "../lib/locked_copy.ts";
import { WorkerClient } from "../lib/worker_client.ts";
import { outcomeOf, post } from "../outbox/delivery.ts";
import { Store } from "../outbox/store.ts";
import { Draft } from "../report/draft.ts";
import { controlsOf, count } from "../report/fields.ts";
import { helpSheet } from "../report/sheet.ts";
import { fetchBundle, findTrust, takePin } from "../trust/bundle.ts";
import { Pins } from "../trust/pins.ts";
import { showConversation, wipeConversation } from "./conversation.ts";
import type { Mailbox } from "./mailbox.ts";
import { fetchMailbox, takeBack } from "./mailbox.ts";
import type { Reader } from "./reader.ts";
import { thread } from "./thread.ts";

const PATIENCE_MS = 60_000;
const QUIET_MS = 600_000;
const LOOK_MS = 5_000;
const ACTIVITY = ["pointerdown", "pointermove", "keydown", "input", "wheel", "touchstart", "scroll"];
const TRIES = 3;
const PROBLEMS = [
  "code-empty",
  "code-count",
  "code-word",
  "code-check",
  "unknown",
  "exchanged",
  "no-signal",
  "connection",
  "busy",
  "closed",
  "expired",
  "mismatch",
  "forged",
  "older-list",
  "no-crypto",
  "no-wasm",
  "worker",
  "sealing",
];
const OF_THE_WORDS = ["code-empty", "code-count", "code-word", "code-check", "unknown"];
const BUSY = ["opening", "fetching", "writing", "withdrawing"];
const MISSING = ["not-whole"];
const WITHDRAWING = ["offer", "sure", "undecided", "sure-unread", "sure-read", "withdrawing", "withdraw-failed"];
const WRITING = ["written", "not-kept", "not-written", "not-accepted", "nothing-written"];

class RepliesPage {
  root: HTMLElement;
  pinned: string | null;
  words: HTMLTextAreaElement;
  box: HTMLTextAreaElement;
  draft: Draft;
  line: WorkerClient<Reader>;
  pins: Promise<Pins>;
  store: Promise<Store>;
  mailbox: Mailbox | null = null;
  /** Sealed, and perhaps sent: the same bytes go again. */
  pending: { text: string; id: string; body: string } | null = null;
  /** Whether the team or the server says so. */
  opened = false;
  /** Whether the server has all that was sent. */
  whole = true;
  /** Of the list of teams that this page believes. */
  serial = 0;
  busy = false;
  kept: LockedCopy<{ report: string; entries: string[][] }>;
  idle: Idle;
  /** What was begun before a mailbox was shut says nothing any more. */
  turn = 0;

  constructor(root: HTMLElement) {
    this.root = root;
    this.pinned = takePin();
    this.words = one(root, "[data-code-input]", HTMLTextAreaElement);
    this.box = one(root, '[data-field="message"]', HTMLTextAreaElement);
    this.draft = new Draft(controlsOf(root));
    this.line = new WorkerClient("reader", root.dataset.reader, PATIENCE_MS);
    const device = openDevice();
    this.pins = device.then((opened) => new Pins(opened));
    this.store = device.then((opened) => new Store(opened));
    this.kept = new LockedCopy("message");
    this.idle = new Idle(QUIET_MS, () => this.tooQuiet());
  }

  start() {
    const { root } = this;
    onClick(root, "[data-open]", () => void this.alone("opening", () => this.open()));
    onClick(root, "[data-write]", () => void this.alone("writing", () => this.write()));
    onClick(root, "[data-refresh]", () => void this.alone("fetching", () => this.read()));
    onClick(root, "[data-shut]", () => this.shut());
    for (const kind of ACTIVITY) addEventListener(kind, () => this.idle.touch(), { passive: true, capture: true });
    setInterval(() => this.idle.check(), LOOK_MS);
    document.addEventListener("visibilitychange", () => this.idle.check());
    onClick(root, "[data-withdraw]", () => this.askWhetherToWithdraw());
    onClick(root, "[data-keep]", () => this.keep());
    onClick(root, "[data-withdraw-now]", () => void this.alone("withdrawing", () => this.withdraw()));
    this.words.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      void this.alone("opening", () => this.open());
    });
    const { box } = this;
    box.addEventListener("input", () => {
      this.say(null);
      this.typed(box);
    });
    this.typed(box);
    one(root, "[data-open]").removeAttribute("disabled");
    choose(root, ["waking"], null);
    helpSheet();
    onLeave(({ type }) => {
      if (type !== "pagehide") this.kept.wipe();
      this.wipe();
    });
  }

  typed(box: HTMLTextAreaElement) {
    count(box);
    void this.keepMessage();
  }

  /**
   * A message that is being written stays for this tab and this report, locked; where that cannot be, the browser asks
   * before it is lost.
   */
  async keepMessage() {
    const { mailbox, draft } = this;
    if (!mailbox) return;
    if (draft.empty) this.kept.wipe();
    guard(!draft.empty && (await this.kept.save({ report: mailbox.report.id, entries: draft.entries() })));
  }

  /** Nobody has touched an opened mailbox for ten minutes: others may come by. */
  tooQuiet() {
    if (!this.mailbox) return;
    this.shut();
    choose(this.root, ["too-quiet"], "too-quiet");
  }

  /** One thing at a time; what goes wrong is shown where it belongs. */
  async alone(what: "opening" | "fetching" | "writing" | "withdrawing", action: () => Promise<void>) {
    if (this.busy) return;
    this.busy = true;
    this.problem(null);
    choose(this.root, BUSY, what);
    const { turn, box } = this;
    box.readOnly = what === "writing"; // what is typed meanwhile would not be sent
    await action().catch((error) => {
      if (turn === this.turn) this.problem(error.kind ?? "sealing", error.word);
    });
    if (turn === this.turn) this.rest();
  }

  rest() {
    choose(this.root, BUSY, null);
    this.busy = false;
    this.box.readOnly = false;
  }

  /** Go on only while the same mailbox is open. */
  async here<T>(awaited: Promise<T>): Promise<T> {
    const { turn } = this;
    const found = await awaited;
    if (turn !== this.turn) throw new RefusalError("shut");
    return found;
  }

  problem(kind: string | null, word?: number) {
    const deaf = !navigator.onLine && (kind === "connection" || kind === "worker");
    choose(this.root, PROBLEMS, deaf ? "no-signal" : kind === null || PROBLEMS.includes(kind) ? kind : "sealing");
    const typed = partsOf(this.words.value, CODE_WORDS);
    write(this.root, "[data-typed]", figure(typed.length));
    if (word !== undefined) write(this.root, "[data-word]", figure(word));
    if (word !== undefined) write(this.root, "[data-wrong]", typed[word - 1] ?? "");
    const ofTheWords = kind !== null && OF_THE_WORDS.includes(kind);
    this.words.setAttribute("aria-invalid", String(ofTheWords));
    if (ofTheWords) this.words.focus();
    else if (kind !== null) one(this.root, "[data-trouble]").scrollIntoView({ block: "center" }); // it stands below what was pressed
  }

  async open() {
    choose(this.root, ["taken-back", "too-quiet"], null);
    if (this.words.value.trim() === "") throw new RefusalError("code-empty");
    this.line.hangUp();
    await this.trust();
    await this.line.ask("derive", { words: this.words.value, lists: (this.root.dataset.lists ?? "").split(" ") });
    await this.read();
    this.words.value = "";
    await this.takeMessage();
    this.panel("mailbox");
  }

  /** Put back what was being written to the team of this report. */
  async takeMessage() {
    const kept = await this.kept.open();
    const same = kept?.report === this.mailbox?.report.id;
    if (same && kept) this.draft.take(kept.entries);
    choose(this.root, ["message-kept"], same && kept ? "message-kept" : null);
    this.typed(this.box);
  }

  async trust() {
    const { accepted, trouble } = await findTrust({
      pins: await this.pins,
      pinned: this.pinned,
      fetched: () => this.bundle(),
      accept: (signed, pin) => this.line.ask("accept", { signed, pin, now: Date.now() }),
    });
    if (!accepted) throw new RefusalError(trouble);
    this.serial = accepted.serial;
    if (accepted.rootChanged) choose(this.root, ["new-lock"], "new-lock");
  }

  /** An answer names the newest list of teams that its writer knew. From then on this device takes no older one. */
  async learn(serial: number) {
    if (serial <= this.serial) return;
    await (await this.pins).learn(serial);
    await this.here(this.trust());
  }

  /** A mailbox stays open when nobody reads reports any more: then the bundle that was kept will do. */
  async bundle() {
    const fetched = await fetchBundle(this.root.dataset.bundleAddress ?? "");
    const kept = await (await this.pins).trust();
    return "trouble" in fetched && fetched.trouble === "closed" && kept?.signed ? { signed: kept.signed } : fetched;
  }

  async read() {
    const mailbox = await this.here(
      fetchMailbox(this.root.dataset.mailboxAddress ?? "", (before) => this.line.ask("request", { before })),
    );
    if (!mailbox) throw new RefusalError("unknown");
    const { answers, writable, whole, serial, said } = await this.line.ask("open", { mailbox, now: Date.now() });
    this.mailbox = mailbox;
    this.opened = said.opened || mailbox.report.opened;
    showConversation(this.root, mailbox.report, said, thread(answers, mailbox.sent));
    choose(this.root, ["writable", "not-writable"], writable ? "writable" : "not-writable");
    this.whole = whole;
    choose(this.root, MISSING, whole ? null : "not-whole");
    choose(this.root, WITHDRAWING, "offer");
    await this.learn(serial).catch((error) => this.distrust(error));
  }

  /** What can be read stays; nothing is sealed by a list of teams that is older than one an answer names. */
  distrust({ kind }: { kind?: string }) {
    if (kind === "shut") return;
    choose(this.root, ["writable", "not-writable"], null);
    this.problem(kind === "forged" || kind === "expired" ? "older-list" : (kind ?? "older-list"));
  }

  /** Say what will happen: that depends on whether somebody has opened the report. */
  warn(...states: string[]) {
    choose(this.root, WITHDRAWING, "sure", this.opened ? "sure-read" : "sure-unread", ...states);
  }

  askWhetherToWithdraw(...states: string[]) {
    this.warn("undecided", ...states);
    one(this.root, "[data-keep]").focus();
  }

  keep() {
    choose(this.root, WITHDRAWING, "offer");
    one(this.root, "[data-withdraw]").focus();
  }

  /** Take the report back; a sealed copy that still waits on this device goes too, so that it is not sent again. */
  async withdraw() {
    const id = this.mailbox?.report.id ?? "";
    const { turn } = this;
    this.warn("withdrawing"); // it is too late to keep it
    try {
      const gone = await takeBack(
        this.root.dataset.withdrawAddress ?? "",
        await this.line.ask("request", { before: 0 }),
      );
      await (await this.store).forget(id);
      if (!gone) return this.withdrawnTooLate();
    } catch {
      if (turn === this.turn) this.askWhetherToWithdraw("withdraw-failed");
      return;
    }
    if (turn === this.turn) this.shut();
    if (!this.mailbox) choose(this.root, ["taken-back"], "taken-back"); // another that was opened meanwhile is not
  }

  async withdrawnTooLate() {
    await this.here(this.read());
    one(this.root, "[data-mailbox] h1").focus();
  }

  /**
   * Lock what was written to the team and send it; when something newer was sent meanwhile, lock it anew behind that.
   */
  async write() {
    const text = this.draft.answer("message");
    this.say(null);
    if (text === "") return this.say("nothing-written");
    if (this.draft.tooLong()) return this.box.focus();
    this.say(await this.here(this.send(text)));
  }

  async send(text: string): Promise<"written" | "not-kept" | "not-written" | "not-accepted"> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const pending = this.pending?.text === text ? this.pending : { text, ...(await this.seal(text)) };
      this.pending = pending;
      const kind = await this.here(this.deliver(pending));
      if (kind === "sent") return this.written(pending.id);
      if (kind === "refused") return "not-accepted";
      if (kind === "later") return "not-written";
      this.pending = null;
      if (
        !(await this.read().then(
          () => true,
          () => false,
        ))
      )
        return "not-written";
    }
    return "not-written";
  }

  seal(text: string) {
    return this.line.ask("seal", { text, locale: document.documentElement.lang.toLowerCase(), now: Date.now() });
  }

  async deliver({ id, body }: { id: string; body: string }) {
    try {
      return (await outcomeOf(await post(this.root.dataset.messageAddress ?? "", body), id, Date.now())).kind;
    } catch {
      return "later";
    }
  }

  /** A server may say that it took the words and not have them: then they stay in the box. */
  async written(id: string): Promise<"written" | "not-kept"> {
    this.pending = null;
    await this.line.ask("kept", { id });
    const fetched = await this.read().then(
      () => true,
      () => false,
    ); // it is sent, whether or not the page can be fetched again
    if (fetched && !this.whole) return "not-kept";
    this.draft.wipe();
    choose(this.root, ["message-kept"], null);
    this.typed(this.box);
    return "written";
  }

  say(kind: string | null) {
    choose(this.root, WRITING, kind);
    if (kind) one(this.root, `[data-when="${kind}"]`).scrollIntoView({ block: "nearest" }); // the thread above it may have grown
  }

  panel(name: "enter" | "mailbox") {
    one(this.root, "[data-enter]").hidden = name !== "enter";
    one(this.root, "[data-mailbox]").hidden = name !== "mailbox";
    scrollTo(0, 0);
    one(this.root, `[data-${name}] h1`).focus({ preventScroll: true });
  }

  shut() {
    this.wipe();
    this.panel("enter");
  }

  /** Nothing of the mailbox stays: not its words, not its keys. */
  wipe() {
    this.turn += 1;
    this.rest();
    this.line.hangUp();
    this.words.value = "";
    this.mailbox = null; // first: what is being written stays, locked
    this.draft.wipe();
    this.pending = null;
    wipeConversation(this.root);
    this.say(null);
    guard(false);
    one(this.root, "[data-enter]").hidden = false;
    one(this.root, "[data-mailbox]").hidden = true;
  }
}

new RepliesPage(one(document, "[data-replies]")).start();
