/** Whose turn it is: in this order the server lists what is open, and under these headings the inbox shows it. */
import { _ } from "../../texts.ts";
import type { ReportSummary } from "../../wire.ts";

export type WhoseTurn = "us-in-danger" | "us" | "them-in-danger" | "them";

export const TURNS: Record<WhoseTurn, () => string> = {
  "us-in-danger": () => _("In danger now: your team’s turn"),
  us: () => _("Your team’s turn"),
  "them-in-danger": () => _("In danger now: waiting for them"),
  them: () => _("Waiting for them"),
};

export function whoseTurn({ unanswered, urgent }: ReportSummary): WhoseTurn {
  if (unanswered) return urgent ? "us-in-danger" : "us";
  return urgent ? "them-in-danger" : "them";
}

export interface Group<L> {
  key: string;
  turn: WhoseTurn;
  lines: L[];
}

/** Lines that follow one another in one group, together. A group that comes twice, because nothing moves, has two keys. */
export function groupsOf<L extends { report: { id: string }; turn: WhoseTurn }>(lines: readonly L[]): Group<L>[] {
  const groups: Group<L>[] = [];
  for (const line of lines) {
    const { turn } = line;
    const last = groups.at(-1);
    if (last?.turn === turn) last.lines.push(line);
    else groups.push({ key: groups.some((each) => each.turn === turn) ? line.report.id : turn, turn, lines: [line] });
  }
  return groups;
}
