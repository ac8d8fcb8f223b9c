/** Says that something takes a moment; it is read out when it begins. */
import type { ComponentChildren } from "preact";

export function Progress({ part, children }: { part?: string; children?: ComponentChildren }) {
  return (
    <p role="status" class="hint" data-part={part}>
      {children}
    </p>
  );
}
