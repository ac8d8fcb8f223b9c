/** Joining: what is offered, six words, a second factor, recovery codes, and three words to say. */
import { useMemo } from "preact/hooks";
import { dayAndTime } from "../../../lib/dates.ts";
import type { PageProps } from "../../session/desk.ts";
import { PasteSecret } from "../../session/paste_secret.tsx";
import { roleMeaning, roleName } from "../../session/roles.ts";
import { RecoveryCodes, SecondFactorChoice } from "../../session/second_factor.tsx";
import { WordsLearnt } from "../../session/words_learnt.tsx";
import { _ } from "../../texts.ts";
import { troubleWords } from "../../trouble_words.ts";
import { Button } from "../../ui/button.tsx";
import { Heading } from "../../ui/heading.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Progress } from "../../ui/progress.tsx";
import { Joining, type JoiningStep } from "./joining.ts";

const TITLES: Record<JoiningStep, () => string> = {
  secret: () => _("Join the team"),
  offer: () => _("Join the team"),
  words: () => _("Your six words"),
  factor: () => _("Your second factor"),
  codes: () => _("Almost done"),
  say: () => _("Say three words"),
};

const AT_FIRST: readonly JoiningStep[] = ["secret", "offer"];

export function View({ desk }: PageProps) {
  const joining = useMemo(() => new Joining(desk), []);
  const step = joining.step.value;
  return (
    <section class="sign-in stack" data-step={step}>
      <Heading key={step} focus={desk.focuses || !AT_FIRST.includes(step)}>
        {TITLES[step]()}
      </Heading>
      {step !== "factor" && step !== "words" && (
        <Notice kind="warn" alert part="trouble">
          {joining.trouble.value && troubleWords(joining.trouble.value)}
        </Notice>
      )}
      <Step joining={joining} base={desk.base} />
      <Progress part="progress">{joining.busy.value && _("One moment…")}</Progress>
    </section>
  );
}

function Step({ joining, base }: { joining: Joining; base: string }) {
  const { offer, words } = { offer: joining.offer.value, words: joining.words.value };
  const trouble = joining.trouble.value;
  switch (joining.step.value) {
    case "secret":
      return <PasteSecret busy={joining.busy.value} onSecret={(secret) => void joining.look(secret)} />;
    case "offer":
      return offer && <Offered joining={joining} />;
    case "words":
      return (
        words && (
          <WordsLearnt
            shown={words}
            busy={joining.busy.value}
            trouble={trouble}
            onTyped={(typed) => void joining.check(typed)}
          />
        )
      );
    case "factor":
      return (
        offer && (
          <SecondFactorChoice
            app={offer.app}
            busy={joining.busy.value}
            trouble={trouble?.kind === "passkey" ? null : trouble}
            passkeyTrouble={trouble?.kind === "passkey" ? trouble : null}
            onCode={(code) => void joining.byApp(code)}
            onPasskey={() => void joining.byPasskey()}
          />
        )
      );
    case "codes":
      return <RecoveryCodes codes={joining.codes.value} onDone={() => joining.haveCodes()} />;
    case "say":
      return <Said joining={joining} base={base} />;
  }
}

function Offered({ joining }: { joining: Joining }) {
  const offer = joining.offer.value;
  if (!offer) return null;
  return (
    <div class="panel stack" data-part="offer">
      <p>{_("You were invited as %(name)s. Use this name to sign in.", { name: offer.name })}</p>
      <p>
        <strong>{roleName(offer.role)}</strong>
        <br />
        {roleMeaning(offer.role)}
      </p>
      <p>
        {_("This link is good once, until %(time)s. It takes about ten minutes. Have paper and a pen with you.", {
          time: dayAndTime(Date.parse(offer.until)),
        })}
      </p>
      <Button kind="primary" part="begin" busy={joining.busy.value} onPress={() => void joining.begin()}>
        {_("Begin")}
      </Button>
    </div>
  );
}

/** `base`: where somebody signs in. */
function Said({ joining, base }: { joining: Joining; base: string }) {
  return (
    <div class="panel stack" data-part="say">
      <p>
        {_(
          "Ring your coordinator, or go to them, and say these three words. Do not write them in a message. They show that nobody stands between you.",
        )}
      </p>
      <ol class="code-words" dir="ltr" translate={false} data-part="check-words">
        {joining.said.value.map((word) => (
          <li key={word}>{word}</li>
        ))}
      </ol>
      <p>
        {_(
          "Your coordinator lets you in then, and you can sign in with your name, your words and your second factor. Until then signing in does not work.",
        )}
      </p>
      <p class="hint">{_("Keep this page open until you have said them: they are shown only here.")}</p>
      <p>
        <a class="button" data-part="sign-in" href={base}>
          {_("I am in: sign in")}
        </a>
      </p>
    </div>
  );
}
