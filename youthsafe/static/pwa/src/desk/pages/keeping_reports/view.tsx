/** How long reports are kept, what goes next, and what another number of days would erase before anybody saves it. */
import { useLayoutEffect, useMemo } from "preact/hooks";
import { date, figure } from "../../../lib/dates.ts";
import { Menu } from "../../menu.tsx";
import type { PageProps } from "../../session/desk.ts";
import { _ } from "../../texts.ts";
import { troubleWords } from "../../trouble_words.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Heading } from "../../ui/heading.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Table } from "../../ui/table.tsx";
import { type Foreseen, type Retention, RetentionShown, type Wanted } from "./retention.ts";

export function View({ desk }: PageProps) {
  const shown = useMemo(() => new RetentionShown(desk), []);
  useLayoutEffect(() => {
    const leave = desk.shows(shown);
    void shown.refresh();
    return leave;
  }, []);
  const retention = shown.retention.value;
  return (
    <section class="stack">
      <Heading focus={desk.focuses}>{_("How long reports are kept")}</Heading>
      <div class="toolbar">
        <Menu desk={desk} current="settings" />
      </div>
      <Notice kind="warn" alert part="trouble">
        {shown.trouble.value && troubleWords(shown.trouble.value)}
      </Notice>
      {retention && (
        <>
          <Now shown={shown} retention={retention} />
          <Change shown={shown} retention={retention} />
          <Never />
        </>
      )}
    </section>
  );
}

function Now({ shown, retention: { days, coming, foreseen } }: { shown: RetentionShown; retention: Retention }) {
  return (
    <section class="panel stack" data-part="now">
      <h2>{_("What holds now")}</h2>
      <p data-part="days">
        {_("Closed reports are kept for %(closed)s days, reports that nobody claims for %(unclaimed)s.", {
          closed: figure(days.closed),
          unclaimed: figure(days.unclaimed),
        })}
      </p>
      {coming && (
        <Notice kind="warn" part="coming">
          {_(
            "From %(date)s on it is %(closed)s and %(unclaimed)s days. Until then, of each the longer one holds, and it can be put back.",
            {
              date: date(Date.parse(coming.holds_from)),
              closed: figure(coming.days.closed),
              unclaimed: figure(coming.days.unclaimed),
            },
          )}
        </Notice>
      )}
      {coming && shown.canPutBack && (
        <p class="actions">
          <Button part="put-back" onPress={() => void shown.putBack()}>
            {_("Put it back")}
          </Button>
        </p>
      )}
      <Removals caption={_("What goes next, if nothing happens to any report")} foreseen={foreseen} part="next" />
    </section>
  );
}

function Change({ shown, retention }: { shown: RetentionShown; retention: Retention }) {
  const looked = shown.looked.value;
  return (
    <form
      class="panel stack short-fields"
      data-part="change"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void shown.look();
      }}
    >
      <h2>{_("Change it")}</h2>
      <DaysField shown={shown} retention={retention} field="closed" label={_("Days after a report was closed")} />
      <DaysField
        shown={shown}
        retention={retention}
        field="unclaimed"
        label={_("Days after a report came, if nobody claims it")}
        hint={_("Its team is told first, and has 30 more days to claim it.")}
      />
      <p class="actions">
        <Button kind={looked ? "plain" : "primary"} sends part="look">
          {_("See what that would erase")}
        </Button>
      </p>
      {looked && <Preview shown={shown} foreseen={looked.foreseen} />}
      <p role="status" data-part="outcome">
        {shown.saved.value && _("Saved.")}
      </p>
      <Notice kind="warn" alert part="press-trouble">
        {shown.pressTrouble.value && pressTrouble(shown.pressTrouble.value)}
      </Notice>
    </form>
  );
}

function Preview({ shown, foreseen }: { shown: RetentionShown; foreseen: Foreseen }) {
  return (
    <div class="stack" data-part="preview">
      <p>
        <strong>
          {_("Erased when that begins to hold, on %(date)s: %(count)s reports.", {
            date: date(Date.parse(foreseen.holds_from)),
            count: figure(foreseen.removes),
          })}
        </strong>{" "}
        {_("What gets longer holds at once.")}
      </p>
      <Removals caption={_("What would go then, if nothing happens to any report")} foreseen={foreseen} part="then" />
      <p class="actions">
        <Button kind="primary" part="save" onPress={() => void shown.save()}>
          {_("Save")}
        </Button>
      </p>
    </div>
  );
}

interface DaysFieldProps {
  shown: RetentionShown;
  retention: Retention;
  field: keyof Wanted;
  label: string;
  hint?: string;
}

function DaysField({ shown, retention, field, label, hint }: DaysFieldProps) {
  const { least, most } = retention[field];
  const range = { least: figure(least), most: figure(most) };
  return (
    <Field
      id={`keep-${field}`}
      label={label}
      hint={hint}
      error={shown.wrong.value.includes(field) && _("Write a number of days from %(least)s to %(most)s.", range)}
      control={(props) => (
        <input
          {...props}
          inputMode="numeric"
          autocomplete="off"
          data-part={field}
          value={shown.typed.value[field]}
          onInput={({ currentTarget }) => shown.type({ [field]: currentTarget.value })}
        />
      )}
    />
  );
}

/** `part`: what tests find it by. */
function Removals({ caption, foreseen, part }: { caption: string; foreseen: Foreseen; part: string }) {
  if (foreseen.removals.length === 0) {
    return <p data-part={part}>{_("In the next 60 days no report would go.")}</p>;
  }
  return (
    <div class="wide-table" data-part={part}>
      <Table
        caption={caption}
        columns={[_("Day"), _("Closed"), _("Claimed by nobody")]}
        rows={foreseen.removals.map(({ day, closed, unclaimed }) => ({
          key: day,
          heading: date(Date.parse(`${day}T12:00Z`)),
          cells: [figure(closed), figure(unclaimed)],
        }))}
      />
      <p class="hint">{_("These are the reports of all teams, in the next 60 days.")}</p>
    </div>
  );
}

function Never() {
  return (
    <p class="hint">
      {_(
        "Never erased by a timer: a report that somebody has claimed and not closed, one on hold, and one whose reporter wrote again.",
      )}
    </p>
  );
}

function pressTrouble(trouble: Parameters<typeof troubleWords>[0] | "changed") {
  if (trouble !== "changed") return troubleWords(trouble);
  return _("Nothing was saved: another number of reports would go than you were shown. Look at it once more.");
}
