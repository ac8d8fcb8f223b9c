/** What a line says of a report by its card: how urgent, what about, what is to be done and by when. */
import { NextStep, Waiting } from "../../reports/card_due.tsx";
import type { State } from "../../reports/card_state.ts";
import { categoryWords, levelWords, outcomeWords } from "../../reports/card_terms.ts";
import { _ } from "../../texts.ts";
import { Badge } from "../../ui/badge.tsx";

/** `closed`: what was to be done is not any more. */
export function CardFacts({ state, closed }: { state: State; closed: boolean }) {
  const { level, categories, summary, step, day, wait, outcome } = state;
  const said = [level, categories, summary, step, wait, outcome].some(Boolean);
  if (!said) return null;
  return (
    <p class="row-head" data-part="card">
      {level && <Badge kind={level === "u1" && !closed ? "urgent" : "plain"}>{levelWords(level)}</Badge>}
      {categories && <span>{categoryWords(categories)}</span>}
      {summary && <bdi class="row-summary">{summary}</bdi>}
      {!closed && step && day && <NextStep step={step} day={day} />}
      {!closed && wait && <Waiting day={wait} />}
      {outcome && <Badge>{_("Outcome: %(outcome)s", { outcome: outcomeWords(outcome) })}</Badge>}
    </p>
  );
}
