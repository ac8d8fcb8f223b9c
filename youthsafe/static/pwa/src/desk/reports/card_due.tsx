/** What a card says is to be done, and when somebody looks again: told differently from that day on. */
import { isoDay } from "../../lib/dates.ts";
import { _ } from "../texts.ts";
import { Badge } from "../ui/badge.tsx";
import type { State } from "./card_state.ts";
import { dayWords } from "./card_terms.ts";

const isDue = (day: string): boolean => day <= isoDay(Date.now());

/** Whether somebody was to do something by today, or to look again. */
export const isDueBy = ({ day, wait }: State): boolean => [day, wait].some((each) => each !== undefined && isDue(each));

export function NextStep({ step, day }: { step: string; day: string }) {
  const words = { step, day: dayWords(day) };
  if (isDue(day)) return <Badge kind="warn">{_("Due on %(day)s: %(step)s", words)}</Badge>;
  return <Badge kind="info">{_("Next, by %(day)s: %(step)s", words)}</Badge>;
}

export function Waiting({ day }: { day: string }) {
  const words = { day: dayWords(day) };
  if (isDue(day)) return <Badge kind="warn">{_("To look at again since %(day)s", words)}</Badge>;
  return <Badge kind="info">{_("Waits until %(day)s", words)}</Badge>;
}
