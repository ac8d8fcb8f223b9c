/** The fields of a case card, each wherever it is asked for. */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { LONGEST_LINE, type StandingName } from "../../../crypto/card_fields.ts";
import { figure } from "../../../lib/dates.ts";
import { categories, categoryWords } from "../../reports/card_terms.ts";
import { _ } from "../../texts.ts";
import { Field } from "../../ui/field.tsx";
import type { CardBox } from "./card_box.ts";

/** `id`: of the control. */
interface Of {
  box: CardBox;
  id: string;
  error?: ComponentChildren;
}

type Named = Of & { name: StandingName; label: string; hint?: string | false };

/** `codes`: with their words. */
export function ChoiceField({ box, id, name, label, error, codes }: Named & { codes: [string, string][] }) {
  const select = useRef<HTMLSelectElement>(null);
  const chosen = box.value(name);
  useLayoutEffect(() => {
    if (select.current) select.current.value = chosen;
  }, [chosen]);
  return (
    <Field
      id={id}
      label={label}
      error={error}
      control={(props) => (
        <select
          {...props}
          ref={select}
          autocomplete="off"
          onChange={({ currentTarget }) => box.set(name, currentTarget.value)}
        >
          {[["", _("Not set")], ...codes].map(([code, words]) => (
            <option key={code} value={code}>
              {words}
            </option>
          ))}
        </select>
      )}
    />
  );
}

export function CategoriesField({ box }: Pick<Of, "box">) {
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

export function LineField({ box, id, name, label }: Named) {
  return (
    <Field
      id={id}
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

export function DayField({ box, id, name, label, hint, error }: Named) {
  return (
    <Field
      id={id}
      label={label}
      hint={hint}
      error={error}
      control={(props) => (
        <input
          {...props}
          type="date"
          autocomplete="off"
          min="2000-01-01"
          max="2099-12-31"
          value={box.value(name)}
          onInput={({ currentTarget }) => box.set(name, currentTarget.value)}
        />
      )}
    />
  );
}

/** `rows`: how high it is. */
/** `shortcut`: its key (shortcuts.ts). */
interface NoteProps {
  label: string;
  rows: number;
  shortcut?: string;
}

export function NoteField({ box, id, label, error, rows, shortcut }: Of & NoteProps) {
  const { left } = box;
  return (
    <Field
      id={id}
      label={label}
      error={error}
      note={
        left < 0
          ? _("Characters too many: %(number)s", { number: figure(-left) })
          : _("Characters left: %(number)s", { number: figure(left) })
      }
      control={(props) => (
        <textarea
          {...props}
          rows={rows}
          dir="auto"
          autocomplete="off"
          aria-keyshortcuts={shortcut}
          value={box.note.value}
          onInput={({ currentTarget }) => box.write(currentTarget.value)}
        />
      )}
    />
  );
}
