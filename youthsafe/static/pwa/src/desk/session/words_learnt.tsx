/** Six new words: shown, and three of them typed back, so that they are on paper before they count. */
import { useRef, useState } from "preact/hooks";
import { figure } from "../../lib/dates.ts";
import { _ } from "../texts.ts";
import type { TroubleError } from "../trouble.ts";
import { troubleWords } from "../trouble_words.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import type { ShownWords } from "./commands/fresh_words.ts";

export interface WordsLearntProps {
  shown: ShownWords;
  busy: boolean;
  trouble: TroubleError | null;
  onTyped: (typed: readonly string[]) => void;
  onLeave?: () => void;
}

export function WordsLearnt({ shown, busy, trouble, onTyped, onLeave }: WordsLearntProps) {
  const [written, setWritten] = useState(false);
  return written ? (
    <TypedBack shown={shown} busy={busy} trouble={trouble} onTyped={onTyped} onAgain={() => setWritten(false)} />
  ) : (
    <div class="stack" data-part="six-words">
      <p>
        {_(
          "Write these six words on paper, in this order. They open your keys. Nobody can read them again, and nobody at the council will ever ask for them.",
        )}
      </p>
      <ol class="code-words" dir="ltr" translate={false}>
        {shown.words.map((word) => (
          <li key={word}>{word}</li>
        ))}
      </ol>
      <div class="actions">
        <Button kind="primary" part="written" onPress={() => setWritten(true)}>
          {_("I have written them down")}
        </Button>
        {onLeave && (
          <Button kind="quiet" part="leave-words" onPress={onLeave}>
            {_("Keep the old words")}
          </Button>
        )}
      </div>
    </div>
  );
}

interface TypedBackProps extends Omit<WordsLearntProps, "onLeave"> {
  onAgain: () => void;
}

function TypedBack({ shown, busy, trouble, onTyped, onAgain }: TypedBackProps) {
  const inputs = useRef<HTMLFormElement>(null);
  const typed = (): string[] => [...(inputs.current?.querySelectorAll("input") ?? [])].map(({ value }) => value);
  return (
    <form
      class="stack"
      data-part="typed-back"
      novalidate
      ref={inputs}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onTyped(typed());
      }}
    >
      <p>{_("Type three of them from your paper.")}</p>
      {shown.places.map((place) => (
        <Field
          key={place}
          id={`word-${place}`}
          label={_("Word %(number)s", { number: figure(place) })}
          error={trouble?.word === place && troubleWords(trouble)}
          control={(props) => (
            <input {...props} autocomplete="off" autocapitalize="none" spellcheck={false} dir="ltr" required />
          )}
        />
      ))}
      <div class="actions">
        <Button kind="primary" sends busy={busy}>
          {_("Check them")}
        </Button>
        <Button part="words-again" onPress={onAgain}>
          {_("Show the words again")}
        </Button>
      </div>
    </form>
  );
}
