/** What is known of a report without opening it, in words: for a line of the inbox and for the head of its own page. */

import { date, dayAndTime, figure, soon } from "../../lib/dates.ts";
import type { Session } from "../session/session.ts";
import { _ } from "../texts.ts";
import { Badge } from "../ui/badge.tsx";
import type { ReportSummary } from "../wire.ts";
import { type Turn, turnsOf, waitOf } from "./waits.ts";

/**
 * `listed`: in a list that says by its name whether a report is open or closed; `wantsReply`: what is sealed in it, for whoever
 * opened it; `unsent`: whether an answer to it was typed and not sent.
 */
export interface BadgesProps {
  report: ReportSummary;
  session: Session;
  now: number;
  listed?: boolean;
  wantsReply?: boolean;
  unsent?: boolean;
}

export function Badges({ report, session, now, listed = false, wantsReply = true, unsent = false }: BadgesProps) {
  const { urgent, state, work_step, withdrawn, hold, erased } = report;
  return (
    <>
      {urgent && <Badge kind={state === "closed" ? "plain" : "urgent"}>{_("In danger now")}</Badge>}
      <WaitBadge report={report} session={session} now={now} />
      {(state === "new" || !listed) && <StateBadge state={state} />}
      {work_step > 0 && <Badge>{_("Step %(step)s of work", { step: figure(work_step) })}</Badge>}
      {turnsOf(report, wantsReply).map((turn) => (
        <TurnBadge key={turn} turn={turn} />
      ))}
      {withdrawn && <Badge kind="warn">{_("The website says that the person took this report back")}</Badge>}
      {hold && <Badge kind="info">{_("On hold: never erased by itself")}</Badge>}
      {erased && (
        <Badge kind="warn">
          {_("Will be erased on %(date)s if nobody claims it", { date: date(Date.parse(erased)) })}
        </Badge>
      )}
      {unsent && <Badge kind="mine">{_("Your answer is not sent yet")}</Badge>}
    </>
  );
}

function WaitBadge({ report, session, now }: Pick<BadgesProps, "report" | "session" | "now">) {
  const wait = waitOf(report, session.teams[report.team], session.closedDays, now);
  if (!wait) return null;
  if (wait.due === null) return <Badge kind="warn">{_("No reading hours are planned")}</Badge>;
  const time = soon(wait.due, now);
  if (wait.late) return <Badge kind="warn">{_("Late: should have been opened by %(time)s", { time })}</Badge>;
  return <Badge>{_("Open it by %(time)s", { time })}</Badge>;
}

function StateBadge({ state }: Pick<ReportSummary, "state">) {
  if (state === "new") return <Badge kind="new">{_("New, nobody has opened it")}</Badge>;
  return <Badge>{state === "open" ? _("Still open") : _("Closed")}</Badge>;
}

function TurnBadge({ turn }: { turn: Turn }) {
  if (turn === "unwanted") return <Badge>{_("Wants no reply")}</Badge>;
  return <Badge kind="info">{turn === "never" ? _("No answer yet") : _("They wrote again")}</Badge>;
}

/** Who claimed it and which team it came to. */
export function Facts({ report, session }: Pick<BadgesProps, "report" | "session">) {
  const { state, closed, team } = report;
  const named = session.teams[team];
  return (
    <>
      <Claimant report={report} session={session} />
      {closed && state === "closed" && <span>{_("Closed %(time)s", { time: dayAndTime(Date.parse(closed)) })}</span>}
      {named && Object.keys(session.teams).length > 1 && <span>{_("Team: %(name)s", { name: named.name })}</span>}
    </>
  );
}

function Claimant({ report, session }: Pick<BadgesProps, "report" | "session">) {
  const { claimed_by } = report;
  if (!claimed_by) return <span>{_("Claimed by nobody")}</span>;
  if (claimed_by.id === session.member.id) return <Badge kind="mine">{_("Claimed by you")}</Badge>;
  return <span>{_("Claimed by %(name)s", { name: claimed_by.name })}</span>;
}
