/** Something that somebody should know. An alert is read out when its words change, so it stays on the page while it is empty. */
import { type ComponentChildren, type Ref, toChildArray } from "preact";

export interface NoticeProps {
  kind?: "plain" | "warn" | "ok";
  alert?: boolean;
  part?: string;
  /** Whether the focus may be put on it. */
  focusable?: boolean;
  place?: Ref<HTMLParagraphElement>;
  children?: ComponentChildren;
}

const isEmpty = (children: ComponentChildren): boolean => toChildArray(children).every((each) => each === "");

export function Notice({ kind = "plain", alert = false, part, focusable = false, place, children }: NoticeProps) {
  return (
    <p
      class={kind === "plain" ? "notice" : `notice ${kind}`}
      role={alert ? "alert" : undefined}
      tabIndex={focusable ? -1 : undefined}
      data-part={part}
      hidden={isEmpty(children)}
      ref={place}
    >
      <span>{children}</span>
    </p>
  );
}
