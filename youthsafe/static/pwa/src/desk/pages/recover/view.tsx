/** Coming back by the recovery kit, one step on the screen at a time. */

import { useSignal } from "@preact/signals";
import { useMemo, useRef } from "preact/hooks";
import {
  CeremonyPage,
  CodeStep,
  DoneStep,
  errorOf,
  PaperKitStep,
  StepFrame,
  WordsStep,
} from "../../ceremony/steps.tsx";
import type { PageProps } from "../../session/desk.ts";
import { _ } from "../../texts.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Progress } from "../../ui/progress.tsx";
import { Recovery } from "./recovery.ts";

export function View({ desk }: PageProps) {
  const recovery = useMemo(() => new Recovery(desk), []);
  return (
    <CeremonyPage desk={desk} ceremony={recovery} title={_("Come back by the recovery kit")}>
      <Step recovery={recovery} signIn={desk.address("people/")} />
    </CeremonyPage>
  );
}

function Step({ recovery, signIn }: { recovery: Recovery; signIn: string }) {
  const made = recovery.made.value;
  switch (recovery.step.value) {
    case "old-kit":
      return <OldKit recovery={recovery} />;
    case "who":
      return <WhoStep recovery={recovery} />;
    case "words":
      return made && <WordsStep ceremony={recovery} words={made.words} />;
    case "new-kit":
      return <PaperKitStep ceremony={recovery} title={_("The new recovery kit")} />;
    case "code":
      return (
        made && (
          <CodeStep
            ceremony={recovery}
            secret={made.secondFactor}
            action={_("Come back")}
            progress={_("Making the keys. This takes a few seconds.")}
          />
        )
      );
    case "done":
      return (
        <DoneStep
          words={_("You are back. The old kit is dead: destroy it, and keep the new one.")}
          next={_("Sign in with your name, your new words and a new code. Then invite your colleagues again.")}
          signIn={signIn}
        />
      );
  }
}

function OldKit({ recovery }: { recovery: Recovery }) {
  const field = useRef<HTMLTextAreaElement>(null);
  return (
    <>
      <p>
        {_(
          "This is for the day on which nobody can sign in any more. If one coordinator still can, ask them: they invite you again, and the kit stays in the safe.",
        )}
      </p>
      <p>
        {_(
          "Nothing is changed before the last step. Then the teams get new keys, you get new words, and a new kit takes the place of this one.",
        )}
      </p>
      <form
        class="stack"
        data-part="old-kit"
        novalidate
        onSubmit={(event) => {
          event.preventDefault();
          void recovery.openKit(field.current?.value ?? "");
        }}
      >
        <Field
          id="kit"
          label={_("The 24 words of the kit")}
          hint={_("Or the line below its code. Both stay in this browser and are never sent.")}
          error={errorOf(recovery, "kit")}
          control={(props) => (
            <textarea
              {...props}
              ref={field}
              rows={4}
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
              dir="ltr"
            />
          )}
        />
        <Progress part="progress">{recovery.busy.value && _("Opening the kit.")}</Progress>
        <Button kind="primary" sends part="go" busy={recovery.busy.value}>
          {_("Go on")}
        </Button>
      </form>
    </>
  );
}

/** Whoever comes back takes the place of a coordinator, or is somebody new; of the others only those stay who are ticked. */
function WhoStep({ recovery }: { recovery: Recovery }) {
  const opened = recovery.opened.value;
  const id = useSignal(recovery.who.value.id);
  const name = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
  if (!opened) return null;
  const coordinators = opened.members.filter(({ role }) => role === "coordinator");
  const staying = (): string[] =>
    [...(form.current?.querySelectorAll<HTMLInputElement>("[name=stay]:checked") ?? [])].map(({ value }) => value);
  return (
    <StepFrame ceremony={recovery} title={_("Who comes back")}>
      <form
        ref={form}
        class="stack"
        data-part="who-form"
        novalidate
        onSubmit={(event) => {
          event.preventDefault();
          void recovery.takeWho(id.value, name.current?.value ?? "", staying());
        }}
      >
        <fieldset>
          <legend>{_("Who are you?")}</legend>
          {[
            ...coordinators.map((each) => ({ id: each.id, label: each.name })),
            { id: "", label: _("Somebody new") },
          ].map((each) => (
            <label key={each.id} class="choice">
              <input
                type="radio"
                name="who"
                value={each.id}
                checked={id.value === each.id}
                onChange={() => {
                  id.value = each.id;
                }}
              />{" "}
              <bdi>{each.label}</bdi>
            </label>
          ))}
        </fieldset>
        <Field
          id="name"
          hidden={id.value !== ""}
          label={_("Your sign-in name")}
          hint={_("You sign in with it, and your colleagues see it.")}
          error={errorOf(recovery, "name")}
          control={(props) => <input {...props} ref={name} autocomplete="off" spellcheck={false} dir="auto" />}
        />
        <fieldset>
          <legend>{_("Who can still sign in, and stays?")}</legend>
          <p class="hint">{_("Whoever is not ticked opens nothing that comes from now on, and is invited again.")}</p>
          {opened.members
            .filter((each) => each.id !== id.value)
            .map((each) => (
              <label key={each.id} class="choice">
                <input type="checkbox" name="stay" value={each.id} /> <bdi>{each.name}</bdi>
              </label>
            ))}
        </fieldset>
        <Button kind="primary" sends part="go" busy={recovery.busy.value}>
          {_("Go on")}
        </Button>
      </form>
    </StepFrame>
  );
}
