/** A question in a dialog above the page. Escape, and whatever else closes it, means no. */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Button } from "./button.tsx";

/** `name`: of the dialog; `yes`, `no`: what the answers are called. */
export interface DialogProps {
  name: string;
  title: ComponentChildren;
  yes: string;
  no: string;
  danger?: boolean;
  onAnswer: (yes: boolean) => void;
  children?: ComponentChildren;
}

export function Dialog({ name, title, yes, no, danger = false, onAnswer, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const close = (answer: string) => dialog.current?.close(answer); // which gives the focus back to where it was
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={`${name}-title`}
      data-dialog={name}
      onClose={({ currentTarget }) => onAnswer(currentTarget.returnValue === "yes")}
    >
      <h2 id={`${name}-title`}>{title}</h2>
      {children}
      <div class="dialog-actions">
        <Button value="no" onPress={() => close("no")}>
          {no}
        </Button>
        <Button value="yes" kind={danger ? "danger" : "primary"} onPress={() => close("yes")}>
          {yes}
        </Button>
      </div>
    </dialog>
  );
}
