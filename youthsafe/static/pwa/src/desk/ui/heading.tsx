/** The heading of a view. It takes the focus when its view comes in the place of another, so that a screen reader begins there. */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

export interface HeadingProps {
  focus: boolean;
  part?: string;
  children: ComponentChildren;
}

export function Heading({ focus, part, children }: HeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const wanted = useRef(focus);
  useLayoutEffect(() => {
    if (wanted.current) heading.current?.focus();
  }, []);
  return (
    <h1 tabIndex={-1} ref={heading} data-part={part}>
      {children}
    </h1>
  );
}
