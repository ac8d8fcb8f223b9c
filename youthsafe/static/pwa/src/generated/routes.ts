/** Made by `make generated` from what routes declare; do not edit. */

export type Rule = "never" | "pack" | "fresh" | "opened";

/** The first pattern that an address fits has its rule; `*` is one part, the first of them the locale. */
export const RULES: readonly (readonly [string, Rule])[] = [
  ["/api/v1/bundle", "fresh"],
  ["/icon.svg", "pack"],
  ["/leaving", "pack"],
  ["/manifest.webmanifest", "pack"],
  ["/offline", "pack"],
  ["/*/", "pack"],
  ["/*/about/", "pack"],
  ["/*/accessibility/", "pack"],
  ["/*/app/", "pack"],
  ["/*/cards/", "pack"],
  ["/*/cards/*/", "pack"],
  ["/*/cards/*/*/", "pack"],
  ["/*/check/", "pack"],
  ["/*/check/breathe/", "pack"],
  ["/*/check/hand/", "pack"],
  ["/*/check/quiz/", "pack"],
  ["/*/check/quiz/*/", "pack"],
  ["/*/find/", "pack"],
  ["/*/formats/", "pack"],
  ["/*/havens/", "fresh"],
  ["/*/havens/area/*/", "fresh"],
  ["/*/havens/kind/*/", "fresh"],
  ["/*/havens/poster/", "never"],
  ["/*/havens/*/", "fresh"],
  ["/*/manifest.webmanifest", "pack"],
  ["/*/people/", "pack"],
  ["/*/privacy/", "pack"],
  ["/*/replies/", "pack"],
  ["/*/report/", "pack"],
  ["/*/report/practice/", "opened"],
  ["/*/support/", "pack"],
  ["/*/teach/", "opened"],
  ["/*/teach/*/", "opened"],
  ["/*/teach/*/handout/", "opened"],
  ["/*/teach/*/steps/", "opened"],
  ["/*/you-said/", "pack"],
];
/** First parts of addresses of which nothing is kept but what has a rule. */
export const PRIVATE: readonly string[] = ["api", "staff"];
/** Beginnings of addresses whose pages may run WebAssembly, and of those that may ask where the phone is. */
export const WASM: readonly string[] = ["/*/replies/", "/*/report/", "/staff/"];
export const GEOLOCATION: readonly string[] = ["/*/havens/"];
export const OFFLINE = "/offline";
export const WORKER = "/sw.js";
export const PAGES = "/*/offline/pages.json";
export const PLACES = "/*/offline/places.json";
export const BUNDLE = "/api/v1/bundle";
export const REPORTS = "/api/v1/reports";
export const DESK = "/staff/";
