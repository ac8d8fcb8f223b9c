/** The recovery kit on one sheet of paper, and the check that somebody has it there. */
import { date, figure } from "../../lib/dates.ts";
import { _ } from "../texts.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { QrCode } from "../ui/qr_code.tsx";
import type { KitCheck } from "./kit_check.ts";

export interface PaperKit {
  words: readonly string[];
  line: string;
}

/** `check`: where the check has come to; `onChecked`: what happens when the words are right is the caller's. */
export function KitStep({ kit, check, onCheck }: { kit: PaperKit; check: KitCheck; onCheck: () => void }) {
  if (check.asks.value) return <KitQuestions check={check} onCheck={onCheck} />;
  return (
    <>
      <p>
        {_(
          "When everybody has lost their words, this sheet is the only way back to the reports. Print it and put it into a safe that two people know of.",
        )}
      </p>
      <p>
        <strong>{_("Do not photograph it, and do not save it as a file.")}</strong>
      </p>
      <KitSheet kit={kit} />
      <p class="actions">
        <Button kind="primary" part="print" onPress={() => print()}>
          {_("Print the kit")}
        </Button>
        <Button part="printed" onPress={() => check.ask(kit.words)}>
          {_("I have it on paper")}
        </Button>
      </p>
    </>
  );
}

/** What is printed: nothing else of the page is. */
export function KitSheet({ kit }: { kit: PaperKit }) {
  return (
    <article class="paper kit-sheet panel" data-part="kit">
      <h2>{_("Recovery kit of YouthSafe")}</h2>
      <p>
        <bdi dir="ltr">{location.host}</bdi> · {date(Date.now())}
      </p>
      <p>
        {_(
          "Whoever has this sheet and the database of the server can read every report. Keep it in a safe. It is used when nobody can sign in any more, and a new one takes its place then.",
        )}
      </p>
      <ol class="kit-words" dir="ltr" translate={false} data-part="kit-words">
        {kit.words.map((word) => (
          <li key={word}>{word}</li>
        ))}
      </ol>
      <div class="kit-code">
        <QrCode text={kit.line} label={_("The same kit as a code to scan")} />
        <p class="kit-line" dir="ltr" translate={false} data-part="kit-line">
          {kit.line}
        </p>
      </div>
    </article>
  );
}

function KitQuestions({ check, onCheck }: { check: KitCheck; onCheck: () => void }) {
  const wrong = check.wrong.value;
  return (
    <form
      class="stack"
      data-part="kit-check"
      novalidate
      onSubmit={(event) => {
        event.preventDefault();
        onCheck();
      }}
    >
      <p>{_("Type three of its words from the paper.")}</p>
      {check.places.value.map((place, at) => (
        <Field
          key={place}
          id={`kit-word-${place}`}
          label={_("Word %(number)s", { number: figure(place + 1) })}
          error={wrong.includes(place) && _("This is not the word on the sheet. Look at its number.")}
          control={(props) => (
            <input
              {...props}
              value={check.typed.value[at]}
              onInput={({ currentTarget }) => check.type(at, currentTarget.value)}
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
              dir="ltr"
            />
          )}
        />
      ))}
      <div class="actions">
        <Button kind="primary" sends part="go">
          {_("Go on")}
        </Button>
        <Button kind="quiet" part="show-kit" onPress={() => check.show()}>
          {_("Show the kit again")}
        </Button>
      </div>
    </form>
  );
}
