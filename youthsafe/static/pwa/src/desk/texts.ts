/**
 * The desk's texts. English stands in the code, where Babel finds it; the translations of one locale come as a catalogue of what all
 * pages need, and one more with each page.
 * A place in a text, such as %(time)s, is filled with a value of its own direction, so that numbers stand right in right-to-left text.
 */
import { type ComponentChild, Fragment, h, type VNode } from "preact";
import { type Guard, isNumber, isText, listOf, recordOf, shape } from "./guards.ts";

export type Slots = Readonly<Record<string, ComponentChild>>;

/** `plural`: the place of a form among those of a text, by the plural category of the locale. */
export interface Catalogue {
  plural: Record<string, number>;
  texts: Record<string, string | string[]>;
}

const isForms: Guard<string[]> = listOf(isText);
const isTranslation: Guard<string | string[]> = (value) => isText(value) || isForms(value);
const isCatalogue: Guard<Catalogue> = shape<Catalogue>({ plural: recordOf(isNumber), texts: recordOf(isTranslation) });

const ENGLISH: Catalogue = { plural: { one: 0, other: 1 }, texts: {} };
const PLACE = /%\((\w+)\)s/;

let catalogue = ENGLISH;

export function setCatalogue(given: Catalogue): void {
  catalogue = given;
}

/** Get more translations into the page's locale; an address that is empty means English. `integrity`: what the file must be. */
export async function loadCatalogue(address: string, integrity: string): Promise<void> {
  if (!address) return;
  const response = await fetch(address, { credentials: "omit", integrity });
  const found: unknown = await response.json();
  if (!isCatalogue(found)) throw new TypeError("no catalogue");
  setCatalogue({ ...found, texts: { ...catalogue.texts, ...found.texts } });
}

/** The text in the page's locale. */
export function _(text: string): string;
export function _(text: string, slots: Slots): VNode;
export function _(text: string, slots?: Slots): string | VNode {
  const found = catalogue.texts[text];
  const translated = (Array.isArray(found) ? found[0] : found) || text;
  return slots ? filled(translated, slots) : translated;
}

/** The text that fits a number, which fills its place %(count)s. */
export function ngettext(one: string, many: string, count: number, slots: Slots = {}): VNode {
  const found = catalogue.texts[one];
  const forms = Array.isArray(found) && found.every((form) => form !== "") ? found : null;
  const category = new Intl.PluralRules(forms ? document.documentElement.lang : "en").select(count);
  const form = forms ? forms[catalogue.plural[category] ?? forms.length - 1] : undefined;
  return filled(form ?? (category === "one" ? one : many), { count, ...slots });
}

function filled(text: string, slots: Slots): VNode {
  const parts = text.split(PLACE).map((part, at) => (at % 2 ? h("bdi", null, slots[part]) : part));
  return h(Fragment, null, ...parts.filter((part) => part !== "")); // a text node of nothing is written anew each time
}
