/** How a case stands by its card, at the head of the report. */
import { Waiting } from "../../reports/card_due.tsx";
import type { OpenedCard } from "../../reports/card_state.ts";
import { outcomeWords, referralsOf, referralWords } from "../../reports/card_terms.ts";
import { _ } from "../../texts.ts";
import { Badge } from "../../ui/badge.tsx";
import type { ReportSummary } from "../../wire.ts";

export function CardStanding({ card, summary }: { card: OpenedCard; summary: ReportSummary }) {
  const { wait, outcome, handed, referrals } = card.state;
  const closed = summary.state === "closed";
  const to = handed && !closed && summary.claimed_by?.id === handed ? summary.claimed_by : null;
  return (
    <p class="row-head" data-part="standing">
      {outcome && <Badge>{_("Outcome: %(outcome)s", { outcome: outcomeWords(outcome) })}</Badge>}
      {to && <Badge kind="info">{_("Handed over to %(name)s, not taken yet", { name: to.name })}</Badge>}
      {referralsOf(referrals ?? "").map((referral, at) => (
        <Badge key={`${referral.to} ${at}`} kind={referral.receipt ? "plain" : "warn"}>
          {referralWords(referral)}
        </Badge>
      ))}
      {wait && !closed && <Waiting day={wait} />}
    </p>
  );
}
