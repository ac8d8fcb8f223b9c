/** Where the team's own record of a report is written. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { LONGEST_LINE } from "../../../crypto/card_fields.ts";
import { figure } from "../../../lib/dates.ts";
import type { CardAlarm } from "../../reports/card_state.ts";
import { _ } from "../../texts.ts";
import { troubleWords } from "../../trouble_words.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import type { CardBox, CardFault, CardOutcome } from "./card_box.ts";
import { categories, categoryWords, levels } from "./card_terms.ts";

const OUTCOMES: Record<CardOutcome, () => string> = {
  saving: () => _("Sealing and saving…"),
  saved: () => _("Saved on the case card. Your team can read it."),
  unseen: () =>
    _("Not saved: somebody changed the card meanwhile. Read it above. If yours is still right, save it again."),
};

const ALARMS: Record<CardAlarm, () => string> = {
  entries: () => _("Part of the case card is missing or was changed. Tell your coordinator today."),
  order: () =>
    _("The entries of the case card came in the wrong order. They are put right here. Tell your coordinator today."),
  cut: () =>
    _("The server does not show entries of the case card that you have read before. Tell your coordinator today."),
  hour: () => _("The times of the case card do not fit. The clock of a computer may be wrong. Tell your coordinator."),
};

function faultWords(fault: CardFault) {
  if (fault === "empty") return _("Write or choose something first.");
  if (fault === "day") return _("A next step needs a day, and a day needs a next step.");
  if (typeof fault === "number") return _("Characters too many: %(number)s", { number: figure(fault) });
  if (fault === "unsure") {
    return _(
      "No clear answer came from the server, so we do not know if this was saved. It is still here. Save it again: it will not be saved twice.",
    );
  }
  if (fault === "lost") {
    return _(
      "The server does not show the whole case card. What you typed is still here. Tell your coordinator today.",
    );
  }
  return troubleWords(fault);
}

type Box = { box: CardBox };

export function CardView({ box }: Box) {
  const card = box.card.value;
  const [trouble, outcome, fault] = [box.trouble.value, box.outcome.value, box.fault.value];
  return (
    <section class="panel stack" aria-labelledby="card-title" data-part="card">
      <h2 id="card-title">{card ? _("Case card %(number)s", { number: card.number }) : _("Case card")}</h2>
      <p class="hint">{_("Only your team reads this. The person never sees it.")}</p>
      <Notice kind="warn" alert part="card-trouble">
        {trouble && troubleWords(trouble)}
      </Notice>
      {card?.alarms.map((alarm) => (
        <Notice key={alarm} kind="warn" alert part="card-alarm">
          {ALARMS[alarm]()}
        </Notice>
      ))}
      <form
        class="stack"
        data-part="card-form"
        novalidate
        hidden={!card}
        onSubmit={(event) => {
          event.preventDefault();
          void box.save();
        }}
      >
        <Level box={box} />
        <Categories box={box} />
        <Line box={box} name="summary" label={_("Summary in one line")} />
        <Line box={box} name="step" label={_("Next step")} />
        <Day box={box} fault={fault} />
        <Note box={box} fault={fault} />
        <Button sends part="save-card" busy={box.busy.value}>
          {_("Save on the case card")}
        </Button>
        <p role="status" data-part="card-outcome">
          {outcome && OUTCOMES[outcome]()}
        </p>
      </form>
    </section>
  );
}

function Level({ box }: Box) {
  const select = useRef<HTMLSelectElement>(null);
  const chosen = box.value("level");
  useLayoutEffect(() => {
    if (select.current) select.current.value = chosen;
  }, [chosen]);
  return (
    <Field
      id="card-level"
      label={_("Level")}
      control={(props) => (
        <select
          {...props}
          ref={select}
          autocomplete="off"
          onChange={({ currentTarget }) => box.set("level", currentTarget.value)}
        >
          {[["", _("Not set")], ...levels()].map(([code, words]) => (
            <option key={code} value={code}>
              {words}
            </option>
          ))}
        </select>
      )}
    />
  );
}

function Categories({ box }: Box) {
  const chosen = box.value("categories").split(" ");
  const toggle = (code: string, on: boolean): void => {
    const codes = categories().flatMap(([each]) => ((each === code ? on : chosen.includes(each)) ? [each] : []));
    box.set("categories", codes.join(" "));
  };
  return (
    <details>
      <summary>{_("Categories: %(list)s", { list: categoryWords(box.value("categories")) })}</summary>
      <fieldset class="ticks">
        <legend class="visually-hidden">{_("Categories")}</legend>
        {categories().map(([code, words]) => (
          <label key={code} class="check">
            <input
              type="checkbox"
              value={code}
              checked={chosen.includes(code)}
              onChange={({ currentTarget }) => toggle(code, currentTarget.checked)}
            />
            {words}
          </label>
        ))}
      </fieldset>
    </details>
  );
}

function Line({ box, name, label }: Box & { name: "summary" | "step"; label: string }) {
  return (
    <Field
      id={`card-${name}`}
      label={label}
      control={(props) => (
        <input
          {...props}
          type="text"
          dir="auto"
          autocomplete="off"
          maxLength={LONGEST_LINE}
          value={box.value(name)}
          onInput={({ currentTarget }) => box.set(name, currentTarget.value)}
        />
      )}
    />
  );
}

type Faulty = Box & { fault: CardFault | null };

function Day({ box, fault }: Faulty) {
  return (
    <Field
      id="card-day"
      label={_("On which day")}
      error={fault === "day" && faultWords(fault)}
      control={(props) => (
        <input
          {...props}
          type="date"
          autocomplete="off"
          min="2000-01-01"
          max="2099-12-31"
          value={box.value("day")}
          onInput={({ currentTarget }) => box.set("day", currentTarget.value)}
        />
      )}
    />
  );
}

function Note({ box, fault }: Faulty) {
  const { left } = box;
  return (
    <Field
      id="card-note"
      label={_("Note for the team")}
      error={fault !== null && fault !== "day" && faultWords(fault)}
      note={
        left < 0
          ? _("Characters too many: %(number)s", { number: figure(-left) })
          : _("Characters left: %(number)s", { number: figure(left) })
      }
      control={(props) => (
        <textarea
          {...props}
          rows={4}
          dir="auto"
          autocomplete="off"
          value={box.note.value}
          onInput={({ currentTarget }) => box.write(currentTarget.value)}
        />
      )}
    />
  );
}
