// A phone's voices for a test, which puts VOICES before this. Nothing sounds; what would be said is written down.
{
  class Utterance {
    constructor(text) {
      this.text = text;
    }
  }
  class Voices extends EventTarget {
    voices = VOICES;
    said = [];
    saying = null;
    asked = false;
    onSilence = () => {};
    getVoices() {
      this.asked = true;
      return this.voices;
    }
    speak(utterance) {
      this.saying = utterance.text;
      this.utterance = utterance;
      this.said.push([utterance.voice?.name ?? "", utterance.text]);
    }
    /** The one that speaks comes to its end. */
    end() {
      const { utterance } = this;
      this.saying = this.utterance = null;
      utterance.onend();
    }
    finish() {
      while (this.utterance) this.end();
    }
    cancel() {
      const { utterance } = this;
      this.saying = this.utterance = null;
      this.onSilence();
      if (utterance) setTimeout(() => utterance.onerror({ error: "canceled" }));
    }
    have(voices) {
      this.voices = voices;
      this.dispatchEvent(new Event("voiceschanged"));
    }
  }
  Object.defineProperty(window, "SpeechSynthesisUtterance", { value: Utterance });
  Object.defineProperty(window, "speechSynthesis", { value: new Voices() });
}
