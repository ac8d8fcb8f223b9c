/** What the two entrances have in common: what is kept, what is wrong, and the form itself. */
import type { ComponentChildren, RefObject } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { _ } from "../texts.ts";
import type { TroubleError } from "../trouble.ts";
import { troubleWords } from "../trouble_words.ts";
import { Notice } from "../ui/notice.tsx";
import { Progress } from "../ui/progress.tsx";
import type { Desk } from "./desk.ts";
import { Entrance, type EntranceField } from "./entrance.ts";
import type { Enrolling } from "./key_worker_client.ts";
import type { Session } from "./session.ts";

export type EntranceInputs = Record<EntranceField, RefObject<HTMLInputElement | null>>;

/** An entrance with its fields: the first field that something is wrong with has the focus. */
export function useEntrance(desk: Desk, trouble: TroubleError | null): { entrance: Entrance; inputs: EntranceInputs } {
  const entrance = useMemo(() => new Entrance(desk, trouble), []);
  const inputs: EntranceInputs = {
    name: useRef<HTMLInputElement>(null),
    words: useRef<HTMLInputElement>(null),
    code: useRef<HTMLInputElement>(null),
  };
  const troubles = entrance.fields.value;
  useLayoutEffect(() => {
    if (entrance.wrong) inputs[entrance.wrong].current?.focus();
  }, [troubles]);
  return { entrance, inputs };
}

export interface EntranceFormProps {
  entrance: Entrance;
  inputs: EntranceInputs;
  missing: () => TroubleError[];
  attempt: () => Promise<Session | Enrolling>;
  children: ComponentChildren;
}

/** What was typed is taken from the page as soon as it did its work. */
export const emptied =
  (inputs: EntranceInputs): (() => void) =>
  () => {
    for (const { current } of Object.values(inputs)) if (current) current.value = "";
  };

export function EntranceForm({ entrance, inputs, missing, attempt, children }: EntranceFormProps) {
  return (
    <>
      <Notice kind="warn" alert part="trouble">
        {entrance.trouble.value && troubleWords(entrance.trouble.value)}
      </Notice>
      <form
        class="stack"
        data-part="form"
        novalidate
        onSubmit={(event) => {
          event.preventDefault();
          void entrance.submit(missing(), attempt, emptied(inputs));
        }}
      >
        {children}
      </form>
    </>
  );
}

/** What is said while the keys are opened. */
export function OpeningKeys({ entrance }: { entrance: Entrance }) {
  const busy = entrance.busy.value;
  return <Progress part="progress">{busy && _("Opening your keys. This takes a few seconds.")}</Progress>;
}

/** Whether an answer that somebody was writing is still there; `shelf` and `page` say where. */
export function KeptAnswer({ desk, shelf, page }: { desk: Desk; shelf: string; page: string }) {
  const { drafts } = desk;
  if (drafts.unsaved) return <Notice part="kept-here">{page}</Notice>;
  return drafts.kept ? <Notice part="kept">{shelf}</Notice> : null;
}
