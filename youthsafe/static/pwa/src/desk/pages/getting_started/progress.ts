/** How far set-up has come, as the server says, and what came of the last press. */
import { signal } from "@preact/signals";
import type * as api from "../../../generated/api.ts";
import { type Guard, isFlag, isNumber, isText, listOf, oneOf, shape } from "../../guards.ts";
import { compared, type NameFault, nameFault } from "../../names.ts";
import type { Desk, Shown } from "../../session/desk.ts";
import { kindOf, type TroubleError } from "../../trouble.ts";
import { isAddressed } from "../../wire.ts";
import { confirmOpening } from "./questions.tsx";

export type Standing = api.Standing;
export type ControllerText = keyof api.Controller;
/** Where something is pressed; what came of it is said there. */
export type Place = "controller" | "smaller-team" | "more-teams" | "open";

const ADDRESS = "/getting-started";

const isStanding: Guard<Standing> = shape<Standing>({
  open: isFlag,
  one_team: isFlag,
  enough: isNumber,
  borough: isText,
  steps: listOf(shape<api.Step>({ name: isText, done: isFlag })),
  teams: listOf(shape<api.TeamReaders>({ id: isText, name: isText, kind: oneOf<1 | 2>(1, 2), people: isNumber })),
  readers: isAddressed,
  controller: shape<api.Controller>({
    name: isText,
    contact: isText,
    data_protection_officer: isText,
    complaints: isText,
    accessibility: isText,
  }),
});

/** `unfinished`: something is missing that the page showed as done. */
export type Outcome = "saved" | "team-made" | "opened" | "unfinished" | TroubleError;

export class SetUpProgress implements Shown {
  readonly standing = signal<Standing | null>(null);
  readonly trouble = signal<TroubleError | null>(null);
  readonly busy = signal(false);
  readonly pressed = signal<{ place: Place; outcome: Outcome } | null>(null);
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  async refresh(): Promise<void> {
    try {
      this.standing.value = await this.#desk.get(ADDRESS, isStanding);
      this.trouble.value = null;
    } catch (error) {
      this.trouble.value = this.#desk.troubleOf(error);
    }
  }

  async saveController(said: api.Controller): Promise<void> {
    await this.#post("controller", "/controller", said, "saved");
  }

  async decideTeams(oneTeam: boolean): Promise<void> {
    await this.#post("smaller-team", "/teams", { one_team: oneTeam }, "saved");
  }

  /** What is wrong with a team's name. */
  nameTrouble(name: string): NameFault | "taken" | null {
    const fault = nameFault(name);
    if (fault) return fault;
    return this.standing.value?.teams.some((team) => compared(team.name) === compared(name)) ? "taken" : null;
  }

  /** Make a team, signed in this browser: its key is here before its name is anywhere. */
  async addTeam(place: Place, name: string, kind: 1 | 2): Promise<void> {
    if (this.busy.value) return;
    this.busy.value = true;
    await this.#act(place, "team-made", async () => {
      await this.#desk.addTeam({ name, kind });
      await this.refresh();
    });
    this.busy.value = false;
  }

  async openForm(): Promise<void> {
    if (await this.#desk.ask(confirmOpening())) await this.#post("open", "/open", {}, "opened");
  }

  async #post(place: Place, path: string, body: object, done: Outcome): Promise<void> {
    await this.#act(place, done, async () => {
      const standing = await this.#desk.post(ADDRESS + path, body);
      if (isStanding(standing)) this.standing.value = standing;
    });
  }

  async #act(place: Place, done: Outcome, act: () => Promise<void>): Promise<void> {
    this.pressed.value = null;
    try {
      await act();
      this.pressed.value = { place, outcome: done };
    } catch (error) {
      const outcome = kindOf(error) === "conflict" ? "unfinished" : this.#desk.troubleOf(error);
      await this.refresh();
      if (outcome) this.pressed.value = { place, outcome };
    }
  }
}
