/** A short fact in a coloured shape; the words carry the meaning, and the colour only repeats it. */
import type { ComponentChildren } from "preact";

export type BadgeKind = "plain" | "urgent" | "new" | "mine" | "ok" | "warn" | "info";

export function Badge({ kind = "plain", children }: { kind?: BadgeKind; children: ComponentChildren }) {
  return <span class={kind === "plain" ? "badge" : `badge ${kind}`}>{children}</span>;
}
