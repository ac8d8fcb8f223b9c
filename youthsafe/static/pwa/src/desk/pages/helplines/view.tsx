/** Helplines: who is due, an alert, and what differs here. */
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { date, figure, isoDay } from "../../../lib/dates.ts";
import { Menu } from "../../menu.tsx";
import type { PageProps } from "../../session/desk.ts";
import { _ } from "../../texts.ts";
import { troubleWords } from "../../trouble_words.ts";
import { useAfterDrawing } from "../../ui/after_drawing.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty_state.tsx";
import { Field } from "../../ui/field.tsx";
import { valuesOf } from "../../ui/form_values.ts";
import { Heading } from "../../ui/heading.tsx";
import { Notice } from "../../ui/notice.tsx";
import type { Differing, Helpline, HelplineFault } from "../../wire.ts";
import { HelplinesShown, type Outcome, type Pressed } from "./helplines.ts";

const WAYS: Record<Helpline["ways"][number], () => string> = {
  phone: () => _("calling"),
  text: () => _("texting"),
  chat: () => _("its chat"),
  web: () => _("its website"),
};

const ROLES: Record<string, () => string> = {
  coordinator: () => _("a coordinator"),
  places: () => _("an officer for places"),
};

const day = (text: string): string => date(Date.parse(`${text}T12:00:00Z`));

export function View({ desk }: PageProps) {
  const shown = useMemo(() => new HelplinesShown(desk), []);
  useLayoutEffect(() => {
    const leave = desk.shows(shown);
    void shown.refresh();
    return leave;
  }, []);
  useAfterDrawing(shown.afterDrawing);
  const helplines = shown.helplines.value;
  const due = helplines?.filter((each) => each.due) ?? [];
  const listed = shown.onlyDue.value ? due : (helplines ?? []);
  return (
    <section class="stack">
      <Heading focus={desk.focuses}>{_("Helplines")}</Heading>
      <div class="toolbar">
        <Menu desk={desk} current="helplines" />
      </div>
      <p class="hint">
        {_(
          "They come from the content pack. What you save here shows to pupils at once, and within five minutes to whoever has just opened the page. 999, Childline and Shout stand on every screen and cannot be changed.",
        )}
      </p>
      <Notice kind="warn" alert part="trouble">
        {shown.trouble.value && troubleWords(shown.trouble.value)}
      </Notice>
      <nav class="tabs" aria-label={_("Which helplines")}>
        {[false, true].map((only) => (
          <button
            key={String(only)}
            type="button"
            data-list={only ? "due" : "all"}
            aria-pressed={shown.onlyDue.value === only}
            onClick={() => shown.show(only)}
          >
            {only ? _("Due for checking") : _("All helplines")}
            {helplines && <span class="hint">{figure(only ? due.length : helplines.length)}</span>}
          </button>
        ))}
      </nav>
      <ul class="rows" data-part="helplines" hidden={listed.length === 0}>
        {listed.map((helpline) => (
          <Row key={helpline.id} shown={shown} helpline={helpline} />
        ))}
      </ul>
      {helplines && listed.length === 0 && (
        <EmptyState part="none-due">{_("All of them were tried in the last 90 days.")}</EmptyState>
      )}
    </section>
  );
}

function Row({ shown, helpline }: { shown: HelplinesShown; helpline: Helpline }) {
  const open = shown.open.value === helpline.id;
  const pressed = shown.pressed.value;
  const said = pressed?.id === helpline.id ? pressed.what : null;
  return (
    <li class="row place" data-place={helpline.id}>
      <p class="row-head" data-part="badges">
        {helpline.silent_since && <Badge kind="warn">{_("Pupils read that it does not answer")}</Badge>}
        {helpline.differs && <Badge kind="info">{_("Differs from the pack")}</Badge>}
        {helpline.due && <Badge>{_("Due for checking")}</Badge>}
      </p>
      <button
        type="button"
        class="button quiet"
        data-part="open"
        aria-expanded={open}
        onClick={() => shown.toggle(helpline.id)}
      >
        <bdi>{helpline.name}</bdi>
      </button>
      <p class="row-meta row-head">
        {numbersOf(helpline) && <bdi dir="ltr">{numbersOf(helpline)}</bdi>}
        <span>{checkedWords(helpline)}</span>
      </p>
      {open && <OpenHelpline shown={shown} helpline={helpline} said={said} />}
      <p role="status" data-part="outcome" tabIndex={-1}>
        {said && "done" in said && OUTCOMES[said.done]()}
      </p>
      <Notice kind="warn" alert part="press-trouble">
        {said && !("done" in said) && pressTrouble(said)}
      </Notice>
    </li>
  );
}

function numbersOf({ pack, local }: Helpline): string {
  return [local.phone ?? pack.phone, local.text_to ?? pack.text_to].filter(Boolean).join(", ");
}

function checkedWords({ may_be_tried, checked_on: on, checked_by: by, checked_how: how }: Helpline) {
  if (!may_be_tried) return _("Nobody tries 999 out.");
  if (!on) return _("Nobody has tried it yet.");
  if (!by) return _("Tried on %(day)s, as the content pack says.", { day: day(on) });
  return _("Tried on %(day)s by %(role)s: %(how)s", {
    day: day(on),
    role: ROLES[by]?.() ?? by,
    how: wayWords(how ?? ""),
  });
}

const wayWords = (way: string): string => Object.entries(WAYS).find(([each]) => each === way)?.[1]() ?? way;

const OUTCOMES: Record<Outcome, () => string> = {
  checked: () => _("Saved. Pupils see the day."),
  alerted: () => _("Pupils are told now that it does not answer."),
  "alert-ended": () => _("Pupils are not told that any more."),
  changed: () => _("Saved. Pupils see it now. Try it out, and mark it as checked."),
  restored: () => _("Pupils see the entry of the content pack again."),
};

function pressTrouble(said: Exclude<Pressed, { done: unknown }>) {
  if ("faults" in said) return _("Nothing was changed. Look at the fields above.");
  const { trouble } = said;
  return trouble === "changed" ? _("Nothing was changed. This is how it stands now.") : troubleWords(trouble);
}

function OpenHelpline(props: { shown: HelplinesShown; helpline: Helpline; said: Pressed | null }) {
  const { shown, helpline, said } = props;
  const faults = said && "faults" in said ? said.faults : [];
  return (
    <div class="stack place-open" data-part="detail">
      {helpline.may_be_tried && <TriedForm shown={shown} helpline={helpline} />}
      {helpline.fixed ? (
        <p data-part="fixed">
          {_("It stands on every screen and is the same everywhere, so nothing else can be changed.")}
        </p>
      ) : (
        <>
          <p class="actions">
            {helpline.silent_since ? (
              <Button part="end-alert" onPress={() => void shown.endAlert(helpline.id)}>
                {_("It answers again")}
              </Button>
            ) : (
              <Button part="alert" onPress={() => void shown.alert(helpline)}>
                {_("It does not answer")}
              </Button>
            )}
          </p>
          <ChangeForm shown={shown} helpline={helpline} faults={faults} />
        </>
      )}
    </div>
  );
}

function TriedForm({ shown, helpline }: { shown: HelplinesShown; helpline: Helpline }) {
  const [way, on] = [useRef<HTMLSelectElement>(null), useRef<HTMLInputElement>(null)];
  return (
    <form
      class="actions"
      data-part="tried"
      onSubmit={(event) => {
        event.preventDefault();
        void shown.checked(helpline.id, way.current?.value ?? "", on.current?.value ?? "");
      }}
    >
      <Field
        id="helpline-way"
        label={_("I tried it by")}
        control={(props) => (
          <select {...props} ref={way} autocomplete="off">
            {helpline.ways.map((each) => (
              <option key={each} value={each}>
                {WAYS[each]()}
              </option>
            ))}
          </select>
        )}
      />
      <Field
        id="helpline-day"
        label={_("On which day")}
        control={(props) => (
          <input
            {...props}
            ref={on}
            type="date"
            required
            max={isoDay(Date.now())}
            defaultValue={isoDay(Date.now())}
            autocomplete="off"
          />
        )}
      />
      <Button kind="primary" sends part="say-tried">
        {_("It answered")}
      </Button>
      <p class="hint">{_("There is no undo. Somebody who tries it later marks it again.")}</p>
    </form>
  );
}

const FAULTS: Record<HelplineFault["fault"], () => string> = {
  fixed: () => _("This one cannot be changed."),
  nothing: () => _("Write what differs."),
  number: () => _("Write digits and single spaces."),
  emergency: () => _("This number belongs to a helpline that stands on every screen."),
  costly: () => _("This number costs far more than others, such as 09 or 118. Write one that costs little or nothing."),
  word: () => _("Write one word of plain letters, and a number to text."),
  hours: () => _("Choose “in words” and write them, or neither."),
  plain: () => _("Write at most 200 plain letters."),
  "in-texts": () => _("The words of the content pack name the old number. Change the pack."),
};

function ChangeForm(props: { shown: HelplinesShown; helpline: Helpline; faults: readonly HelplineFault[] }) {
  const { shown, helpline, faults } = props;
  const form = useRef<HTMLFormElement>(null);
  const { local, pack } = helpline;
  const errorOf = (name: string) => {
    const found = faults.find(({ field }) => field === name || (field === "" && name === "phone"));
    return found && FAULTS[found.fault]();
  };
  const text = (name: string): string | null => valuesOf(form.current)[name]?.trim() || null;
  const field = (name: keyof Differing, label: string) => (
    <Field
      id={`helpline-${name}`}
      label={label}
      hint={pack[name] ? _("In the pack: %(value)s", { value: pack[name] }) : _("Not in the pack.")}
      error={errorOf(name)}
      control={(control) => (
        <input {...control} name={name} type="text" dir="auto" autocomplete="off" defaultValue={local[name] ?? ""} />
      )}
    />
  );
  return (
    <form
      class="stack"
      data-part="change"
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        const [phone, text_to, text_say] = [text("phone"), text("text_to"), text("text_say")];
        void shown.change(helpline.id, {
          phone,
          text_to,
          text_say,
          hours: text("hours"),
          hours_text: text("hours_text"),
        });
      }}
    >
      <h3>{_("What differs here")}</h3>
      <p class="hint">
        {_(
          "What you leave empty stays as in the pack. The price and the phone bill of another number count as not known.",
        )}
      </p>
      {field("phone", _("Number to call"))}
      {field("text_to", _("Number to text"))}
      {field("text_say", _("Word to text"))}
      <Field
        id="helpline-hours"
        label={_("When it is open")}
        error={errorOf("hours")}
        control={(control) => (
          <select {...control} name="hours" autocomplete="off">
            {hoursChoices().map(([value, words]) => (
              <option key={value} value={value} selected={value === (local.hours ?? "")}>
                {words}
              </option>
            ))}
          </select>
        )}
      />
      {field("hours_text", _("When it is open, in English words"))}
      <p class="actions">
        <Button kind="primary" sends part="change-now">
          {_("Show this to pupils")}
        </Button>
        <Button part="restore" hidden={!helpline.differs} onPress={() => void shown.restore(helpline.id)}>
          {_("Back to the pack’s entry")}
        </Button>
      </p>
    </form>
  );
}

const hoursChoices = (): [string, string][] => [
  ["", _("As in the pack")],
  ["always", _("Day and night")],
  ["see", _("In words")],
  ["unknown", _("Nobody knows")],
];
