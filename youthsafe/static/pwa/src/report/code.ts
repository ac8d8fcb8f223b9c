/**
 * The receipt code on the screen: shown once, copied, made large, printed, and checked by tapping two of its words. It is kept
 * nowhere, so until it was checked, or its reader said twice that it is written down, no link and no Back takes it away
 * without a question.
 */
import { figure } from "../lib/dates.ts";
import { all, around, choose, onClick, one, write } from "../lib/dom.ts";

const COPIES = ["copied", "not-copied"];
const CHECKS = ["check-ask", "check-wrong", "check-right", "check-not"];
const ASKED = 2;

const NEVER_ASKS = '[data-leave], .skip, [href^="tel:"], [href^="sms:"]';

export class CodeCard {
  root: HTMLElement;
  confirmed: () => void;
  /** Shown, and not known to be written down. */
  open = false;
  /** In the browser's memory, from which Back may bring it. */
  asleep = false;
  /** An entry of the history holds Back off. */
  stands = false;
  go: () => void;
  words: readonly string[] = [];
  /** Places in the code that are still asked for. */
  asked: number[] = [];

  /** `confirmed` hears that the code may go now. */
  constructor(root: HTMLElement, confirmed: () => void) {
    this.root = root;
    this.confirmed = confirmed;
    this.go = () => {};
    onClick(root, "[data-copy]", () => void this.copy());
    onClick(root, "[data-large]", (button) => this.enlarge(button));
    onClick(root, "[data-print-code]", () => print()); // the style says that nothing else goes on that paper
    const { title } = document; // names the print, in a printer's list too
    addEventListener("beforeprint", () => {
      if (this.words[0]) document.title = "7";
    });
    addEventListener("afterprint", () => {
      document.title = title;
    });
    onClick(root, "[data-check]", () => this.check());
    onClick(root, "[data-show-again], [data-stay]", () => {
      this.hide(false);
      one(root, "[data-check]").focus();
    });
    onClick(root, "[data-sure]", () => this.close("check-not"));
    onClick(root, "[data-go-away]", () => {
      this.close();
      this.go();
    });
    document.addEventListener("click", (event) => this.clicked(event));
    addEventListener("popstate", () => this.back());
    addEventListener(
      "pagehide",
      ({ persisted }) => {
        this.asleep = persisted && this.open;
      },
      true,
    );
  }

  /** Show the code: the only time that anybody can. `words`: null when no answer is wanted. */
  show(words: readonly string[] | null) {
    this.wipe();
    this.words = words ?? [];
    this.open = words !== null;
    one(this.root, "[data-code]").hidden = words === null;
    one(this.root, "[data-no-code]").hidden = words !== null;
    choose(this.root, COPIES, null);
    one(this.root, "[data-code-words]").replaceChildren(...this.words.map((word) => item(word)));
    this.hide(false);
  }

  /** The page is left: only a code that nobody has written down waits for Back. */
  leave() {
    if (!this.asleep) this.wipe();
    this.asleep = false;
  }

  wipe() {
    this.words = [];
    this.open = false;
    one(this.root, "[data-code]").hidden = true;
    one(this.root, "[data-no-code]").hidden = true;
    for (const list of all(this.root, "[data-code-words], [data-check-words]")) list.replaceChildren();
  }

  async copy() {
    const copied = await navigator.clipboard?.writeText(this.words.join(" ")).then(
      () => true,
      () => false,
    );
    choose(this.root, COPIES, copied ? "copied" : "not-copied");
  }

  enlarge(button: HTMLElement) {
    const large = one(this.root, "[data-code-words]").classList.toggle("large");
    button.setAttribute("aria-pressed", String(large));
  }

  /** Ask for two of the words, with the code out of sight. */
  check() {
    this.asked = places(this.words.length)
      .slice(0, ASKED)
      .sort((a, b) => a - b);
    const buttons = [...this.words].sort().map((word) => item(word, () => this.tapped(word)));
    one(this.root, "[data-check-words]").replaceChildren(...buttons);
    this.hide(true);
    this.ask("check-ask");
    one(this.root, "[data-check-words] button").focus({ preventScroll: true });
  }

  tapped(word: string) {
    if (this.words[this.asked[0] ?? -1] !== word) this.ask("check-ask", "check-wrong");
    else if (this.asked.splice(0, 1) && this.asked.length > 0) this.ask("check-ask");
    else {
      this.close("check-right");
    }
  }

  /** The code may go now. */
  close(state?: string) {
    this.open = false;
    this.confirmed();
    if (!state) return;
    this.ask(state);
    one(this.root, "[data-show-again]").focus(); // the words that were tapped are gone
    if (this.stands) history.back();
  }

  clicked(event: MouseEvent) {
    const link = around(event.target, "a", HTMLAnchorElement);
    if (!this.open || event.defaultPrevented || !link || link.target || link.matches(NEVER_ASKS)) return;
    event.preventDefault();
    this.question(() => {
      location.href = link.href;
    });
  }

  /** Back was pressed, or the form has put its own history away: Back shall meet an entry of this page once more. */
  back() {
    if (!this.open) return;
    if (this.stands) this.question(() => history.go(-2));
    history.pushState(history.state, "");
    this.stands = true;
  }

  /** `go`: where the reader wants to. */
  question(go: () => void) {
    this.go = go;
    const panel = one(this.root, "[data-code-leaving]");
    panel.hidden = false;
    panel.scrollIntoView();
    panel.focus({ preventScroll: true });
  }

  ask(...states: string[]) {
    write(this.root, "[data-check-number]", figure((this.asked[0] ?? 0) + 1));
    choose(this.root, CHECKS, ...states);
    const done = !states.includes("check-ask");
    one(this.root, "[data-check-words]").hidden = done;
    if (!done) one(this.root, "[data-code-asked]").scrollIntoView(); // the question with its words, under the head of the page
  }

  /** `hidden`: whether the code is out of sight while it is asked for. */
  hide(hidden: boolean) {
    one(this.root, "[data-code-leaving]").hidden = true;
    one(this.root, "[data-code-shown]").hidden = hidden;
    one(this.root, "[data-code-asked]").hidden = !hidden;
    if (!hidden) choose(this.root, CHECKS, null);
  }
}

/** Numbers from 0, in an order of chance. */
function places(count: number) {
  return [...Array(count).keys()]
    .map((place) => ({ place, chance: Math.random() }))
    .sort((a, b) => a.chance - b.chance)
    .map(({ place }) => place);
}

function item(word: string, tapped?: () => void) {
  const line = document.createElement("li");
  if (!tapped) line.textContent = word;
  else
    line.append(
      Object.assign(document.createElement("button"), {
        type: "button",
        className: "button",
        textContent: word,
        onclick: tapped,
      }),
    );
  return line;
}
