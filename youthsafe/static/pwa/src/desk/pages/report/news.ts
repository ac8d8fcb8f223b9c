/** What others did to a report while it stood on this page, or the member in another place, by a name that `notes.tsx` has words for. */
import { TO_REPORTER, TO_TEAM } from "../../../crypto/envelope.ts";
import type { OpenedReport } from "../../reports/opening.ts";
import type { ReportSummary } from "../../wire.ts";

export type Action = "claim" | "release" | "hand-over" | "close" | "reopen" | "hold" | "lift";

/** Something that was done. */
export type Done = Action | "sign" | "take" | "wait";

export type NewsKind =
  | `done-${Done}`
  | "news-taken-over"
  | "news-closed"
  | "news-wrote"
  | "news-withdrawn"
  | "news-claimed"
  | "news-released"
  | "news-answered"
  | "refused-lost"
  | "refused-wrote"
  | "refused-answer";

/** `name`: who did it, or nothing. */
export interface News {
  kind: NewsKind;
  name: string;
}

const countOf = ({ thread }: OpenedReport, side: number): number =>
  thread.filter(({ direction }) => direction === side).length;

/** How many messages from the reporter are shown. */
export const followUpsOf = (report: OpenedReport): number => countOf(report, TO_TEAM);

const answersOf = (report: OpenedReport): number => countOf(report, TO_REPORTER);

/** `before`: null when it was not on the page yet; `me`: the id of the member who looks at it. */
export function newsOf(before: OpenedReport | null, after: OpenedReport, me: string): News | null {
  if (!before) return null;
  const claim = claimNews(before.summary, after.summary, me);
  if (claim) return claim;
  if (after.summary.withdrawn && !before.summary.withdrawn) return { kind: "news-withdrawn", name: "" };
  if (followUpsOf(after) > followUpsOf(before)) return { kind: "news-wrote", name: "" };
  if (answersOf(after) > answersOf(before)) return { kind: "news-answered", name: "" };
  return null;
}

function claimNews(before: ReportSummary, after: ReportSummary, me: string): News | null {
  const [had, has] = [before.claimed_by, after.claimed_by];
  if (after.state === "closed" && before.state !== "closed" && has) {
    return has.id === me ? { kind: "done-close", name: "" } : { kind: "news-closed", name: has.name };
  }
  if (had?.id === has?.id) return null;
  if (!has) {
    return had?.id === me ? { kind: "done-release", name: "" } : { kind: "news-released", name: had?.name ?? "" };
  }
  if (has.id === me) return { kind: "done-claim", name: "" };
  return { kind: had?.id === me ? "news-taken-over" : "news-claimed", name: has.name };
}

/** Whether the report stands as it does after this act: for an act whose answer did not come. */
export function isDone(
  action: Action,
  report: Pick<ReportSummary, "state" | "claimed_by" | "hold">,
  me: string,
): boolean {
  const closed = report.state === "closed";
  const mine = report.claimed_by?.id === me;
  if (action === "claim" || action === "reopen") return mine && !closed;
  if (action === "release" || action === "hand-over") return !mine;
  if (action === "close") return closed;
  return report.hold === (action === "hold");
}

/**
 * Why the server refused as a conflict what somebody did; null when what is seen of the report does not say.
 * `before`: the report as it was when they did it.
 */
export function reasonOf(
  action: Action | "answer",
  before: OpenedReport | null,
  after: OpenedReport,
  me: string,
): News | null {
  const other = after.summary.claimed_by?.id === me ? null : after.summary.claimed_by;
  if (after.summary.state === "closed") return newsOf(before, after, me);
  if (other && action === "claim") return { kind: "refused-lost", name: other.name };
  if (other && action === "answer") return { kind: "refused-answer", name: other.name };
  const news = newsOf(before, after, me);
  return action === "close" && news?.kind === "news-wrote" ? { kind: "refused-wrote", name: "" } : news;
}
