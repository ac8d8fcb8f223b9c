/** What the people, teams and reports of an entry are called. */
import { dayAndTime } from "../../../lib/dates.ts";
import { _ } from "../../texts.ts";
import type { CheckedEntry } from "./checking.ts";
import { isOfReport, type TrailShown } from "./trail.ts";
import type { Told } from "./words.tsx";

export function chainName(shown: TrailShown, chain: string | null): string {
  if (chain === null) return _("No chain");
  return shown.isInstance(chain) ? _("This website") : (shown.team(chain) ?? _("A team that is no longer here"));
}

/** Milliseconds since 1970; null for what no calendar has. */
export const momentOf = (at: number | null): number | null =>
  at === null || Number.isNaN(new Date(at * 1000).getTime()) ? null : at * 1000;

export function timeWords(at: number | null): string {
  const moment = momentOf(at);
  return moment === null ? _("No time") : dayAndTime(moment);
}

/** As the subject of a sentence. */
function who(shown: TrailShown, id: string | null) {
  if (id === null) return _("The server");
  const { name, kind } = shown.member(id);
  if (kind === "unknown") return _("Somebody without an account (%(id)s)", { id: name });
  return kind === "left" ? _("%(name)s (no longer here)", { name }) : name;
}

/** Anywhere else in one. */
function whom(shown: TrailShown, id: string | null) {
  if (id === null || shown.member(id).kind === "unknown") return _("somebody without an account");
  return who(shown, id);
}

export function told(shown: TrailShown, { action, actor, subject }: CheckedEntry): Told {
  const report = subject && isOfReport(action) ? shown.number(subject) : null;
  return { who: who(shown, actor), member: whom(shown, subject), report };
}
