/** The head of the signed changes, as a line on the page and as a sheet to print, so that two people can compare. */
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { dayAndTime, figure } from "../../../lib/dates.ts";
import type { PageProps } from "../../session/desk.ts";
import { _ } from "../../texts.ts";
import { Button } from "../../ui/button.tsx";

/** Two people who read the same here were given the same history by the server. */
export function Head({ desk }: Pick<PageProps, "desk">) {
  const isSheetShown = useSignal(false);
  const head = desk.session?.head;
  if (!head) return null;
  const number = _("Newest signed change: number %(number)s.", { number: figure(head.number) });
  const alarm = _("Another coordinator must see the same. If not, stop, and tell each other.");
  return (
    <>
      <p class="hint" data-part="head">
        {number}{" "}
        <code dir="ltr" translate={false}>
          {head.groups}
        </code>{" "}
        {alarm}
      </p>
      <p class="actions">
        <Button
          part="compare"
          hidden={isSheetShown.value}
          onPress={() => {
            isSheetShown.value = true;
          }}
        >
          {_("A sheet to compare")}
        </Button>
      </p>
      {isSheetShown.value && <Sheet number={number} groups={head.groups} alarm={alarm} />}
    </>
  );
}

function Sheet({ number, groups, alarm }: { number: ComponentChildren; groups: string; alarm: string }) {
  const time = useMemo(() => dayAndTime(Date.now(), 0), []); // with the year, because paper stays
  return (
    <article class="paper head-sheet panel" data-part="head-sheet">
      <h2>{_("The head of the signed changes")}</h2>
      <p class="kit-line" dir="ltr" translate={false}>
        {location.origin}
      </p>
      <p>
        {number} {_("Seen on %(time)s.", { time })}
      </p>
      <p class="head-groups" dir="ltr" translate={false}>
        {groups}
      </p>
      <p>
        {_("Compare it with a colleague now and then: for one number there is one head.")} {alarm}
      </p>
      <p>{_("Where the numbers differ, both sign in again and compare then.")}</p>
      <p class="actions">
        <Button kind="primary" part="print" onPress={() => print()}>
          {_("Print the sheet")}
        </Button>
      </p>
    </article>
  );
}
