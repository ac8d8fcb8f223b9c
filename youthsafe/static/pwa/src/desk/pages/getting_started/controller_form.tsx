/** Who runs the instance, in words for everybody. */
import { useRef } from "preact/hooks";
import { _ } from "../../texts.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { SaidOfPress } from "./press_outcome.tsx";
import type { ControllerText, SetUpProgress, Standing } from "./progress.ts";

const FIELDS: readonly { name: ControllerText; label: () => string; hint: () => string }[] = [
  {
    name: "name",
    label: () => _("Council or organisation"),
    hint: () => _("It answers for what is done with reports: the controller in the words of the law."),
  },
  { name: "contact", label: () => _("How to reach you"), hint: () => _("An address, a mail address or a number.") },
  {
    name: "data_protection_officer",
    label: () => _("Data protection officer"),
    hint: () => _("A name or an office, and how to reach them."),
  },
  { name: "complaints", label: () => _("How to complain"), hint: () => _("To you first, and to whom after that.") },
  {
    name: "accessibility",
    label: () => _("Whom to tell that something cannot be used"),
    hint: () => _("For example by somebody who uses a screen reader."),
  },
];

export function ControllerForm({ progress, said }: { progress: SetUpProgress; said: Standing["controller"] }) {
  const form = useRef<HTMLFormElement>(null);
  const textOf = (name: ControllerText): string =>
    form.current?.querySelector<HTMLTextAreaElement>(`#controller-${name}`)?.value ?? "";
  return (
    <details open={FIELDS.some(({ name }) => said[name] === "")}>
      <summary>{_("Write it down")}</summary>
      <form
        ref={form}
        class="stack"
        data-part="controller-form"
        novalidate
        onSubmit={(event) => {
          event.preventDefault();
          void progress.saveController({
            name: textOf("name"),
            contact: textOf("contact"),
            data_protection_officer: textOf("data_protection_officer"),
            complaints: textOf("complaints"),
            accessibility: textOf("accessibility"),
          });
        }}
      >
        {FIELDS.map(({ name, label, hint }) => (
          <Field
            key={name}
            id={`controller-${name}`}
            label={label()}
            hint={hint()}
            control={(props) => (
              <textarea
                {...props}
                rows={name === "name" ? 1 : 2}
                maxLength={name === "name" ? 200 : 1000}
                dir="auto"
                defaultValue={said[name]}
              />
            )}
          />
        ))}
        <Button kind="primary" sends part="save">
          {_("Save")}
        </Button>
      </form>
      <SaidOfPress progress={progress} place="controller" />
    </details>
  );
}
