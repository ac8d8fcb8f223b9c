/**
 * The report page. It asks, shows and sends; it holds no words of its own and never the keys: `sealer.ts` locks what
 * was typed, in a worker.
 */

import { openDevice } from "../lib/device.ts";
import { all, around, choose, onClick, one, write } from "../lib/dom.ts";
import { kindOf, RefusalError } from "../lib/errors.ts";
import { guard, onLeave } from "../lib/leaving.ts";
import { LockedCopy } from "../lib/locked_copy.ts";
import { WorkerClient } from "../lib/worker_client.ts";
import { Store } from "../outbox/store.ts";
import type { Accepted } from "../trust/bundle.ts";
import { fetchBundle, findTrust, takePin } from "../trust/bundle.ts";
import { Pins } from "../trust/pins.ts";
import { Destination, staffed, teamFor } from "./destination.ts";
import { Draft } from "./draft.ts";
import { controlsOf, watch } from "./fields.ts";
import { emptyPromise, fillPromise } from "./promise.ts";
import { ReportSending } from "./report_sending.ts";
import { fillReview, tellEmpty } from "./review.ts";
import { alarmed } from "./risk.ts";
import type { Sealer } from "./sealer.ts";
import { helpSheet } from "./sheet.ts";
import { Steps } from "./steps.ts";
import { chooseTopic, takeTopic } from "./topic.ts";
import { wayOn } from "./way_on.ts";

const PATIENCE_MS = 30_000;
const STALE_AFTER_MS = 600_000;
/** The form stays open with these. */
const OPEN = [null, "sealing", "moved"];
const SENT = "sent";
const WITHOUT_NOTICE = ["danger", "outcome"];

class ReportPage {
  root: HTMLElement;
  pinned: string | null;
  topic: string | null;
  draft: Draft;
  kept: LockedCopy<{ step: string; locale: string; entries: string[][] }>;
  /** Nothing is kept before what was kept is back, nor of a page that was emptied. */
  away = true;
  steps: Steps;
  line: WorkerClient<Sealer>;
  pins: Promise<Pins>;
  sending: ReportSending;
  accepted: Accepted | null = null;
  destination = new Destination();
  trouble: string | null = null;
  busy = false;
  changing = false;
  refresh: () => void;
  ready?: Promise<void>;
  /** When this page last asked who reads. */
  looked = 0;

  constructor(root: HTMLElement) {
    this.root = root;
    this.pinned = takePin();
    this.topic = takeTopic();
    this.draft = new Draft(controlsOf(root));
    this.kept = new LockedCopy("draft");
    this.steps = new Steps(root, (name) => this.arrived(name));
    this.line = new WorkerClient("sealer_[a-z]+", root.dataset.sealer, PATIENCE_MS);
    const device = openDevice();
    this.pins = device.then((opened) => new Pins(opened));
    this.sending = new ReportSending(
      root,
      device.then((opened) => new Store(opened)),
      (sent) => this.told(sent),
    );
    this.refresh = watch(root, this.draft, () => this.changed());
  }

  async start() {
    const kept = await this.restore();
    const goesOn = kept?.entries.length || history.state || kept?.locale !== document.documentElement.lang; // or a new visit
    this.steps.start(goesOn ? kept?.step : undefined);
    one(this.root, "[data-restored]").hidden = !kept?.entries.length;
    this.listen();
    tellSent(this.root);
    choose(this.root, ["waking", "awake"], "awake");
    for (const button of all(this.root, "[data-begin]")) button.removeAttribute("disabled");
    this.prepare();
    void this.sending.start();
  }

  listen() {
    const { root, steps } = this;
    onClick(root, "[data-go]", (button) => {
      if (!this.busy) steps.go(button.dataset.go ?? "");
    });
    onClick(root, "[data-next]", () => this.next());
    wayOn(root, () => this.next());
    onClick(root, "[data-back]", () => steps.back());
    onClick(root, "[data-seal]", () => void this.seal());
    onClick(root, "[data-retry]", () => this.prepare());
    onClick(root, "[data-again-from-answers]", () => void this.reopen());
    onClick(root, "[data-discard]", () => this.discard());
    document.addEventListener("click", (event) => this.clicked(event), true);
    helpSheet();
    addEventListener("online", () => {
      if (this.trouble === "connection") this.prepare();
    });
    addEventListener("pageshow", (event) => {
      if (event.persisted) void this.returned();
    });
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.promise();
    });
    onLeave(({ type }) => {
      this.away = type === "pagehide"; // then what was kept waits for the next page
      this.wipe();
    });
  }

  /** Put back what was kept of this form, whatever its language. */
  async restore() {
    const kept = await this.kept.open();
    if (kept) this.draft.take(kept.entries);
    chooseTopic(this.root, this.draft, this.topic);
    this.topic = null;
    this.away = false;
    this.refresh();
    return kept;
  }

  clicked(event: MouseEvent) {
    const link = around(event.target, "a", HTMLAnchorElement);
    void this.protect(); // a tap counts as a change
    if (this.sending.own || !link || link.protocol.slice(0, 4) !== "http") return;
    if (link.host !== location.host)
      link.target = "_blank"; // a tab forgets its name, and so what was kept, on another website
    else if (link.closest(".languages")) {
      event.preventDefault();
      this.steps.replace(link.href);
    }
  }

  /** Find out whether anything can be sealed here, and for whom. */
  prepare() {
    this.line.hangUp();
    this.show(null);
    emptyPromise(this.root, "hours-loading");
    this.ready = this.look();
  }

  /** Ask who reads; where there is no connection, what was known before will do. */
  async look() {
    this.looked = Date.now();
    const { accepted, trouble } = await findTrust({
      pins: await this.pins,
      pinned: this.pinned,
      fetched: () => fetchBundle(this.root.dataset.bundleAddress ?? ""),
      accept: (signed, pin) => this.line.ask("accept", { signed, pin, now: Date.now() }),
    });
    const team = accepted && teamFor(accepted.teams, false);
    this.accepted = team ? accepted : null;
    if (accepted?.rootChanged) choose(this.root, ["new-lock"], "new-lock");
    if (!this.accepted) emptyPromise(this.root, "hours-missing");
    this.promise();
    this.show(trouble ?? (team ? null : "closed"));
    this.changed();
  }

  /** Say when the team reads that a report would go to, as it is now. */
  promise() {
    const team = this.accepted && teamFor(this.accepted.teams, this.draft.smallerTeam);
    if (this.accepted && team) fillPromise(this.root, this.accepted, team, Date.now());
  }

  /** Say why nothing is sent. What has no words of its own went wrong while it was locked. */
  show(trouble: string | null) {
    const words = all(this.root, "[data-trouble] > *, [data-closed] > *");
    const has = words.some(({ dataset }) => dataset.when === trouble);
    this.trouble = trouble && (has ? trouble : "sealing");
    for (const each of words) each.hidden = each.dataset.when !== this.trouble;
    one(this.root, "[data-closed]").hidden = !trouble;
    for (const each of all(this.root, "[data-open-only]")) each.hidden = !OPEN.includes(this.trouble);
    one(this.root, "[data-trouble]").hidden = !trouble || WITHOUT_NOTICE.includes(this.steps.name);
  }

  arrived(name: string) {
    this.show(this.trouble);
    one(this.root, "[data-restored]").hidden = true;
    choose(this.root, ["empty"], null);
    void this.protect();
    this.promise();
    if (name !== "review") return;
    this.changing = false;
    fillReview(this.root, (step) => {
      if (this.busy) return;
      this.changing = true;
      this.steps.go(step);
    });
  }

  changed() {
    const { smallerTeam } = this.draft;
    const team = this.accepted && this.destination.show(this.accepted.teams, smallerTeam, this.steps.name === "review");
    choose(this.root, ["smaller-gone"], smallerTeam && team?.kind === 1 ? "smaller-gone" : null);
    const offered = this.accepted !== null && this.draft.aboutAnAdult && staffed(this.accepted.teams, 2) !== null;
    one(this.root, "[data-smaller-team]").hidden = !offered;
    one(this.root, "[data-goes-to]").hidden = !team;
    write(this.root, "[data-team]", team?.name ?? "");
    this.protect();
  }

  /** Keep what is written, and ask before leaving only where that cannot be, or has ended while the page lay open. */
  async protect() {
    if (this.away) return;
    const {
      draft,
      steps: { index, name },
    } = this;
    const unsealed = this.sending.own === null && (index > 0 || !draft.empty);
    if (!unsealed) this.kept.wipe();
    const lost =
      unsealed &&
      (await this.kept.save({ step: name, locale: document.documentElement.lang, entries: draft.entries() }));
    guard(this.sending.losable || this.sending.outcome.code.open || (!draft.empty && lost));
  }

  next() {
    const long = new Draft(controlsOf(this.steps.section)).tooLong();
    if (long) long.focus?.();
    else if (this.changing) this.steps.go("review");
    else this.steps.next();
  }

  /** Lock the answers and send them. A second tap while the first is at work does nothing. */
  async seal() {
    const long = this.draft.tooLong();
    if (long) long.focus?.();
    else tellEmpty(this.root, this.draft);
    if (this.busy || this.sending.own || long || this.draft.answers().length === 0) return;
    this.busy = true;
    choose(this.root, ["sealing-now"], "sealing-now");
    this.steps.hold("review");
    try {
      await this.sealAndKeep();
    } catch (error) {
      this.steps.release("review");
      this.changed(); // to whom it would go may be another by now
      this.show(kindOf(error, "sealing"));
      one(this.root, "[data-trouble]").focus();
    }
    this.busy = false;
    choose(this.root, ["sealing-now"], null);
  }

  async sealAndKeep() {
    await this.ready;
    if (Date.now() - this.looked > STALE_AFTER_MS) await this.look();
    const sealed = await this.lock().catch(async (error) => {
      if (!this.accepted || error.kind !== "expired") throw error; // refused just now: it was said, and stands
      await this.look();
      return this.lock();
    });
    this.show(null);
    this.promise();
    this.sending.outcome.danger = alarmed(this.root);
    await this.sending.take(sealed);
    this.steps.end("outcome");
    if (this.sending.outcome.danger) one(this.root, "#outcome-title").scrollIntoView();
    void this.sending.send("due");
  }

  async lock() {
    if (!this.accepted) throw new RefusalError(this.trouble ?? "closed");
    const team = this.destination.take(this.accepted.teams, this.draft.smallerTeam);
    return this.line.ask("seal", {
      answers: this.draft.answers(),
      locale: document.documentElement.lang.toLowerCase(),
      now: Date.now(),
      team: team.id,
      wantsReply: this.draft.wantsReply,
    });
  }

  /** Something came of what waits. `sent`: the report that this page sealed. */
  told(sent: boolean) {
    if (sent) {
      this.promise(); // it may have waited for hours
      this.wipeDraft();
      window.name = SENT;
    }
    void this.protect();
  }

  /** A report that was not accepted: back to the words, which are still there. */
  async reopen() {
    await this.sending.drop();
    this.steps.release("review");
  }

  /** Nothing is to be sent: nothing stays. */
  discard() {
    this.wipeDraft();
    this.steps.home();
  }

  /**
   * Back from the browser's memory, where nothing typed came along, and a code only before it was written down: without
   * one, a report sealed before waits like any other.
   */
  async returned() {
    if (!this.sending.outcome.code.open) {
      if (this.sending.own) this.steps.release("danger");
      this.sending.letGo();
    }
    await this.restore();
    this.prepare();
    void this.sending.start();
  }

  wipeDraft() {
    this.draft.wipe();
    for (const list of all(this.root, "[data-answers], [data-unanswered]")) list.replaceChildren();
    one(this.root, "[data-topic]").hidden = true;
    this.refresh();
  }

  /** Left: nothing typed and no code stays; what is sealed waits in the outbox. */
  wipe() {
    this.wipeDraft();
    this.sending.outcome.code.leave();
    this.line.hangUp();
    guard(false);
  }
}

/** Loaded anew after a report was sent: only the tab itself knows, and says it once. */
function tellSent(root: HTMLElement) {
  if (window.name !== SENT) return;
  window.name = "";
  const [entry] = performance.getEntriesByType("navigation");
  one(root, "[data-was-sent]").hidden = entry !== undefined && "type" in entry && entry.type === "navigate";
}

void new ReportPage(one(document, "[data-report]")).start();
