/** One place as it is typed: a new one, or one that is changed. */
import { useRef } from "preact/hooks";
import type { Desk } from "../../session/desk.ts";
import { _ } from "../../texts.ts";
import { troubleWords } from "../../trouble_words.ts";
import { Button } from "../../ui/button.tsx";
import { type ControlProps, Field } from "../../ui/field.tsx";
import { valuesOf } from "../../ui/form_values.ts";
import { Notice } from "../../ui/notice.tsx";
import { Refusals } from "./import_view.tsx";
import type { PlacesShown, Typed } from "./places.ts";
import { columnWords, REQUIRED, TRANSLATED } from "./words.ts";

const LONG = /^what_to_expect/;
const DAYS = /_on$/;

export function PlaceForm({ desk, shown, typed }: { desk: Desk; shown: PlacesShown; typed: Typed }) {
  const form = useRef<HTMLFormElement>(null);
  const languages = desk.languages.map(({ code }) => code).filter((code) => code !== "en");
  const translated = [...new Set([...Object.keys(typed.columns), ...languages.map((code) => TRANSLATED + code)])];
  const names = [...REQUIRED, ...translated.filter((name) => !REQUIRED.includes(name))];
  return (
    <form
      class="stack"
      data-part="typed"
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        void shown.keep(valuesOf(form.current));
      }}
    >
      <p class="hint">
        {_(
          "Once it is saved, two people must approve it before pupils see it. There is no undo, but you can change it again.",
        )}
      </p>
      <Notice kind="warn" alert part="typed-trouble">
        {typed.trouble && (typed.trouble === "known" ? known() : troubleWords(typed.trouble))}
      </Notice>
      {typed.refusals.length > 0 && (
        <div class="notice warn" role="alert" tabIndex={-1} data-part="to-mend">
          <Refusals refusals={typed.refusals} unit={null} />
        </div>
      )}
      {names.map((name) => (
        <Field
          key={name}
          id={`place-${name}`}
          label={columnWords(name)}
          hint={hintOf(name)}
          error={typed.refusals.some(({ field }) => field.split(", ").includes(name)) && _("Look at this again.")}
          control={(props) => <Control name={name} value={typed.columns[name] ?? ""} props={props} />}
        />
      ))}
      <p class="actions">
        <Button kind="primary" sends part="keep">
          {_("Save")}
        </Button>
        <Button part="leave" onPress={() => shown.leave()}>
          {_("Cancel")}
        </Button>
      </p>
    </form>
  );
}

const known = () => _("Nothing was saved. A place with this name and address, or at this position, is in the list.");

function hintOf(name: string) {
  if (name === "hours") {
    return _("Such as %(example)s. Or: always. Empty where nobody knows.", {
      example: <bdi dir="ltr">mon-fri 09:00-17:30; sat 10:00-16:00; 2026-12-25 closed</bdi>,
    });
  }
  if (name === "languages") return _("Tags with spaces between them, such as %(example)s.", { example: "en so" });
  return undefined;
}

function Control({ name, value, props }: { name: string; value: string; props: ControlProps }) {
  if (name === "kind" || name === "step_free") {
    return (
      <select {...props} name={name} autocomplete="off">
        {choicesOf(name).map(([choice, words]) => (
          <option key={choice} value={choice} selected={choice === value}>
            {words}
          </option>
        ))}
      </select>
    );
  }
  const common = { ...props, name, autocomplete: "off" };
  if (LONG.test(name)) return <textarea {...common} rows={3} dir="auto" defaultValue={value} />;
  if (DAYS.test(name)) return <input {...common} type="date" defaultValue={value} />;
  return <input {...common} type="text" dir="auto" defaultValue={value} />;
}

const choicesOf = (name: string): [string, string][] =>
  name === "kind"
    ? [
        ["safe-haven", _("Safe Haven")],
        ["hate-crime-site", _("Place to report hate crime")],
      ]
    : [
        ["", _("Nobody knows")],
        ["yes", _("Yes")],
        ["no", _("No")],
      ];
