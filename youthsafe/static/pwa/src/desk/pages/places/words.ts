/** What places are called on the screen. */
import { date, languageName } from "../../../lib/dates.ts";
import { _ } from "../../texts.ts";
import type { Haven } from "../../wire.ts";
import type { PlaceList } from "./places.ts";

export const LISTS: Record<PlaceList, () => string> = {
  candidate: () => _("To approve"),
  active: () => _("On the list"),
  due: () => _("Due for checking"),
  paused: () => _("Paused"),
  withdrawn: () => _("Withdrawn"),
};

export const METHODS: Record<string, () => string> = {
  visit: () => _("visit"),
  phone: () => _("phone call"),
  letter: () => _("letter"),
};

export const DOUBTS: Record<NonNullable<Haven["doubt"]>, () => string> = {
  closed: () => _("It has closed."),
  moved: () => _("It has moved."),
  "turned-away": () => _("A child was turned away."),
  details: () => _("Hours or other details are wrong."),
  other: () => _("Something else."),
};

const ROLES: Record<string, () => string> = {
  coordinator: () => _("a coordinator"),
  places: () => _("an officer for places"),
  caseworker: () => _("a caseworker"),
};

/** A role of the command line has a name of its own. */
export const roleWords = (role: string): string => ROLES[role]?.() ?? role;

export const methodWords = (method: string): string => METHODS[method]?.() ?? method;

export const dayWords = (day: string): string => date(Date.parse(`${day}T12:00:00Z`));

const COLUMNS: Record<string, () => string> = {
  kind: () => _("Kind"),
  scheme: () => _("Scheme"),
  operator: () => _("Who runs it"),
  name: () => _("Name of the place"),
  address: () => _("Address"),
  lat: () => _("Latitude"),
  lon: () => _("Longitude"),
  hours: () => _("Opening hours"),
  what_to_expect: () => _("What to expect, in English"),
  step_free: () => _("Step-free"),
  languages: () => _("Languages spoken"),
  trained_on: () => _("Staff trained on"),
  agreement_on: () => _("Agreement signed on"),
  source: () => _("Where this comes from"),
};

export const REQUIRED = Object.keys(COLUMNS);
export const TRANSLATED = "what_to_expect_";

export function columnWords(column: string) {
  const known = COLUMNS[column];
  if (known) return known();
  return _("What to expect, in %(language)s", { language: languageName(column.replace(TRANSLATED, "")) });
}
