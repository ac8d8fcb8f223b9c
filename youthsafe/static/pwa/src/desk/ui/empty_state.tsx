/** What stands where there is nothing to show. */
import type { ComponentChildren } from "preact";

export interface EmptyStateProps {
  name?: string;
  part?: string;
  children: ComponentChildren;
}

export function EmptyState({ name, part, children }: EmptyStateProps) {
  return (
    <p class="empty" data-empty={name} data-part={part}>
      {children}
    </p>
  );
}
