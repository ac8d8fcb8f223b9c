/** A text of which some words are covered: they are not in the page at all. */

import type { Part } from "../../reports/first_look.ts";
import { _ } from "../../texts.ts";

export function CoveredText({ parts }: { parts: readonly Part[] }) {
  return (
    <>
      {parts.map(({ text, covered }, at) =>
        covered ? (
          <span
            key={`${at} covered`}
            class="blank"
            role="img"
            aria-label={_("covered")}
            lang={document.documentElement.lang}
            data-part="covered"
          />
        ) : (
          text
        ),
      )}
    </>
  );
}
