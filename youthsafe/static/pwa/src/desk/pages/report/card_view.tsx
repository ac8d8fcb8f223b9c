/** Where the team's own record of a report is written. */
import type { CardAlarm } from "../../reports/card_state.ts";
import { levels } from "../../reports/card_terms.ts";
import type { Desk } from "../../session/desk.ts";
import { _ } from "../../texts.ts";
import { troubleWords } from "../../trouble_words.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { CategoriesField, ChoiceField, DayField, LineField, NoteField } from "./card_fields.tsx";
import { CardSaid, faultOf } from "./card_said.tsx";
import { NamingField } from "./naming_view.tsx";
import type { OneReport } from "./one_report.ts";
import { ReferralsField } from "./referrals_field.tsx";

const ALARMS: Record<CardAlarm, () => string> = {
  entries: () => _("Part of the case card is missing or was changed. Tell your coordinator today."),
  order: () =>
    _("The entries of the case card came in the wrong order. They are put right here. Tell your coordinator today."),
  cut: () =>
    _("The server does not show entries of the case card that you have read before. Tell your coordinator today."),
  hour: () => _("The times of the case card do not fit. The clock of a computer may be wrong. Tell your coordinator."),
};

export function CardView({ desk, one }: { desk: Desk; one: OneReport }) {
  const box = one.card;
  const card = box.card.value;
  const trouble = box.trouble.value;
  return (
    <section class="panel stack" aria-labelledby="card-title" data-part="card">
      <h2 id="card-title">{card ? _("Case card %(number)s", { number: card.number }) : _("Case card")}</h2>
      <p class="hint">{_("Only your team reads this. The person never sees it.")}</p>
      <Notice kind="warn" alert part="card-trouble">
        {trouble && troubleWords(trouble)}
      </Notice>
      {card?.alarms.map((alarm) => (
        <Notice key={alarm} kind="warn" alert part="card-alarm">
          {ALARMS[alarm]()}
        </Notice>
      ))}
      <form
        class="stack"
        data-part="card-form"
        novalidate
        hidden={!card}
        onSubmit={(event) => {
          event.preventDefault();
          void box.save();
        }}
      >
        <ChoiceField box={box} id="card-level" name="level" label={_("Level")} codes={levels()} />
        <CategoriesField box={box} />
        <LineField box={box} id="card-summary" name="summary" label={_("Summary in one line")} />
        <NamingField desk={desk} one={one} />
        <LineField box={box} id="card-step" name="step" label={_("Next step")} />
        <DayField box={box} id="card-day" name="day" label={_("On which day")} error={faultOf(box, "card", "day")} />
        <DayField
          box={box}
          id="card-wait"
          name="wait"
          label={_("Wait until")}
          hint={_("Nothing is to be done before this day.")}
        />
        <ReferralsField box={box} />
        <NoteField
          box={box}
          id="card-note"
          label={_("Note for the team")}
          error={faultOf(box, "card")}
          rows={4}
          shortcut="n"
        />
        <Button sends part="save-card" busy={box.busy.value}>
          {_("Save on the case card")}
        </Button>
        <CardSaid box={box} at="card" />
      </form>
    </section>
  );
}
