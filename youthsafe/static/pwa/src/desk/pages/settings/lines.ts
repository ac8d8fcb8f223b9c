/** The pages that are listed under Settings, each with one line about it. They stand here so that nobody who signs in waits for them. */
import { _ } from "../../texts.ts";

/** By the names of the pages. */
export const LINES: Readonly<Record<string, () => string>> = {
  hours: () => _("When each team reads, closed days, and what pupils are promised."),
  keeping_reports: () => _("After how many days a report is erased, and what goes next."),
  mail: () => _("Mail server and a test message; what waits, and what was not delivered."),
  new_kit: () => _("Where the old kit was seen or is lost, and where the root itself must change."),
  school_sheet: () => _("A sheet to print, whose code tells a phone which site is the real one."),
  taking_reports: () => _("Stop taking reports at once, and take them again."),
  work_asked: () => _("Slow a flood of reports down for some hours."),
};
