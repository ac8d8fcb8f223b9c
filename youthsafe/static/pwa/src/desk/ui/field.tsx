/** A labelled field with a hint and a place for what is wrong with it. */
import type { ComponentChildren, VNode } from "preact";

/** What the control itself must say, so that it is read out with its hint and its fault. */
export interface ControlProps {
  id: string;
  "aria-describedby": string;
  "aria-invalid": "true" | undefined;
}

/** `note` stands below the control and is read out with it; `part` and `hidden` are the field's. */
export interface FieldProps {
  id: string;
  label: ComponentChildren;
  hint?: ComponentChildren;
  error?: ComponentChildren;
  note?: ComponentChildren;
  part?: string;
  hidden?: boolean;
  control: (props: ControlProps) => VNode;
  children?: ComponentChildren;
}

export function Field({ id, label, hint, error, note, part, hidden = false, control, children }: FieldProps) {
  const described = [hint && `${id}-hint`, note && `${id}-note`, `${id}-error`].filter(Boolean).join(" ");
  return (
    <div class="field" data-part={part} hidden={hidden}>
      <label for={id}>{label}</label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <p class="error" id={`${id}-error`} hidden={!error}>
        {error}
      </p>
      {control({ id, "aria-describedby": described, "aria-invalid": error ? "true" : undefined })}
      {note && (
        <p class="hint" id={`${id}-note`}>
          {note}
        </p>
      )}
      {children}
    </div>
  );
}
