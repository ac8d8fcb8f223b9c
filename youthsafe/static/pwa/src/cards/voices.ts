/** Which voice of the device reads a language. One that is not on the device would send the text away: it is never taken. */

/** What facts of a voice the choice goes by. */
export type Voice = Pick<SpeechSynthesisVoice, "default" | "lang" | "localService">;

/** Readers here hear British English before any other. */
const NEAREST: Readonly<Record<string, string>> = { en: "en-gb" };

/** Some phones write en_GB. */
const tagOf = (lang: string) => lang.replaceAll("_", "-").toLowerCase();
const languageOf = (lang: string) => tagOf(lang).split("-")[0];

/** The device's own voice for a language, or null where it has none. */
export function localVoice<Each extends Voice>(voices: readonly Each[], lang: string): Each | null {
  const own = voices.filter((voice) => voice.localService === true && languageOf(voice.lang) === languageOf(lang));
  const wanted = NEAREST[tagOf(lang)] ?? tagOf(lang);
  return own.find((voice) => tagOf(voice.lang) === wanted) ?? own.find((voice) => voice.default) ?? own[0] ?? null;
}
