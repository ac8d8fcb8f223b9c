/** What is asked before reports are kept for less time. */
import { date, figure } from "../../../lib/dates.ts";
import type { Question } from "../../session/questions.ts";
import { _ } from "../../texts.ts";
import type { Days, Foreseen } from "./retention.ts";

export const confirmShorter = (days: Days, { holds_from, removes }: Foreseen): Question => ({
  name: "confirm-retention",
  title: _("Keep reports for less time?"),
  body: (
    <>
      <p>
        {_("Closed reports are kept for %(closed)s days, reports that nobody claims for %(unclaimed)s.", {
          closed: figure(days.closed),
          unclaimed: figure(days.unclaimed),
        })}
      </p>
      <p>
        <strong>
          {_("Erased when that begins to hold, on %(date)s: %(count)s reports.", {
            date: date(Date.parse(holds_from)),
            count: figure(removes),
          })}
        </strong>
      </p>
      <p>{_("Until then it can be put back here. What is erased then is gone for good.")}</p>
    </>
  ),
  no: _("Leave it as it is"),
  yes: _("Keep them for less time"),
  danger: true,
});
