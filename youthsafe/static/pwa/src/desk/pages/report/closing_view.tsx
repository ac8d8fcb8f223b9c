/** What is asked before a report is closed. */

import { outcomes } from "../../reports/card_terms.ts";
import { _ } from "../../texts.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { CategoriesField, ChoiceField, LineField, NoteField } from "./card_fields.tsx";
import { CardSaid, faultOf } from "./card_said.tsx";
import type { ReasonAsked } from "./closing.ts";
import type { OneReport } from "./one_report.ts";

const REASONS: Record<ReasonAsked, () => string> = {
  danger: () => _("Somebody may be in danger here, and nobody answered. Write why it is closed."),
  abuse: () =>
    _("This is about sexual abuse, and nobody was notified. Write why not, or note the referral on the case card."),
};

type Of = { one: OneReport };

export function ClosingView({ one }: Of) {
  const { closing, card } = one;
  const asked = closing.reasonAsked;
  return (
    <form
      class="panel stack"
      data-part="closing"
      aria-labelledby="closing-title"
      novalidate
      onSubmit={(event) => {
        event.preventDefault();
        void closing.press();
      }}
    >
      <h2 id="closing-title">{_("Close this report")}</h2>
      <p class="hint">{_("This goes on the case card. Only your team reads it.")}</p>
      <ChoiceField
        box={card}
        id="closing-outcome"
        name="outcome"
        label={_("What came of it")}
        error={closing.fault.value === "outcome" && _("Choose what came of it.")}
        codes={outcomes()}
      />
      <CategoriesField box={card} />
      <LineField box={card} id="closing-summary" name="summary" label={_("Summary in one line")} />
      <NoteField
        box={card}
        id="closing-note"
        label={asked ? _("Why, for the team") : _("Note for the team")}
        error={closing.fault.value === "reason" && asked ? REASONS[asked]() : faultOf(card, "closing")}
        rows={2}
      />
      <Telling one={one} />
      <p class="actions">
        <Button sends kind="primary" part="close-now" busy={closing.busy.value}>
          {_("Close report")}
        </Button>
        <Button part="close-junk" busy={closing.busy.value} onPress={() => void one.closeAsJunk()}>
          {_("Close without an outcome")}
        </Button>
        <Button part="close-not" onPress={() => closing.leave()}>
          {_("Not now")}
        </Button>
      </p>
      <CardSaid box={card} at="closing" />
      <Notice alert part="second">
        {closing.waitsForSecond.value &&
          _(
            "The outcome is on the case card. A colleague must sign it there before the report can be closed. What you typed is saved.",
          )}
      </Notice>
    </form>
  );
}

/** Whether the person is told, when something stands in the answer box or nothing was ever said. */
function Telling({ one: { closing, answer, report } }: Of) {
  const sends = closing.sends.value;
  const silent = report.value?.answerable && report.value.summary.answers === 0;
  if (!answer.waits) return silent ? <p class="hint">{_("Nobody has answered this person.")}</p> : null;
  return (
    <>
      <blockquote class="message ours" dir="auto" lang={answer.locale.value} data-part="last-words">
        {answer.text.value}
      </blockquote>
      <div class="ticks">
        <label class="check">
          <input
            type="checkbox"
            data-part="send-first"
            checked={sends}
            onChange={({ currentTarget }) => {
              closing.sends.value = currentTarget.checked;
            }}
          />
          {_("Send my answer first")}
        </label>
      </div>
      <Notice kind="warn" part="unsent">
        {!sends && _("You have an answer that has not been sent. Closing throws it away.")}
      </Notice>
    </>
  );
}
