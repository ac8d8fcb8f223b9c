/** Which reports are the same thing as this one. */
import { linkedTo } from "../../reports/card_state.ts";
import type { Desk } from "../../session/desk.ts";
import { _ } from "../../texts.ts";
import { TroubleError } from "../../trouble.ts";
import { troubleWords } from "../../trouble_words.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { reportAddress } from "./address.ts";
import type { LinkingFault } from "./linking.ts";
import type { OneReport } from "./one_report.ts";

const FAULTS: Record<Exclude<LinkingFault, TroubleError>, () => string> = {
  none: () => _("No report that you may see has this number."),
  many: () => _("More than one report has a number that begins so. Type all of it."),
  self: () => _("That is this report."),
  unopened: () => _("Nobody has opened that report yet. Open it first."),
  unseen: () => _("Not saved: somebody changed the card meanwhile. Read it above, and press again."),
};

const faultWords = (fault: LinkingFault) => (fault instanceof TroubleError ? troubleWords(fault) : FAULTS[fault]());

export function LinkingView({ desk, one: { linking, card } }: { desk: Desk; one: OneReport }) {
  const [opened, fault, done] = [card.card.value, linking.fault.value, linking.done.value];
  if (!opened) return null;
  return (
    <form
      class="panel stack"
      data-part="linking"
      aria-labelledby="linking-title"
      novalidate
      onSubmit={(event) => {
        event.preventDefault();
        void linking.link();
      }}
    >
      <h2 id="linking-title">{_("The same thing")}</h2>
      <p class="hint">
        {_("Reports that belong together stand on each other’s case cards. Each person is answered by themselves.")}
      </p>
      <ul class="stack" data-part="links">
        {linkedTo(opened).map((other) => (
          <li key={other.id} class="actions">
            <a class="row-link" href={desk.address(reportAddress(other.id))}>
              <bdi>{other.number}</bdi>
            </a>
            <Button part="part" busy={linking.busy.value} onPress={() => void linking.part(other)}>
              {_("%(number)s is something else", { number: other.number })}
            </Button>
          </li>
        ))}
      </ul>
      <Field
        id="linking-number"
        label={_("The number of the other report")}
        hint={_("It stands above its case card, such as %(number)s.", { number: "Kestrel 214K" })}
        error={fault && faultWords(fault)}
        control={(props) => (
          <input
            {...props}
            type="text"
            dir="auto"
            autocomplete="off"
            value={linking.typed.value}
            onInput={({ currentTarget }) => linking.type(currentTarget.value)}
          />
        )}
      />
      <Button sends part="link" busy={linking.busy.value}>
        {_("They are the same thing")}
      </Button>
      <p role="status" data-part="linking-outcome">
        {done === "linked" && _("It stands on both case cards.")}
        {done === "parted" && _("It is taken from both case cards.")}
      </p>
    </form>
  );
}
