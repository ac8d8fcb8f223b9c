/** Bank holidays in the desk's language, by the English names that the server gives; one that is proclaimed once keeps its English name. */
import { _ } from "../../texts.ts";

const NAMES: Record<string, () => string> = {
  "New Year’s Day": () => _("New Year’s Day"),
  "New Year Holiday": () => _("New Year Holiday"),
  "Saint Patrick’s Day": () => _("Saint Patrick’s Day"),
  "Good Friday": () => _("Good Friday"),
  "Easter Monday": () => _("Easter Monday"),
  "May Day": () => _("May Day"),
  "Spring Bank Holiday": () => _("Spring Bank Holiday"),
  "Battle of the Boyne": () => _("Battle of the Boyne"),
  "Summer Bank Holiday": () => _("Summer Bank Holiday"),
  "Late Summer Bank Holiday": () => _("Late Summer Bank Holiday"),
  "Saint Andrew’s Day": () => _("Saint Andrew’s Day"),
  "Christmas Day": () => _("Christmas Day"),
  "Boxing Day": () => _("Boxing Day"),
};

export const holidayName = (name: string): string => NAMES[name]?.() ?? name;
