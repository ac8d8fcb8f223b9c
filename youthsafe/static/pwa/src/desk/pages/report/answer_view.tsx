/** Where an answer is written. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { figure } from "../../../lib/dates.ts";
import type { DeskOptions } from "../../session/desk.ts";
import { _ } from "../../texts.ts";
import { troubleWords } from "../../trouble_words.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import type { AnswerBox, BoxFault, BoxOutcome, Stranded } from "./answer_box.ts";
import type { CardBox } from "./card_box.ts";
import { DayField } from "./card_fields.tsx";
import { CardSaid, faultOf } from "./card_said.tsx";
import type { Sending } from "./sending.ts";

const OUTCOMES: Record<BoxOutcome, () => string> = {
  sending: () => _("Sealing and sending…"),
  saved: () => _("Saved. They can read it with their code."),
  resealed: () => _("Saved. Another answer came first, so yours was sealed again and stands after it."),
  unseen: () =>
    _("Not sent: another answer was sent meanwhile. Read it above. If yours is still right, send it again."),
  already: () => _("Not sent a second time: the same text was sent already, see above."),
  earlier: () => _("What you sent before did arrive: see the messages above. What you changed since is not sent."),
  copied: () => _("Copied."),
  "copy-yourself": () => _("This browser does not let us copy. Your text is marked: copy it yourself."),
};

function faultWords(fault: BoxFault) {
  if (fault === "empty") return _("Write something first.");
  if (typeof fault === "number") return _("Characters too many: %(number)s", { number: figure(fault) });
  return troubleWords(fault);
}

function strandedWords(stranded: Stranded) {
  if (stranded.why === "claimed") {
    const { name } = stranded;
    return _("You cannot send this now, because %(name)s has claimed this report. Your text is kept for you here.", {
      name,
    });
  }
  if (stranded.why === "free") {
    return _("You cannot send this now, because you have not claimed this report. Your text is kept for you here.");
  }
  if (stranded.why === "closed") {
    return _("You cannot send this now, because this report is closed. Your text is still here.");
  }
  return _("Nothing can be sent to this person. Your text is still here.");
}

/** `away`: something else stands in its place; `onType`: somebody goes on. */
export interface AnswerViewProps {
  box: AnswerBox;
  card: CardBox;
  sending: Sending;
  away: boolean;
  languages: DeskOptions["languages"];
  onType: () => void;
}

export function AnswerView({ box, card, sending, languages, away, onType }: AnswerViewProps) {
  const outcome = box.outcome.value;
  return (
    <>
      <section
        class="panel stack"
        aria-labelledby="answer-title"
        data-part="answering"
        hidden={away || !box.visible.value}
      >
        <h2 id="answer-title">{_("Your answer")}</h2>
        <form
          class="stack"
          data-part="form"
          novalidate
          onSubmit={(event) => {
            event.preventDefault();
            void box.send();
          }}
        >
          <TextField box={box} onType={onType} />
          <LanguageField box={box} languages={languages} />
          <p class="actions" hidden={!box.offered.value}>
            <Button kind="primary" sends part="send" busy={box.busy.value}>
              {_("Send answer")}
            </Button>
            <Button part="send-wait" busy={box.busy.value} onPress={() => void sending.askForDay()}>
              {_("Send and wait until …")}
            </Button>
            <Button part="send-close" busy={box.busy.value} onPress={() => void sending.thenClose()}>
              {_("Send and close")}
            </Button>
          </p>
          <StrandedText box={box} />
          <p role="status" data-part="outcome">
            {outcome && OUTCOMES[outcome]()}
          </p>
        </form>
        <DayToWait box={box} card={card} sending={sending} />
      </section>
      <p class="notice actions" data-part="thrown" hidden={!box.thrown.value}>
        <span>{_("Your text is thrown away.")}</span>{" "}
        <Button part="undo" onPress={() => box.takeBack()}>
          {_("Bring it back")}
        </Button>
      </p>
    </>
  );
}

function TextField({ box, onType }: Pick<AnswerViewProps, "box" | "onType">) {
  const { left } = box;
  const fault = box.fault.value;
  return (
    <Field
      id="answer"
      label={_("Write to this person")}
      hint={_("They read it with their code. Use short and plain words. Do not promise to keep a secret.")}
      error={fault !== null && faultWords(fault)}
      note={
        left < 0
          ? _("Characters too many: %(number)s", { number: figure(-left) })
          : _("Characters left: %(number)s", { number: figure(left) })
      }
      control={(props) => (
        <textarea
          {...props}
          rows={7}
          dir="auto"
          autocomplete="off"
          aria-keyshortcuts="r"
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
          }}
          value={box.text.value}
          onInput={({ currentTarget }) => {
            box.type(currentTarget.value);
            onType();
          }}
        />
      )}
    />
  );
}

function LanguageField({ box, languages }: Pick<AnswerViewProps, "box" | "languages">) {
  const select = useRef<HTMLSelectElement>(null);
  const locale = box.locale.value;
  useLayoutEffect(() => {
    if (select.current) select.current.value = locale;
  }, [locale]);
  return (
    <Field
      id="answer-language"
      label={_("The language you wrote in")}
      part="answer-language"
      hidden={!box.offered.value}
      control={(props) => (
        <select
          {...props}
          ref={select}
          autocomplete="off"
          onChange={({ currentTarget }) => box.choose(currentTarget.value)}
        >
          {languages.map(({ code, name }) => (
            <option key={code} value={code} lang={code}>
              {name}
            </option>
          ))}
        </select>
      )}
    />
  );
}

/** When somebody looks again, asked for before the answer goes. */
function DayToWait({ box, card, sending }: Pick<AnswerViewProps, "box" | "card" | "sending">) {
  if (!sending.asksDay.value) return null;
  return (
    <form
      class="stack"
      data-part="waiting"
      novalidate
      hidden={!box.offered.value}
      onSubmit={(event) => {
        event.preventDefault();
        void sending.thenWait();
      }}
    >
      <DayField
        box={card}
        id="answer-wait"
        name="wait"
        label={_("Look again on")}
        error={sending.fault.value ? _("Choose a day that is still to come.") : faultOf(card, "answer")}
      />
      <Button kind="primary" sends part="wait" busy={sending.busy.value}>
        {_("Send and wait")}
      </Button>
      <CardSaid box={card} at="answer" />
    </form>
  );
}

function StrandedText({ box }: { box: AnswerBox }) {
  const stranded = box.stranded.value;
  return (
    <div class="stack" data-part="stranded" hidden={box.offered.value}>
      <Notice part="stranded-why">{stranded && strandedWords(stranded)}</Notice>
      <p class="actions">
        <Button part="copy" onPress={() => void box.copy()}>
          {_("Copy my text")}
        </Button>{" "}
        <Button part="discard" onPress={() => box.throwAway()}>
          {_("Throw my text away")}
        </Button>
      </p>
    </div>
  );
}
