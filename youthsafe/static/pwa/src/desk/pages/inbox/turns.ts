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
  turn: WhoseTurn;
  lines: L[];
}

/** Lines that follow one another in one group, together; nothing moves, so a group may come twice. */
export function groupsOf<L extends { turn: WhoseTurn }>(lines: readonly L[]): Group<L>[] {
  const groups: Group<L>[] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    if (last?.turn === line.turn) last.lines.push(line);
    else groups.push({ turn: line.turn, lines: [line] });
  }
  return groups;
}
