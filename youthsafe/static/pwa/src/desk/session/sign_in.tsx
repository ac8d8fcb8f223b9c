/** Signing in with both factors. What is typed goes to the key worker and nowhere else. */
import { _ } from "../texts.ts";
import { TroubleError } from "../trouble.ts";
import { troubleWords } from "../trouble_words.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Heading } from "../ui/heading.tsx";
import type { Desk } from "./desk.ts";
import { EntranceForm, emptied, KeptAnswer, OpeningKeys, useEntrance } from "./entrance_form.tsx";
import { canUsePasskeys, signWithPasskey } from "./passkeys.ts";
import { WordsField } from "./words_field.tsx";

/** Six digits of an app, or a recovery code or a colleague's, as `compared` gives them. */
const CODE = /^([0-9]{6}|[2-9A-HJ-NP-Z]{10})$/;
const compared = (code: string): string => code.replace(/[\s-]/g, "").toUpperCase();

/** `trouble`: why the page could not go on before. */
export function SignIn({ desk, trouble }: { desk: Desk; trouble: TroubleError | null }) {
  const { entrance, inputs } = useEntrance(desk, trouble);
  const wrong = entrance.fields.value;
  const typed = () => ({
    name: inputs.name.current?.value.trim() ?? "",
    words: inputs.words.current?.value ?? "",
    code: compared(inputs.code.current?.value ?? ""),
  });
  const withoutFirst = (): TroubleError[] => {
    const { name, words } = typed();
    return [...(name ? [] : [new TroubleError("name")]), ...(words.trim() ? [] : [new TroubleError("words-count")])];
  };
  const missing = (): TroubleError[] => [
    ...withoutFirst(),
    ...(CODE.test(typed().code) ? [] : [new TroubleError("code")]),
  ];
  const byPasskey = async () => {
    const { name, words } = typed();
    const { passkey } = await signWithPasskey(await desk.keyWorker.signInQuestion(name));
    return desk.keyWorker.signIn({ name, words, passkey });
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
          label={_("Code")}
          hint={_("Six digits from your app. Or a recovery code, or the code that a colleague told you.")}
          error={wrong.code && troubleWords(wrong.code)}
          control={(props) => (
            <input
              {...props}
              ref={inputs.code}
              autocapitalize="none"
              spellcheck={false}
              autocomplete="one-time-code"
              dir="ltr"
              required
            />
          )}
        />
        <OpeningKeys entrance={entrance} />
        <Button kind="primary" wide sends part="go" busy={entrance.busy.value}>
          {_("Sign in")}
        </Button>
        {canUsePasskeys() && (
          <Button
            wide
            part="passkey"
            busy={entrance.busy.value}
            onPress={() => void entrance.submit(withoutFirst(), byPasskey, emptied(inputs))}
          >
            {_("Sign in with a passkey in place of the code")}
          </Button>
        )}
      </EntranceForm>
      <p>
        <a href={desk.address("recover/")}>{_("Nobody can sign in any more?")}</a>
      </p>
      <p>
        <a href={desk.address("join/")}>{_("Were you given a link to join?")}</a>
      </p>
    </section>
  );
}
