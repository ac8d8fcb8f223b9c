/** What came of saving on a card, and what is wrong with what was typed: said where the hand is. */
import { LONGEST_NAME, MOST_NAMES } from "../../../crypto/card_fields.ts";
import { figure } from "../../../lib/dates.ts";
import { _ } from "../../texts.ts";
import { troubleWords } from "../../trouble_words.ts";
import { Notice } from "../../ui/notice.tsx";
import type { CardBox, CardFault, CardOutcome, CardPlace } from "./card_box.ts";

const OUTCOMES: Record<CardOutcome, () => string> = {
  saving: () => _("Sealing and saving…"),
  saved: () => _("Saved on the case card. Your team can read it."),
  unseen: () =>
    _("Not saved: somebody changed the card meanwhile. Read it above. If yours is still right, save it again."),
};

function faultWords(fault: CardFault) {
  if (fault === "empty") return _("Write or choose something first.");
  if (fault === "day") return _("A next step needs a day, and a day needs a next step.");
  if (fault === "named") {
    return _("At most %(number)s lines, and %(length)s characters on each.", {
      number: figure(MOST_NAMES),
      length: figure(LONGEST_NAME),
    });
  }
  if (typeof fault === "number") return _("Characters too many: %(number)s", { number: figure(fault) });
  if (fault === "unsure") {
    return _(
      "No clear answer came from the server, so we do not know if this was saved. It is still here. Save it again: it will not be saved twice.",
    );
  }
  if (fault === "lost") {
    return _(
      "The server does not show the whole case card. What you typed is still here. Tell your coordinator today.",
    );
  }
  return troubleWords(fault);
}

/** What is wrong with what was typed here, of a day, of names or of all else. */
export function faultOf(
  { fault: { value: fault }, place }: CardBox,
  at: CardPlace,
  of: "day" | "named" | "note" = "note",
) {
  const itsOwn = fault === "day" || fault === "named";
  const isHere = itsOwn ? at === "card" && of === fault : place.value === at && of === "note";
  return fault !== null && isHere && faultWords(fault);
}

export function CardSaid({ box, at }: { box: CardBox; at: CardPlace }) {
  const outcome = box.place.value === at ? box.outcome.value : null;
  return (
    <>
      <p role="status" data-part={`${at}-outcome`}>
        {outcome && OUTCOMES[outcome]()}
      </p>
      <Notice kind="warn" part="uncounted">
        {box.uncounted.value &&
          _("This browser keeps nothing for us, so this report will be missing when your team counts its outcomes.")}
      </Notice>
    </>
  );
}
