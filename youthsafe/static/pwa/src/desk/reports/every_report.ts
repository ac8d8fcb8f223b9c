/** Every report that a member may see, a page of a list after the other; what is open comes first. */
import type { Desk } from "../session/desk.ts";
import { isListed, type ReportSummary } from "../wire.ts";

const LISTS = ["open", "closed"] as const;

export async function* pagesOfReports(desk: Pick<Desk, "get">): AsyncGenerator<readonly ReportSummary[]> {
  for (const list of LISTS) {
    let next: string | null = "";
    while (next !== null) {
      const after: string = next && `&after=${next}`;
      const page = await desk.get(`/reports?state=${list}${after}`, isListed);
      yield page.reports;
      next = page.next;
    }
  }
}
