/** To whom a report is handed over, and why; and what a colleague finds who was handed one. */
import { _ } from "../../texts.ts";
import { troubleWords } from "../../trouble_words.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { ChoiceField, NoteField } from "./card_fields.tsx";
import { CardSaid, faultOf } from "./card_said.tsx";
import type { OneReport } from "./one_report.ts";

type Of = { one: OneReport };

export function HandingView({ one: { handing, card } }: Of) {
  const [fault, trouble, colleagues] = [handing.fault.value, handing.trouble.value, handing.colleagues.value];
  return (
    <form
      class="panel stack"
      data-part="handing"
      aria-labelledby="handing-title"
      novalidate
      onSubmit={(event) => {
        event.preventDefault();
        void handing.press();
      }}
    >
      <h2 id="handing-title">{_("Hand this report over")}</h2>
      <p class="hint">{_("Your colleague has claimed it from then on. This goes on the case card.")}</p>
      <Notice kind="warn" alert part="handing-trouble">
        {trouble && troubleWords(trouble)}
        {colleagues?.length === 0 && _("Nobody else reads the reports of this team.")}
      </Notice>
      <ChoiceField
        box={card}
        id="handing-who"
        name="handed"
        label={_("To whom")}
        error={fault === "who" && _("Choose a colleague.")}
        codes={colleagues ?? []}
      />
      <NoteField
        box={card}
        id="handing-note"
        label={_("Why, for your colleague")}
        error={fault === "why" ? _("Write a line for your colleague.") : faultOf(card, "handing")}
        rows={2}
      />
      <p class="actions">
        <Button sends kind="primary" part="hand-over-now" busy={handing.busy.value}>
          {_("Hand over")}
        </Button>
        <Button part="hand-over-not" onPress={() => handing.leave()}>
          {_("Not now")}
        </Button>
      </p>
      <CardSaid box={card} at="handing" />
    </form>
  );
}

/** What was handed over to whoever looks, until they take it. */
export function HandedToMe({ one }: Of) {
  const handed = one.handedToMe;
  if (!handed) return null;
  return (
    <section class="panel stack" aria-labelledby="handed-title" data-part="handed">
      <h2 id="handed-title">{_("%(name)s handed this report over to you", { name: handed.name })}</h2>
      <p dir="auto">{handed.note}</p>
      <Button kind="primary" part="take" shortcut="t" busy={one.card.busy.value} onPress={() => void one.take()}>
        {_("Take it")}
      </Button>
    </section>
  );
}
