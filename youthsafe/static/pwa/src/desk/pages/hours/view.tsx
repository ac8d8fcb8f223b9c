/** Reading hours by team, closed days, and the next days as pupils will be promised them: signed in this browser. */
import { useLayoutEffect, useMemo, useState } from "preact/hooks";
import { clockTime, date, weekday } from "../../../lib/dates.ts";
import { Menu } from "../../menu.tsx";
import type { PageProps } from "../../session/desk.ts";
import { _ } from "../../texts.ts";
import { troubleWords } from "../../trouble_words.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Heading } from "../../ui/heading.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Table } from "../../ui/table.tsx";
import { noonOf, type PromisedDay } from "./calendar.ts";
import { holidayName } from "./holiday_names.ts";
import { HoursDraft, isWrong, type TypedDay, type TypedWeek } from "./hours_draft.ts";

export function View({ desk }: PageProps) {
  const draft = useMemo(() => new HoursDraft(desk), []);
  useLayoutEffect(() => {
    const leave = desk.shows(draft);
    void draft.refresh();
    return leave;
  }, []);
  return (
    <section class="stack">
      <Heading focus={desk.focuses}>{_("Reading hours")}</Heading>
      <div class="toolbar">
        <Menu desk={desk} current="settings" />
      </div>
      <Notice kind="warn" alert part="trouble">
        {draft.trouble.value && troubleWords(draft.trouble.value)}
      </Notice>
      {draft.holidays.value && (
        <>
          {draft.weeks.value.map((week) => (
            <Week key={week.id} draft={draft} week={week} />
          ))}
          <BankHolidays draft={draft} />
          <OwnDays draft={draft} />
          <Promised draft={draft} />
          <Sign draft={draft} />
        </>
      )}
    </section>
  );
}

function Week({ draft, week }: { draft: HoursDraft; week: TypedWeek }) {
  return (
    <fieldset class="panel stack" data-team={week.id}>
      <legend>{_("When %(team)s reads", { team: week.name })}</legend>
      {week.days.map((day, at) => (
        <Day
          key={weekday(at)}
          id={`hours-${week.id}-${at}`}
          day={day}
          name={weekday(at)}
          onChange={(changed) => draft.changeDay(week.id, at, changed)}
        />
      ))}
    </fieldset>
  );
}

interface DayProps {
  id: string;
  day: TypedDay;
  name: string;
  onChange: (changed: Partial<TypedDay>) => void;
}

function Day({ id, day, name, onChange }: DayProps) {
  const wrong = isWrong(day);
  const time = (part: "opens" | "closes", label: string) => (
    <label>
      <span id={`${id}-${part}`}>{label}</span>
      <input
        type="time"
        data-part={part}
        value={day[part]}
        aria-labelledby={`${id}-name ${id}-${part}`}
        aria-describedby={`${id}-error`}
        aria-invalid={wrong ? "true" : undefined}
        autocomplete="off"
        onInput={({ currentTarget }) => onChange({ [part]: currentTarget.value })}
      />
    </label>
  );
  return (
    <div class="hours-day" data-day={name}>
      <label class="check">
        <input
          type="checkbox"
          data-part="reads"
          checked={day.reads}
          autocomplete="off"
          onChange={({ currentTarget }) => onChange({ reads: currentTarget.checked })}
        />
        <span id={`${id}-name`}>{name}</span>
      </label>
      {day.reads ? (
        <>
          {time("opens", _("from"))}
          {time("closes", _("to"))}
        </>
      ) : (
        <span class="hint">{_("No reading")}</span>
      )}
      <p class="error" id={`${id}-error`} hidden={!wrong}>
        {wrong && _("It must end after it begins.")}
      </p>
    </div>
  );
}

function BankHolidays({ draft }: { draft: HoursDraft }) {
  return (
    <fieldset class="panel stack" data-part="holidays">
      <legend>{_("Bank holidays: closed where there is a tick")}</legend>
      <div class="ticks">
        {draft.holidays.value?.map(({ day, name }) => (
          <label key={day} class="check">
            <input
              type="checkbox"
              value={day}
              checked={draft.closed.value.has(day)}
              autocomplete="off"
              onChange={({ currentTarget }) => draft.setClosed(day, currentTarget.checked)}
            />
            <span>
              {date(noonOf(day))}: {holidayName(name)}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function OwnDays({ draft }: { draft: HoursDraft }) {
  const [typed, type] = useState("");
  const [refused, refuse] = useState(false);
  const add = () => {
    const added = draft.addDay(typed);
    refuse(!added);
    if (added) type("");
  };
  return (
    <section class="panel stack short-fields">
      <h2>{_("Other days on which nobody reads")}</h2>
      {draft.ownDays.value.length === 0 && <p data-part="no-own-days">{_("None so far.")}</p>}
      <ul class="rows" data-part="own-days" hidden={draft.ownDays.value.length === 0}>
        {draft.ownDays.value.map((day) => (
          <li key={day} class="row">
            <span>{date(noonOf(day))}</span>
            <Button part="read-again" onPress={() => draft.setClosed(day, false)}>
              {_("Take it out")}
            </Button>
          </li>
        ))}
      </ul>
      <Field
        id="closed-day"
        label={_("Another closed day")}
        error={refused && _("Choose a day from today on, and no further than thirteen months ahead.")}
        control={(props) => (
          <input
            {...props}
            type="date"
            value={typed}
            autocomplete="off"
            onInput={({ currentTarget }) => type(currentTarget.value)}
          />
        )}
      />
      <p class="actions">
        <Button part="add-day" onPress={add}>
          {_("Add this day")}
        </Button>
      </p>
    </section>
  );
}

function Promised({ draft }: { draft: HoursDraft }) {
  return (
    <section class="panel stack" data-part="promised">
      <h2>{_("What pupils will be promised")}</h2>
      <div class="wide-table">
        <Table
          caption={_("The next 14 days, by the clock in London")}
          columns={[_("Day"), ...draft.weeks.value.map(({ name }) => name)]}
          rows={draft.promised(Date.now()).map((day) => ({
            key: String(day.day),
            heading: (
              <>
                {weekday((day.day + 3) % 7)}, {date(noonOf(day.day))}
              </>
            ),
            cells: day.readings.map((reading) => readingWords(reading, day)),
          }))}
        />
      </div>
    </section>
  );
}

function readingWords(reading: PromisedDay["readings"][number], { closed, holiday }: PromisedDay) {
  if (reading) {
    return (
      <bdi>
        {clockTime(reading.opens)} – {clockTime(reading.closes)}
      </bdi>
    );
  }
  if (closed) return holiday ? _("Closed: %(name)s", { name: holidayName(holiday) }) : _("Closed");
  return _("No reading");
}

function Sign({ draft }: { draft: HoursDraft }) {
  const { value: trouble } = draft.signTrouble;
  return (
    <section class="panel stack">
      <p class="hint">
        {_(
          "This browser signs the hours and closed days. Pupils see them when they next open the form, and phones check that they come from you.",
        )}
      </p>
      <p class="actions">
        <Button kind="primary" part="sign" busy={draft.signing.value} onPress={() => void draft.sign()}>
          {_("Sign and save")}
        </Button>
      </p>
      <p role="status" data-part="outcome">
        {draft.saved.value && _("Saved and signed.")}
      </p>
      <Notice kind="warn" alert part="sign-trouble">
        {trouble && signTrouble(trouble)}
      </Notice>
    </section>
  );
}

function signTrouble(trouble: Parameters<typeof troubleWords>[0] | "changed" | "wrong") {
  if (trouble === "wrong") return _("Nothing was saved. One of the days above ends before it begins.");
  if (trouble !== "changed") return troubleWords(trouble);
  return _(
    "Nothing was saved: somebody else signed something first. Open this page again and make your changes once more.",
  );
}
