/** What is new in a list since it was drawn. */
import type { ReportSummary } from "../../wire.ts";

export interface ListNews {
  arrived: ReportSummary[];
  again: ReportSummary[];
  below: ReportSummary[];
  gone: string[];
}

/**
 * What follows the last line that stands there already was only too far down before, when the list went on: it can be added without
 * moving anything. `goesOn`: whether the drawn list went on beyond its last line.
 */
export function listNews(
  drawn: ReadonlyMap<string, ReportSummary>,
  fresh: readonly ReportSummary[],
  goesOn: boolean,
): ListNews {
  const last = fresh.map(({ id }) => drawn.has(id)).lastIndexOf(true);
  const [above, below] = goesOn ? [fresh.slice(0, last + 1), fresh.slice(last + 1)] : [fresh, []];
  const ids = new Set(fresh.map(({ id }) => id));
  return {
    arrived: above.filter(({ id }) => !drawn.has(id)),
    again: above.filter((report) => hasWrittenAgain(report, drawn.get(report.id))),
    below,
    gone: [...drawn.keys()].filter((id) => !ids.has(id)),
  };
}

/** Whether its reporter wrote since it was drawn; one that was not drawn is new instead. */
export const hasWrittenAgain = (report: ReportSummary, before: ReportSummary | undefined): boolean =>
  before !== undefined && report.follow_ups > before.follow_ups;
