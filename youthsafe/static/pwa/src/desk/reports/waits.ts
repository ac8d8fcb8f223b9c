/** Which reports wait too long to be opened, and whose turn it is to write. */

import { dueAt } from "../../lib/reading_hours.ts";
import type { Team } from "../session/session.ts";
import type { ReportSummary } from "../wire.ts";

const URGENT_MINUTES = 15;
const OTHER_MINUTES = 120;

/** `due`: null when no reading hours are planned. */
export interface Wait {
  due: number | null;
  late: boolean;
}

/** When a report that nobody has opened should be opened, and whether that is past; null when it waits for nobody. */
export function waitOf(
  report: ReportSummary,
  team: Team | undefined,
  closedDays: ReadonlySet<number>,
  now: number,
): Wait | null {
  if (report.opened || report.state === "closed" || !team) return null;
  const minutes = report.urgent ? URGENT_MINUTES : OTHER_MINUTES;
  const due = dueAt(Date.parse(report.received), minutes, team.weekly, closedDays);
  return { due, late: due !== null && now > due };
}

/** `again`: they wrote again; `never`: nobody answered yet; `unwanted`: they want no reply. */
export type Turn = "again" | "never" | "unwanted";

/**
 * What to say of an answer that somebody may wait for. Only what is sealed says whether one is wanted, so of a report that was not
 * opened here it is said no more than that none was given.
 */
export function turnsOf(report: ReportSummary, wantsReply: boolean): Turn[] {
  if (report.withdrawn) return [];
  if (!wantsReply) return ["unwanted"];
  const again: Turn[] = report.unanswered && report.follow_ups > 0 ? ["again"] : [];
  return report.answers === 0 && report.state === "open" ? [...again, "never"] : again;
}
