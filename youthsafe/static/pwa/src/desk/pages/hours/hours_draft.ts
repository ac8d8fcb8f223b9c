/** The hours that somebody puts together: what is signed, what they changed, and signing it. */
import { computed, signal } from "@preact/signals";
import type * as api from "../../../generated/api.ts";
import type { Weekly } from "../../../lib/london.ts";
import { type Guard, isText, listOf, shape } from "../../guards.ts";
import type { SignedCalendar } from "../../session/commands/hours.ts";
import type { Desk, Shown } from "../../session/desk.ts";
import { kindOf, type TroubleError } from "../../trouble.ts";
import { closedToBegin, closedToSign, dayOf, type Holiday, minutesOf, promisedDays, timeOf } from "./calendar.ts";

/** A day of a week as it stands in the fields. */
export interface TypedDay {
  reads: boolean;
  opens: string;
  closes: string;
}

export interface TypedWeek {
  id: string;
  name: string;
  days: readonly TypedDay[];
}

const isCalendar: Guard<api.Calendar> = shape<api.Calendar>({
  nation: isText,
  last: isText,
  holidays: listOf(shape<api.BankHoliday>({ day: isText, name: isText })),
});

const typedDay = (hours: Weekly[number] | undefined): TypedDay => ({
  reads: Boolean(hours),
  opens: timeOf(hours?.opens ?? 540),
  closes: timeOf(hours?.closes ?? 1020),
});

/** The hours of a day as typed; undefined where they cannot be. */
function hoursOfTyped({ reads, opens, closes }: TypedDay): Weekly[number] | undefined {
  if (!reads) return null;
  const [from, to] = [minutesOf(opens, false), minutesOf(closes, true)];
  return from !== null && to !== null && from < to ? { opens: from, closes: to } : undefined;
}

export const isWrong = (day: TypedDay): boolean => hoursOfTyped(day) === undefined;

/** The week as typed; a day that cannot be is one without hours, until it is mended. */
export const weeklyOf = ({ days }: TypedWeek): Weekly => days.map((day) => hoursOfTyped(day) ?? null);

export class HoursDraft implements Shown {
  readonly holidays = signal<readonly Holiday[] | null>(null);
  readonly weeks = signal<readonly TypedWeek[]>([]);
  readonly closed = signal<ReadonlySet<number>>(new Set());
  readonly trouble = signal<TroubleError | null>(null);
  readonly signTrouble = signal<TroubleError | "changed" | "wrong" | null>(null);
  readonly signing = signal(false);
  readonly saved = signal(false);
  /** Closed days that are no bank holidays, in order. */
  readonly ownDays = computed(() => {
    const known = new Set(this.holidays.value?.map(({ day }) => day));
    return [...this.closed.value].filter((day) => !known.has(day)).sort((one, other) => one - other);
  });
  readonly #desk: Desk;
  #signed: SignedCalendar | null = null;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** What was changed here stays: only what was never shown is got. */
  async refresh(): Promise<void> {
    if (this.holidays.value === null) await this.#begin();
  }

  changeDay(team: string, at: number, changed: Partial<TypedDay>): void {
    this.#touch();
    this.weeks.value = this.weeks.value.map((week) =>
      week.id === team
        ? { ...week, days: week.days.map((day, index) => (index === at ? { ...day, ...changed } : day)) }
        : week,
    );
  }

  setClosed(day: number, closed: boolean): void {
    this.#touch();
    const others = [...this.closed.value].filter((each) => each !== day);
    this.closed.value = new Set(closed ? [...others, day] : others);
  }

  /** Close a day that is no bank holiday; whether it is one that can be closed. */
  addDay(date: string): boolean {
    const day = dayOf(date);
    if (closedToSign([day], Date.now()).length === 0) return false;
    this.setClosed(day, true);
    return true;
  }

  /** The next days as pupils will be promised them. */
  promised(now: number) {
    return promisedDays(this.weeks.value.map(weeklyOf), this.closed.value, this.holidays.value ?? [], now);
  }

  async sign(): Promise<void> {
    if (!this.#signed || this.signing.value) return;
    const weeks = this.weeks.value;
    this.signTrouble.value = weeks.some(({ days }) => days.some(isWrong)) ? "wrong" : null;
    if (this.signTrouble.value) return;
    this.signing.value = true;
    try {
      await this.#desk.setHours({
        serial: this.#signed.serial,
        weeks: Object.fromEntries(weeks.map((week) => [week.id, weeklyOf(week)])),
        closedDays: closedToSign(this.closed.value, Date.now()),
      });
      await this.#begin();
      this.saved.value = true;
    } catch (error) {
      this.signTrouble.value = kindOf(error) === "conflict" ? "changed" : this.#desk.troubleOf(error);
    }
    this.signing.value = false;
  }

  async #begin(): Promise<void> {
    try {
      const { holidays } = await this.#desk.get("/holidays", isCalendar);
      const days = holidays.map(({ day, name }) => ({ day: dayOf(day), name }));
      const signed = await this.#desk.keyWorker.calendar();
      this.#signed = signed;
      this.closed.value = new Set(closedToBegin(signed, days));
      this.weeks.value = signed.teams.map(({ id, name, weekly }) => ({ id, name, days: weekly.map(typedDay) }));
      this.holidays.value = days;
      this.trouble.value = null;
    } catch (error) {
      this.trouble.value = this.#desk.troubleOf(error);
    }
  }

  #touch(): void {
    this.saved.value = false;
    this.signTrouble.value = null;
  }
}
