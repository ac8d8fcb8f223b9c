/** Reads passages aloud, one after another, with voices of the device and nothing else. */
import type { Passage } from "./passages.ts";
import { localVoice } from "./voices.ts";

export type State = "still" | "reading" | "paused";
export type Show = (state: State, block: HTMLElement | null) => void;

/** A little slower than people talk: many listeners are new to the language. */
const RATE = 0.9;

export class Reader {
  state: State = "still";
  private place = 0;
  /** Kept, because browsers forget to tell the end of one that nobody holds. */
  private saying: SpeechSynthesisUtterance | null = null;

  private readonly passages: readonly Passage[];
  private readonly show: Show;

  constructor(passages: readonly Passage[], show: Show) {
    this.passages = passages;
    this.show = show;
  }

  goOn() {
    this.state = "reading";
    this.next();
  }

  /** Phones do not hold a voice in the middle of a word, so the paragraph begins again. */
  pause() {
    const { block } = this.passages[this.place] ?? {};
    this.place = this.passages.findIndex((each) => each.block === block);
    this.end("paused", block);
  }

  stop() {
    if (this.state === "still") return;
    this.place = 0;
    this.end("still");
  }

  private end(state: State, block: HTMLElement | null = null) {
    this.state = state;
    this.saying = null;
    speechSynthesis.cancel();
    this.show(state, block);
  }

  /** The voice is looked for each time: a browser reads with any other where the one that it was given has gone. */
  private next() {
    const passage = this.passages[this.place];
    const voice = passage && localVoice(speechSynthesis.getVoices(), passage.lang);
    if (!passage) this.stop();
    else if (!voice) this.skip();
    else this.say(passage, voice);
  }

  private skip() {
    this.place += 1;
    this.next();
  }

  private say({ block, text }: Passage, voice: SpeechSynthesisVoice) {
    const saying = Object.assign(new SpeechSynthesisUtterance(text.trim()), { voice, lang: voice.lang, rate: RATE });
    saying.onend = () => this.saying === saying && this.skip();
    saying.onerror = () => this.saying === saying && this.stop();
    this.saying = saying;
    this.show("reading", block);
    speechSynthesis.speak(saying);
  }
}
