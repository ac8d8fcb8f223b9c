/**
 * The six words. The field has no name and its form is never submitted, so they do not leave the browser; it is no password field,
 * because a browser offers to keep a password and to send it to its maker.
 */
import type { ComponentChild, RefObject } from "preact";
import { useState } from "preact/hooks";
import { _ } from "../texts.ts";
import { type ControlProps, Field } from "../ui/field.tsx";

export interface WordsFieldProps {
  field: RefObject<HTMLInputElement | null>;
  hint: string;
  error: ComponentChild;
}

/** A browser that can only cover passwords covers the words as one. */
const canCover = (): boolean => CSS.supports("-webkit-text-security", "disc");

export function WordsField({ field, hint, error }: WordsFieldProps) {
  const [shown, setShown] = useState(false);
  return (
    <Field
      id="words"
      label={_("Your six words")}
      hint={hint}
      error={error}
      control={(props) => <WordsInput props={props} field={field} shown={shown} />}
    >
      <label class="choice">
        <input
          type="checkbox"
          data-part="show"
          autocomplete="off"
          onChange={({ currentTarget }) => setShown(currentTarget.checked)}
        />{" "}
        {_("Show the words")}
      </label>
    </Field>
  );
}

function WordsInput({ props, field, shown }: { props: ControlProps; shown: boolean } & Pick<WordsFieldProps, "field">) {
  const fixed = {
    ...props,
    ref: field,
    class: shown ? undefined : "covered",
    autocomplete: "off",
    autocapitalize: "none",
    autocorrect: "off",
    spellcheck: false,
    dir: "ltr",
    required: true,
  } as const;
  return shown || canCover() ? <input {...fixed} type="text" /> : <input {...fixed} type="password" />;
}
