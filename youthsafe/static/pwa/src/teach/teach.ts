/**
 * A lesson, one slide at a time. It holds no words of its own, asks for nothing, and reads nothing that this device
 * keeps: a draft, a code or a waiting report can never come up on a projector.
 */
import { all, around, onClick, one, write } from "../lib/dom.ts";
import type { Action } from "./keys.ts";
import { actionNamed, actionOf } from "./keys.ts";
import { Names } from "./names.ts";
import { Pair } from "./pair.ts";
import { Slides } from "./slides.ts";
import { offerToTake } from "./taking.ts";
import { onTheClock, Timer } from "./timer.ts";

const TICK_MS = 250;

class Presenter {
  root: HTMLElement;
  bar: HTMLElement;
  pages: HTMLElement[];
  parts: HTMLElement[];
  timer: Timer;
  slides: Slides;
  pair: Pair;
  names: Names;
  /** The part whose time the clock shows. */
  part: HTMLElement | null = null;

  constructor(root: HTMLElement) {
    this.root = root;
    this.bar = one(root, "[data-bar]");
    this.pages = all(root, "[data-slide]");
    this.parts = all(root, "[data-part]");
    this.timer = new Timer(() => performance.now());
    this.slides = new Slides(this.pages.length, (number) => this.show(number));
    this.pair = new Pair(location.pathname, (said) => this.heard(said));
    this.names = new Names(root, (names) => this.pair.say({ names }));
  }

  start() {
    onClick(this.root, "[data-do]", (button) => this.act(actionNamed(button.dataset.do) ?? "end"));
    addEventListener("keydown", (event) => this.pressed(event));
    one(this.bar, '[data-do="fullscreen"]').hidden = !document.fullscreenEnabled;
    setInterval(() => this.tick(), TICK_MS);
    addEventListener("beforeprint", () => this.openForPrinter());
    this.slides.start();
  }

  get presenting() {
    return this.slides.number !== null;
  }

  pressed(event: KeyboardEvent) {
    if (!this.presenting || event.defaultPrevented) return;
    const action = actionOf(event, {
      rightToLeft: document.documentElement.dir === "rtl",
      letters: one(this.bar, "[data-letters]", HTMLInputElement).checked,
      onControl: event.target instanceof Element && event.target.closest("a, button, summary, input") !== null,
    });
    if (!action) return;
    event.preventDefault();
    if (!event.repeat) this.act(action);
  }

  /** Whether this window shows the notes, on the teacher's own screen. */
  get noting() {
    return this.presenting && this.slides.mode === "notes";
  }

  /** What the notes' window cannot do itself, the window before the class does. */
  act(action: Action) {
    if (this.noting && action !== "end") this.pair.ask(action, () => this.perform(action));
    else this.perform(action);
  }

  perform(action: Action) {
    const number = this.slides.number ?? 1;
    if (action === "next") this.next(number);
    else if (action === "previous") this.slides.go(number - 1);
    else if (action === "first") this.slides.go(1);
    else if (action === "last") this.slides.go(this.pages.length);
    else if (action === "timer") this.startOrStop();
    else if (action === "notes") this.openNotes();
    else if (action === "blank") this.press("blank");
    else if (action === "fullscreen") void this.fillScreen();
    else this.end();
  }

  /** On a question the answer comes first, so that a clicker with two buttons is enough. */
  next(number: number) {
    const answer = this.answerOf(number);
    if (this.root.classList.contains("blank")) this.press("blank");
    else if (answer && !answer.open) this.reveal(number);
    else this.slides.go(number + 1);
  }

  /**
   * Notes never stand before the class: they open in a window of their own, which the teacher keeps on another screen.
   */
  openNotes() {
    if (this.noting) return;
    const opened = open(
      `${location.pathname}#notes-${this.slides.number ?? 1}`,
      "youthsafe-notes",
      "popup,width=560,height=720",
    );
    one(this.bar, "[data-no-window]").hidden = opened !== null;
  }

  /** `said`: by the other window. */
  heard(said: import("./pair.ts").Said) {
    if (!this.presenting) return;
    if (this.noting) {
      if (said.names) this.names.write(said.names);
      if (said.at) this.slides.go(said.at);
      if (said.time) this.tell(said);
      if (said.answer && this.slides.number) this.reveal(this.slides.number);
      if (said.blank !== undefined) this.mark("blank", said.blank);
    } else {
      if (said.do) this.perform(said.do);
      if (said.do || said.hello) this.report();
    }
  }

  /** Tell the notes' window how things stand before the class. */
  report() {
    const number = this.slides.number;
    if (number === null || this.noting) return;
    this.pair.say({
      at: number,
      answer: this.answerOf(number)?.open ?? false,
      blank: this.root.classList.contains("blank"),
      names: this.names.given,
      ...this.clock(),
    });
  }

  /** On paper every answer stands below its question; afterwards the page is as it was. */
  openForPrinter() {
    const shut = this.root.querySelectorAll<HTMLDetailsElement>("[data-answer]:not([open])");
    for (const answer of shut) answer.open = true;
    addEventListener(
      "afterprint",
      () => {
        for (const answer of shut) answer.open = false;
      },
      { once: true },
    );
  }

  reveal(number: number) {
    const answer = this.answerOf(number);
    if (answer) answer.open = true;
    this.report();
  }

  page(number: number): HTMLElement {
    const page = this.pages[number - 1];
    if (!page) throw new RangeError("no such slide");
    return page;
  }

  answerOf(number: number): HTMLDetailsElement | null {
    return this.page(number).querySelector("[data-answer]");
  }

  end() {
    const help = one(this.bar, "[data-key-help]", HTMLDetailsElement);
    if (help.open) help.open = false;
    else this.slides.end();
  }

  /** `number`: null shows the whole lesson again. */
  show(number: number | null) {
    document.documentElement.classList.toggle("presenting", number !== null && !this.noting);
    document.documentElement.classList.toggle("noting", this.noting);
    this.bar.hidden = number === null;
    this.mark("blank", false);
    if (number === null) this.showAll();
    else this.showOne(number);
  }

  showAll() {
    for (const element of [...this.pages, ...this.parts]) element.hidden = false;
    if (document.fullscreenElement) void document.exitFullscreen();
    scrollTo(0, 0);
    one(this.root, "h1").scrollIntoView();
  }

  showOne(number: number) {
    const page = this.page(number);
    const part = around(page, "[data-part]") ?? page;
    this.pages.forEach((each) => {
      each.hidden = each !== page;
    });
    this.parts.forEach((each) => {
      each.hidden = each !== part;
    });
    const answer = this.answerOf(number);
    if (answer) answer.open = this.noting; // a teacher reads the answer before the class does
    if (part !== this.part) this.timer.reset(Number(part.dataset.minutes));
    this.part = part;
    write(this.bar, "[data-number]", String(number));
    write(this.bar, "[data-total]", String(this.pages.length));
    this.tick();
    scrollTo(0, 0);
    one(page, "h3").focus({ preventScroll: true });
    if (this.noting) this.pair.greet();
    else this.report();
  }

  startOrStop() {
    this.timer.toggle();
    this.tick();
  }

  /** What the clock shows. */
  clock() {
    const { minutes, seconds, over } = onTheClock(this.timer.left);
    return { time: `${minutes}:${String(seconds).padStart(2, "0")}`, over, running: this.timer.running };
  }

  tick() {
    if (this.noting && this.pair.linked) return; // the clock before the class is the one that counts
    const clock = this.clock();
    if (this.tell(clock) && !this.noting) this.pair.say(clock);
  }

  /** Whether that is new. */
  tell({ time = "", over = false, running = false }: import("./pair.ts").Said): boolean {
    const shown = one(this.bar, "[data-time]");
    one(this.bar, "[data-over]").hidden = !over;
    one(this.bar, '[data-do="timer"]').setAttribute("aria-pressed", String(running));
    if (shown.textContent === time) return false;
    shown.textContent = time;
    return true;
  }

  /** Turn a switch of the bar over. */
  press(name: "blank") {
    this.mark(name, !this.root.classList.contains(name));
    this.report();
  }

  mark(name: "blank", on: boolean) {
    this.root.classList.toggle(name, on && !this.noting);
    one(this.bar, `[data-do="${name}"]`).setAttribute("aria-pressed", String(on));
  }

  async fillScreen() {
    const change = document.fullscreenElement
      ? document.exitFullscreen()
      : document.documentElement.requestFullscreen();
    await change.catch(() => undefined); // a browser may refuse; the slides are shown all the same
  }
}

onClick(document, "[data-print]", () => print());
for (const lesson of all(document, "[data-lesson]")) new Presenter(lesson).start();
for (const sheet of all(document, "[data-sheet]")) new Names(sheet);
for (const box of all(document, "[data-take]")) offerToTake(box);
