/** Making a team: its name, and a key that this browser makes and signs. */
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { nameFaultWords } from "../../name_words.ts";
import { _ } from "../../texts.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Progress } from "../../ui/progress.tsx";
import type { Place, SetUpProgress } from "./progress.ts";

const WORDS = {
  missing: () => _("Write the name of the team."),
  long: () => nameFaultWords("long"),
  unseen: () => nameFaultWords("unseen"),
  taken: () => _("Another team has this name."),
};

export interface TeamFormProps {
  progress: SetUpProgress;
  place: Place;
  kind: 1 | 2;
  label: string;
}

export function TeamForm({ progress, place, kind, label }: TeamFormProps) {
  const name = useRef<HTMLInputElement>(null);
  const wrong = useSignal<keyof typeof WORDS | null>(null);
  return (
    <form
      class="stack"
      data-part={`make-${place}`}
      novalidate
      onSubmit={(event) => {
        event.preventDefault();
        const text = name.current?.value.trim() ?? "";
        wrong.value = progress.nameTrouble(text);
        if (!wrong.value) void progress.addTeam(place, text, kind);
      }}
    >
      <Field
        id={`team-${place}`}
        label={label}
        hint={_("Pupils see it. There is no undo: a team stays, with the key of its reports.")}
        error={wrong.value && WORDS[wrong.value]()}
        control={(props) => <input {...props} ref={name} autocomplete="off" spellcheck={false} dir="auto" />}
      />
      <Progress>{progress.busy.value && _("Making the keys. This takes a few seconds.")}</Progress>
      <p>
        <Button sends busy={progress.busy.value}>
          {_("Make the team")}
        </Button>
      </p>
    </form>
  );
}
