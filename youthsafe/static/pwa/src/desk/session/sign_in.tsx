/** Signing in with both factors. What is typed goes to the key worker and nowhere else. */
import { _ } from "../texts.ts";
import { TroubleError } from "../trouble.ts";
import { troubleWords } from "../trouble_words.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Heading } from "../ui/heading.tsx";
import type { Desk } from "./desk.ts";
import { EntranceForm, KeptAnswer, OpeningKeys, useEntrance } from "./entrance_form.tsx";
import { WordsField } from "./words_field.tsx";

const SIX_DIGITS = /^[0-9]{6}$/;

/** `trouble`: why the page could not go on before. */
export function SignIn({ desk, trouble }: { desk: Desk; trouble: TroubleError | null }) {
  const { entrance, inputs } = useEntrance(desk, trouble);
  const wrong = entrance.fields.value;
  const typed = () => ({
    name: inputs.name.current?.value.trim() ?? "",
    words: inputs.words.current?.value ?? "",
    code: inputs.code.current?.value.replace(/\s/g, "") ?? "",
  });
  const missing = (): TroubleError[] => {
    const { name, words, code } = typed();
    return [
      ...(name ? [] : [new TroubleError("name")]),
      ...(words.trim() ? [] : [new TroubleError("words-count")]),
      ...(SIX_DIGITS.test(code) ? [] : [new TroubleError("code")]),
    ];
  };
  return (
    <section class="sign-in panel stack">
      <Heading focus={desk.focuses}>{_("Sign in")}</Heading>
      <KeptAnswer
        desk={desk}
        shelf={_(
          "The answer you were writing is kept in this browser, sealed. Only you can open it: sign in again to go on with it.",
        )}
        page={_(
          "The answer you were writing is still in this page. Sign in again to go on with it. Do not reload the page.",
        )}
      />
      <EntranceForm
        entrance={entrance}
        inputs={inputs}
        missing={missing}
        attempt={() => desk.keyWorker.signIn(typed())}
      >
        <Field
          id="name"
          label={_("Your sign-in name")}
          error={wrong.name && troubleWords(wrong.name)}
          control={(props) => (
            <input
              {...props}
              ref={inputs.name}
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
              dir="auto"
              required
            />
          )}
        />
        <WordsField
          field={inputs.words}
          hint={_("You can paste them. They stay in this browser and are never sent.")}
          error={wrong.words && troubleWords(wrong.words)}
        />
        <Field
          id="code"
          label={_("Six-digit code")}
          hint={_("From the app that makes your codes.")}
          error={wrong.code && troubleWords(wrong.code)}
          control={(props) => (
            <input {...props} ref={inputs.code} inputMode="numeric" autocomplete="one-time-code" dir="ltr" required />
          )}
        />
        <OpeningKeys entrance={entrance} />
        <Button kind="primary" wide sends part="go" busy={entrance.busy.value}>
          {_("Sign in")}
        </Button>
      </EntranceForm>
    </section>
  );
}
