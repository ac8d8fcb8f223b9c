/** What the page People shows and does. Who may open what comes from the signed roster, never from the server's list. */
import { signal } from "@preact/signals";
import type * as api from "../../../generated/api.ts";
import type { Role } from "../../../generated/permissions.ts";
import type { Staff, StaffMember, TypedInvitation } from "../../session/commands/staff.ts";
import type { Desk, Shown } from "../../session/desk.ts";
import { Newest } from "../../session/newest.ts";
import type { Session } from "../../session/session.ts";
import { TroubleError } from "../../trouble.ts";
import { isColleagues, isInvitations, isReset } from "../../wire.ts";
import { confirmCancel, confirmChange, confirmRemoval, confirmReset } from "./questions.tsx";

export type Outcome = "let-in" | "removed" | "changed" | "cancelled";

/** What came of the last press at a place: a person's or an invitation's id, or the form. */
export type Said = { place: string; done: Outcome } | { place: string; trouble: TroubleError };

export const FORM = "invite";
const DAYS = 3;

const countIn = (members: readonly StaffMember[], team: string): number =>
  members.filter(({ teams }) => teams.includes(team)).length;

export class People implements Shown {
  readonly staff = signal<Staff | null>(null);
  readonly colleagues = signal<readonly api.Colleague[]>([]);
  readonly invitations = signal<readonly api.Invited[]>([]);
  readonly trouble = signal<TroubleError | null>(null);
  readonly busy = signal(false);
  readonly said = signal<Said | null>(null);
  /** A link that was made just now, and for whom; a code to say, and to whom: each shown until it is closed. */
  readonly link = signal<{ name: string; address: string; secret: string } | null>(null);
  readonly reset = signal<(api.Reset & { id: string }) | null>(null);
  readonly #desk: Desk;
  readonly #newest = new Newest();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  get self(): string {
    return this.#desk.session?.member.id ?? "";
  }

  async refresh(): Promise<void> {
    try {
      await this.#newest.ask(
        () =>
          Promise.all([
            this.#desk.keyWorker.staff(),
            this.#desk.get("/members", isColleagues),
            this.#desk.get("/invitations", isInvitations),
          ]),
        ([staff, { members }, { invitations }]) => {
          this.staff.value = staff;
          this.colleagues.value = members;
          this.invitations.value = invitations;
        },
      );
      this.trouble.value = null;
    } catch (error) {
      this.trouble.value = this.#desk.troubleOf(error);
    }
  }

  teamNames(ids: readonly string[]): string[] {
    const teams = this.staff.value?.teams ?? [];
    return ids.map((id) => teams.find((team) => team.id === id)?.name ?? "?");
  }

  /** The names of the teams whose reports one person alone can open. */
  get alone(): string[] {
    const { members, teams } = this.staff.value ?? { members: [], teams: [] };
    return this.teamNames(teams.map(({ id }) => id).filter((id) => countIn(members, id) === 1));
  }

  /** Those that a member leaves to one other. */
  #aloneThen(member: StaffMember, teams: readonly string[]): string[] {
    const others = this.staff.value?.members.filter(({ id }) => id !== member.id) ?? [];
    return this.teamNames(member.teams.filter((id) => !teams.includes(id) && countIn(others, id) === 1));
  }

  invite(typed: Omit<TypedInvitation, "days">): Promise<void> {
    return this.#act(FORM, async () => {
      const { secret } = await this.#desk.keyWorker.invite({ ...typed, days: DAYS });
      const address = new URL(this.#desk.address("join/"), location.href).href;
      this.link.value = { name: typed.name, address, secret };
      return null;
    });
  }

  /** `typed`: the three words that the invited person said. */
  letIn({ id }: api.Invited, typed: string): Promise<void> {
    return this.#act(id, async () => {
      if (!typed.trim()) throw new TroubleError("check-words-missing");
      this.#renew(await this.#desk.keyWorker.letIn(id, typed));
      return "let-in";
    });
  }

  async cancel(invited: api.Invited): Promise<void> {
    if (!(await this.#desk.ask(confirmCancel(invited.name)))) return;
    await this.#act(invited.id, async () => {
      await this.#desk.post(`/invitations/${invited.id}/cancel`);
      return "cancelled";
    });
  }

  async remove(member: StaffMember): Promise<void> {
    if (!(await this.#desk.ask(confirmRemoval(member.name, this.teamNames(member.teams), this.#aloneThen(member, [])))))
      return;
    await this.#act(member.id, async () => {
      this.#renew(await this.#desk.keyWorker.removeMember(member.id));
      return "removed";
    });
  }

  async change(member: StaffMember, role: Role, teams: readonly string[]): Promise<void> {
    const [before, after] = [
      { role: member.role, teams: this.teamNames(member.teams) },
      { role, teams: this.teamNames(teams) },
    ];
    if (!(await this.#desk.ask(confirmChange(member.name, before, after, this.#aloneThen(member, teams))))) return;
    await this.#act(member.id, async () => {
      this.#renew(await this.#desk.keyWorker.changeMember({ id: member.id, role, teams }));
      return "changed";
    });
  }

  async resetFactor(member: StaffMember): Promise<void> {
    if (!(await this.#desk.ask(confirmReset(member.name)))) return;
    await this.#act(member.id, async () => {
      const answer = await this.#desk.post(`/members/${member.id}/reset-second-factor`);
      if (!isReset(answer)) throw new TroubleError("server");
      this.reset.value = { ...answer, id: member.id };
      return null;
    });
  }

  #renew(session: Session): void {
    this.#desk.renew(session);
  }

  async #act(place: string, act: () => Promise<Outcome | null>): Promise<void> {
    if (this.busy.value) return;
    this.busy.value = true;
    this.said.value = null;
    try {
      const done = await act();
      await this.refresh();
      if (done) this.said.value = { place, done };
    } catch (error) {
      const trouble = this.#desk.troubleOf(error);
      await this.refresh();
      if (trouble) this.said.value = { place, trouble };
    }
    this.busy.value = false;
  }
}
