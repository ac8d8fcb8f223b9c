/** To which team a report goes, and that it goes to no other than the one that was shown. */
import { RefusalError } from "../lib/errors.ts";
import type { Team } from "../trust/bundle.ts";

/** The team that a report goes to. `smaller`: the reporter chose the smaller team. */
export function teamFor(teams: readonly Team[], smaller: boolean) {
  return (smaller && staffed(teams, 2)) || staffed(teams, 1);
}

/** The team that a report is sealed to: the one that the reader was shown, or none. */
export class Destination {
  team: Team | null = null;

  /**
   * `smaller`: the reporter chose the smaller team. `seen`: whether what was shown before is before the reader's eyes:
   * then it stays.
   */
  show(teams: readonly Team[], smaller: boolean, seen: boolean) {
    if (!seen || !this.team) this.team = teamFor(teams, smaller);
    return this.team;
  }

  /**
   * The team to seal to; raises `moved` when it is no longer the one that was shown. The new one is to be shown then.
   */
  take(teams: readonly Team[], smaller: boolean) {
    const shown = this.team?.id;
    this.team = teamFor(teams, smaller);
    if (!this.team) throw new RefusalError("closed");
    if (this.team.id !== shown) throw new RefusalError("moved");
    return this.team;
  }
}

export function staffed(teams: readonly Team[], kind: number) {
  return teams.find((team) => team.kind === kind && team.staffed) ?? null;
}
