/** Unlocking with the words alone, while the session lives. */
import { _ } from "../texts.ts";
import { TroubleError } from "../trouble.ts";
import { troubleWords } from "../trouble_words.ts";
import { Button } from "../ui/button.tsx";
import { Heading } from "../ui/heading.tsx";
import type { Desk } from "./desk.ts";
import { EntranceForm, emptied, KeptAnswer, OpeningKeys, useEntrance } from "./entrance_form.tsx";
import { askPasskey } from "./passkeys.ts";
import type { Session } from "./session.ts";
import { WordsField } from "./words_field.tsx";

/** The session lives already, so nobody checks what the passkey signs: it gives the key. */
async function byPasskey({ keyWorker }: Desk): Promise<Session> {
  const { passkeys, ...question } = await keyWorker.unlockQuestion();
  return keyWorker.unlockByPasskey(await askPasskey(question, passkeys));
}

/** `name`: of the member who is signed in; `passkey`: whether one of theirs opens the keys. */
export function Unlock({ desk, name, passkey = false }: { desk: Desk; name: string; passkey?: boolean }) {
  const { entrance, inputs } = useEntrance(desk, null);
  const words = (): string => inputs.words.current?.value ?? "";
  const wrong = entrance.fields.value.words;
  return (
    <section class="sign-in panel stack">
      <Heading focus={desk.focuses}>{_("Locked")}</Heading>
      <p data-part="who">{_("Signed in as %(name)s. Reports are hidden until you give your six words.", { name })}</p>
      <KeptAnswer
        desk={desk}
        shelf={_(
          "The answer you were writing is kept in this browser, sealed. Only you can open it: unlock to go on with it.",
        )}
        page={_(
          "The answer you were writing is still in this page, hidden. Unlock to go on with it. Do not reload the page.",
        )}
      />
      <EntranceForm
        entrance={entrance}
        inputs={inputs}
        missing={() => (words().trim() ? [] : [new TroubleError("words-count")])}
        attempt={() => desk.keyWorker.unlock({ words: words() })}
      >
        <WordsField
          field={inputs.words}
          hint={_("They open the reports on this screen again. They are never sent.")}
          error={wrong && troubleWords(wrong)}
        />
        <OpeningKeys entrance={entrance} />
        <div class="actions">
          <Button kind="primary" sends part="go" busy={entrance.busy.value}>
            {_("Unlock")}
          </Button>
          {passkey && (
            <Button
              part="passkey"
              busy={entrance.busy.value}
              onPress={() => void entrance.submit([], () => byPasskey(desk), emptied(inputs))}
            >
              {_("Unlock with a passkey")}
            </Button>
          )}
          <Button kind="quiet" part="leave" onPress={() => void desk.signOut()}>
            {_("Sign out")}
          </Button>
        </div>
      </EntranceForm>
    </section>
  );
}
