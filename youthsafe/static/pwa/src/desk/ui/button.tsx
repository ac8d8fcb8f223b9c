/** A button. While it is busy a press does nothing, and it keeps the focus. */
import type { ComponentChildren, Ref } from "preact";

/** `sends`: the form that it stands in; `shortcut`: its key (shortcuts.ts); `part`, `action` and `value` are what tests find it by. */
export interface ButtonProps {
  kind?: "plain" | "primary" | "quiet" | "danger";
  wide?: boolean;
  busy?: boolean;
  hidden?: boolean;
  sends?: boolean;
  shortcut?: string | undefined;
  part?: string;
  action?: string;
  value?: string;
  place?: Ref<HTMLButtonElement>;
  onPress?: () => void;
  children: ComponentChildren;
}

export function Button(props: ButtonProps) {
  const { kind = "plain", wide = false, busy = false, hidden = false, sends = false, place } = props;
  return (
    <button
      type={sends ? "submit" : "button"}
      class={["button", kind === "plain" ? "" : kind, wide ? "wide" : ""].filter(Boolean).join(" ")}
      aria-disabled={busy ? "true" : undefined}
      aria-keyshortcuts={props.shortcut}
      hidden={hidden}
      value={props.value}
      data-part={props.part}
      data-action={props.action}
      ref={place}
      onClick={() => busy || props.onPress?.()}
    >
      {props.children}
    </button>
  );
}
