/** The steps of a ceremony on the screen, one at a time: words, kit, second factor. */
import type { ComponentChild, ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { figure } from "../../lib/dates.ts";
import { guardWhile } from "../../lib/leaving.ts";
import { nameFaultWords } from "../name_words.ts";
import type { Desk } from "../session/desk.ts";
import { SIX_DIGITS_WANTED } from "../session/second_factor.tsx";
import { WordsField } from "../session/words_field.tsx";
import { _ } from "../texts.ts";
import { TroubleError } from "../trouble.ts";
import { troubleWords } from "../trouble_words.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Heading } from "../ui/heading.tsx";
import { Notice } from "../ui/notice.tsx";
import { Progress } from "../ui/progress.tsx";
import type { Ceremony, CeremonyField } from "./ceremony.ts";
import { KitStep } from "./kit_sheet.tsx";
import { SecondFactor } from "./second_factor.tsx";

interface CeremonyProps {
  ceremony: Ceremony<string>;
}

/** The page of a ceremony: its heading, where somebody is, and what went wrong. The keys end with it. */
export function CeremonyPage({
  desk,
  ceremony,
  title,
  children,
}: CeremonyProps & { desk: Desk; title: string; children: ComponentChildren }) {
  useEffect(() => {
    guardWhile(() => ceremony.unsaved);
    return () => desk.keyWorker.wipe();
  }, []);
  const at = ceremony.steps.indexOf(ceremony.step.value);
  return (
    <section class="panel stack ceremony">
      <Heading focus={desk.focuses}>{title}</Heading>
      <p class="hint" role="status" data-part="step">
        {at >= 0 && _("Step %(number)s of %(count)s", { number: figure(at + 1), count: figure(ceremony.steps.length) })}
      </p>
      <Notice kind="warn" alert part="trouble">
        {ceremony.trouble.value && troubleWords(ceremony.trouble.value)}
      </Notice>
      {children}
    </section>
  );
}

/** A step with its heading, which takes the focus, and a way back. */
export function StepFrame({
  ceremony,
  title,
  children,
}: CeremonyProps & { title: ComponentChild; children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  return (
    <>
      <h2 tabIndex={-1} ref={heading}>
        {title}
      </h2>
      {children}
      <p>
        <Button kind="quiet" part="back" onPress={() => ceremony.back()}>
          {_("Back")}
        </Button>
      </p>
    </>
  );
}

/** What is wrong with a field. */
export function errorOf(ceremony: Ceremony<string>, field: CeremonyField): ComponentChild {
  const wrong = ceremony.wrong.value;
  if (wrong?.field !== field) return null;
  if (wrong.trouble === "long" || wrong.trouble === "unseen") return nameFaultWords(wrong.trouble);
  if (wrong.trouble === "taken") return _("Somebody has this name already.");
  if (field === "code" && wrong.trouble instanceof TroubleError && wrong.trouble.kind === "code")
    return SIX_DIGITS_WANTED();
  if (wrong.trouble === "other-words") return _("These are not the six words above. Look at your paper again.");
  if (wrong.trouble instanceof TroubleError && wrong.trouble.kind === "name" && field === "team")
    return _("Write the name of the team.");
  return troubleWords(wrong.trouble);
}

export function WordsStep({ ceremony, words }: CeremonyProps & { words: readonly string[] }) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <StepFrame ceremony={ceremony} title={_("Your six words")}>
      <p>
        {_(
          "These words open your keys. Write them on paper and keep it where only you can get at it. Nobody can tell you them again.",
        )}
      </p>
      <ol class="kit-words" dir="ltr" translate={false} data-part="words-made">
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
          void ceremony.checkWords(field.current?.value ?? "");
        }}
      >
        <WordsField
          field={field}
          hint={_("Type them from your paper. They stay in this browser and are never sent.")}
          error={errorOf(ceremony, "words")}
        />
        <Button kind="primary" sends part="go" busy={ceremony.busy.value}>
          {_("Go on")}
        </Button>
      </form>
    </StepFrame>
  );
}

export function PaperKitStep({ ceremony, title }: CeremonyProps & { title: string }) {
  const made = ceremony.made.value;
  return (
    <StepFrame ceremony={ceremony} title={title}>
      {made && <KitStep kit={made.kit} check={ceremony.kit} onCheck={() => ceremony.checkKit()} />}
    </StepFrame>
  );
}

/** The last step. `action`: what its button says; `progress`: what is said while it works. */
export function CodeStep({
  ceremony,
  secret,
  action,
  progress,
}: CeremonyProps & { secret: string; action: string; progress: string }) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <StepFrame ceremony={ceremony} title={_("Your second factor")}>
      <SecondFactor secret={secret} name={ceremony.name} />
      <form
        class="stack"
        data-part="finish"
        novalidate
        onSubmit={(event) => {
          event.preventDefault();
          void ceremony.finish(field.current?.value ?? "");
        }}
      >
        <Field
          id="code"
          label={_("Six-digit code")}
          hint={_("From the app that makes your codes.")}
          error={errorOf(ceremony, "code")}
          control={(props) => (
            <input {...props} ref={field} inputMode="numeric" autocomplete="one-time-code" dir="ltr" required />
          )}
        />
        <Progress part="progress">{ceremony.busy.value && progress}</Progress>
        <Button kind="primary" sends part="go" busy={ceremony.busy.value}>
          {action}
        </Button>
      </form>
    </StepFrame>
  );
}

/** What stands when everything is done. */
export function DoneStep({ words, next, signIn }: { words: string; next: string; signIn: string }) {
  return (
    <>
      <Notice kind="ok" alert part="done">
        {words}
      </Notice>
      <p>{next}</p>
      <p>
        <a class="button primary" data-part="sign-in" href={signIn}>
          {_("Sign in")}
        </a>
      </p>
    </>
  );
}
