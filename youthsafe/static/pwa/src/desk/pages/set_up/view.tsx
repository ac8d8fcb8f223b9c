/** Setting up, one step on the screen at a time. */
import { useMemo, useRef } from "preact/hooks";
import { CeremonyPage, CodeStep, DoneStep, errorOf, PaperKitStep, WordsStep } from "../../ceremony/steps.tsx";
import type { PageProps } from "../../session/desk.ts";
import { PasteSecret } from "../../session/paste_secret.tsx";
import { _ } from "../../texts.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { SetUp } from "./set_up.ts";

export function View({ desk }: PageProps) {
  const setUp = useMemo(() => new SetUp(desk), []);
  return (
    <CeremonyPage desk={desk} ceremony={setUp} title={_("Set up this site")}>
      <Step setUp={setUp} signIn={desk.address("getting-started/")} />
    </CeremonyPage>
  );
}

function Step({ setUp, signIn }: { setUp: SetUp; signIn: string }) {
  const made = setUp.made.value;
  switch (setUp.step.value) {
    case "secret":
      return <PasteSecret busy={setUp.busy.value} onSecret={(secret) => void setUp.begin(secret)} />;
    case "names":
      return <Names setUp={setUp} />;
    case "words":
      return made && <WordsStep ceremony={setUp} words={made.words} />;
    case "kit":
      return <PaperKitStep ceremony={setUp} title={_("The recovery kit")} />;
    case "code":
      return (
        made && (
          <CodeStep
            ceremony={setUp}
            secret={made.secondFactor}
            action={_("Set up this site")}
            progress={_("Making the keys. This takes a few seconds.")}
          />
        )
      );
    case "done":
      return (
        <DoneStep
          words={_("This site has its keys, and they are yours.")}
          next={_(
            "Now sign in with your name, your six words and a new code. The page Set-up then shows what is left to do before pupils can send. Under “My account” you get recovery codes, for the day on which your phone is lost.",
          )}
          signIn={signIn}
        />
      );
  }
}

function Names({ setUp }: { setUp: SetUp }) {
  const [name, team] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)];
  const fixed = { autocomplete: "off", spellcheck: false, dir: "auto", required: true } as const;
  return (
    <>
      <p>
        {_(
          "You are the first coordinator. Your browser now makes the keys of this site. The server never gets them. It takes about fifteen minutes.",
        )}
      </p>
      <ul>
        <li>{_("Have a printer ready, and a pen.")}</li>
        <li>{_("Have a phone ready with an app that makes six-digit codes.")}</li>
        <li>
          {_(
            "Nothing is sent before the last step. If you leave this page or reload it before then, begin again with the same link.",
          )}
        </li>
      </ul>
      <form
        class="stack"
        data-part="names"
        novalidate
        onSubmit={(event) => {
          event.preventDefault();
          void setUp.takeNames(name.current?.value ?? "", team.current?.value ?? "");
        }}
      >
        <Field
          id="name"
          label={_("Your sign-in name")}
          hint={_("You sign in with it, and your colleagues see it.")}
          error={errorOf(setUp, "name")}
          control={(props) => <input {...props} {...fixed} ref={name} defaultValue={setUp.names.value.name} />}
        />
        <Field
          id="team"
          label={_("The name of your first team")}
          hint={_("Pupils see it. It reads every report until there are more teams.")}
          error={errorOf(setUp, "team")}
          control={(props) => <input {...props} {...fixed} ref={team} defaultValue={setUp.names.value.team} />}
        />
        <Button kind="primary" sends part="go" busy={setUp.busy.value}>
          {_("Go on")}
        </Button>
      </form>
    </>
  );
}
