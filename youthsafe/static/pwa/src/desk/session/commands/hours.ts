/** Reading hours and closed days: what is signed now, and the change that signs others. */
import { b64 } from "../../../crypto/bytes.ts";
import type { Change, NewChange } from "../../../crypto/change.ts";
import type { Bundle } from "../../../crypto/roster.ts";
import type { Weekly } from "../../../lib/london.ts";
import { TroubleError } from "../../trouble.ts";
import { sameAgain } from "./signing_again.ts";

export interface ReadingTeam {
  id: string;
  name: string;
  weekly: Weekly;
}

/** What is signed now. `serial`: of the bundle; `closedDays` in days since 1970-01-01. */
export interface SignedCalendar {
  serial: number;
  teams: readonly ReadingTeam[];
  closedDays: readonly number[];
}

/** What somebody would have signed in the place of the bundle of this serial. `weeks` by team. */
export interface TypedHours {
  serial: number;
  weeks: Record<string, Weekly>;
  closedDays: readonly number[];
}

export function calendarOf({ serial, teams, closedDays }: Bundle): SignedCalendar {
  const listed = teams.map(({ id, name, weekly }) => ({ id: b64(id), name, weekly }));
  return { serial, teams: listed, closedDays };
}

/**
 * The change that signs these hours: both lists anew for as long as they may live, and nothing else altered. Throws TroubleError where another bundle
 * was signed meanwhile, because nobody signs what they did not see.
 */
export function hoursChange(before: Change, typed: TypedHours, now: number): NewChange {
  if (before.bundle.serial !== typed.serial) throw new TroubleError("conflict");
  const { bundle, ...others } = sameAgain(before, now);
  const teams = bundle.teams.map((team) => ({ ...team, weekly: typed.weeks[b64(team.id)] ?? team.weekly }));
  return { ...others, bundle: { ...bundle, closedDays: [...typed.closedDays], teams } };
}
