/** Setting up, one step on the screen at a time. */
import type { ComponentChild, ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { figure } from "../../../lib/dates.ts";
import { guardWhile } from "../../../lib/leaving.ts";
import { KitStep } from "../../ceremony/kit_sheet.tsx";
import { SecondFactor } from "../../ceremony/second_factor.tsx";
import type { PageProps } from "../../session/desk.ts";
import { WordsField } from "../../session/words_field.tsx";
import { _ } from "../../texts.ts";
import { TroubleError } from "../../trouble.ts";
import { troubleWords } from "../../trouble_words.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Heading } from "../../ui/heading.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Progress } from "../../ui/progress.tsx";
import { SetUp, type SetUpField, type SetUpStep, STEPS, takeSecret } from "./set_up.ts";

export function View({ desk }: PageProps) {
  const setUp = useMemo(() => new SetUp(desk, takeSecret()), []);
  useEffect(() => {
    guardWhile(() => setUp.unsaved);
    void setUp.begin();
    return () => desk.keyWorker.wipe();
  }, []);
  return (
    <section class="panel stack ceremony">
      <Heading focus={desk.focuses}>{_("Set up this site")}</Heading>
      <StepLine step={setUp.step.value} />
      <Notice kind="warn" alert part="trouble">
        {setUp.trouble.value && troubleWords(setUp.trouble.value)}
      </Notice>
      <Step setUp={setUp} signIn={desk.address("getting-started/")} />
    </section>
  );
}

function StepLine({ step }: { step: SetUpStep }) {
  const at = STEPS.indexOf(step);
  return (
    <p class="hint" role="status" data-part="step">
      {at >= 0 && _("Step %(number)s of %(count)s", { number: figure(at + 1), count: figure(STEPS.length) })}
    </p>
  );
}

function Step({ setUp, signIn }: { setUp: SetUp; signIn: string }) {
  const made = setUp.made.value;
  switch (setUp.step.value) {
    case "checking":
      return <Progress>{_("One moment…")}</Progress>;
    case "dead":
      return (
        <Notice kind="warn" part="dead">
          {troubleWords("set-up-link")}
        </Notice>
      );
    case "names":
      return <Names setUp={setUp} />;
    case "words":
      return made && <Words setUp={setUp} words={made.words} />;
    case "kit":
      return (
        made && (
          <StepFrame setUp={setUp} title={_("The recovery kit")}>
            <KitStep kit={made.kit} check={setUp.kit} onCheck={() => setUp.checkKit()} />
          </StepFrame>
        )
      );
    case "code":
      return made && <Code setUp={setUp} secret={made.secondFactor} />;
    case "done":
      return (
        <>
          <Notice kind="ok" part="done">
            {_("This site has its keys, and they are yours.")}
          </Notice>
          <p>
            {_(
              "Now sign in with your name, your six words and a new code. The page Set-up then shows what is left to do before pupils can send.",
            )}
          </p>
          <p>
            <a class="button primary" data-part="sign-in" href={signIn}>
              {_("Sign in")}
            </a>
          </p>
        </>
      );
  }
}

/** A step with its heading, which takes the focus, and a way back. */
function StepFrame({ setUp, title, children }: { setUp: SetUp; title: ComponentChild; children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  return (
    <>
      <h2 tabIndex={-1} ref={heading}>
        {title}
      </h2>
      {children}
      <p>
        <Button kind="quiet" part="back" onPress={() => setUp.back()}>
          {_("Back")}
        </Button>
      </p>
    </>
  );
}

const LONG = (): string => _("This name is too long.");

function errorOf(setUp: SetUp, field: SetUpField): ComponentChild {
  const wrong = setUp.wrong.value;
  if (wrong?.field !== field) return null;
  if (wrong.trouble === "long") return LONG();
  if (wrong.trouble === "other-words") return _("These are not the six words above. Look at your paper again.");
  if (wrong.trouble instanceof TroubleError && wrong.trouble.kind === "name" && field === "team")
    return _("Write the name of the team.");
  return troubleWords(wrong.trouble);
}

function Names({ setUp }: { setUp: SetUp }) {
  const [name, team] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)];
  const wrong = setUp.wrong.value;
  useLayoutEffect(() => {
    if (wrong) (wrong.field === "team" ? team : name).current?.focus();
  }, [wrong]);
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

function Words({ setUp, words }: { setUp: SetUp; words: readonly string[] }) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <StepFrame setUp={setUp} title={_("Your six words")}>
      <p>
        {_(
          "These words open your keys. Write them on paper and keep it where only you can get at it. Nobody can tell you them again.",
        )}
      </p>
      <ol class="kit-words" dir="ltr" data-part="words-made">
        {words.map((word) => (
          <li key={word}>{word}</li>
        ))}
      </ol>
      <form
        class="stack"
        data-part="words-check"
        novalidate
        onSubmit={(event) => {
          event.preventDefault();
          void setUp.checkWords(field.current?.value ?? "");
        }}
      >
        <WordsField
          field={field}
          hint={_("Type them from your paper. They stay in this browser and are never sent.")}
          error={errorOf(setUp, "words")}
        />
        <Button kind="primary" sends part="go" busy={setUp.busy.value}>
          {_("Go on")}
        </Button>
      </form>
    </StepFrame>
  );
}

function Code({ setUp, secret }: { setUp: SetUp; secret: string }) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <StepFrame setUp={setUp} title={_("Your second factor")}>
      <SecondFactor secret={secret} name={setUp.names.value.name} />
      <form
        class="stack"
        data-part="finish"
        novalidate
        onSubmit={(event) => {
          event.preventDefault();
          void setUp.finish(field.current?.value ?? "");
        }}
      >
        <Field
          id="code"
          label={_("Six-digit code")}
          hint={_("From the app that makes your codes.")}
          error={errorOf(setUp, "code")}
          control={(props) => (
            <input {...props} ref={field} inputMode="numeric" autocomplete="one-time-code" dir="ltr" required />
          )}
        />
        <Progress part="progress">{setUp.busy.value && _("Making the keys. This takes a few seconds.")}</Progress>
        <Button kind="primary" sends part="go" busy={setUp.busy.value}>
          {_("Set up this site")}
        </Button>
      </form>
    </StepFrame>
  );
}
