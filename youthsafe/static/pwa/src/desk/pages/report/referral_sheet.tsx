/** The page itself: what was told stands word for word, and what nobody knows says so. */
import type { ComponentChildren, RefObject } from "preact";
import { useMemo } from "preact/hooks";
import { dayAndTime } from "../../../lib/dates.ts";
import { categoryWords, inWords, levelWords } from "../../reports/card_terms.ts";
import { momentOf } from "../../reports/written.ts";
import { _ } from "../../texts.ts";
import { AnswersShown, saidOf, wantedOf } from "./answers_shown.tsx";
import { changesOf, EntryWriter } from "./card_entry.tsx";
import type { OneReport } from "./one_report.ts";
import type { ReferralForm, ReferralRow } from "./referral_forms.ts";
import { chronology, Writer } from "./thread.tsx";

const HOUR = 3_600_000;
const YEAR_TOO = 0; // as of 1970, so a date always has its year: paper stays

export interface SheetProps {
  one: OneReport;
  form: ReferralForm;
  member: string;
  sheet: RefObject<HTMLElement | null>;
}

export function ReferralSheet({ one, form, member, sheet }: SheetProps) {
  const { typed } = one.referring;
  return (
    <article class="paper referral-sheet panel" data-part="referral-sheet" ref={sheet}>
      <h3>{form.title}</h3>
      <dl>
        {form.rows.map((row) => (
          <div key={row.label}>
            <dt>{row.label}</dt>
            <dd dir="auto">
              {row.says === null ? (
                typedWords(typed.value[row.label])
              ) : (
                <Says one={one} says={row.says} member={member} />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </article>
  );
}

const typedWords = (text = ""): ComponentChildren => text.trim() || <Unknown />;

const Unknown = () => <>{_("Not known (anonymous report)")}</>;

/** Everything that the desk can say by itself. */
function Says({ one, says, member }: { one: OneReport; says: NonNullable<ReferralRow["says"]>; member: string }) {
  const report = one.report.value;
  const card = one.card.card.value;
  const made = useMemo(() => dayAndTime(Date.now(), YEAR_TOO), [report, card]);
  if (!report) return <Unknown />;
  const { level, categories, summary } = card?.state ?? {};
  const words: Record<typeof says, () => ComponentChildren> = {
    number: () => card?.number,
    received: () => <Times written={report.written} received={report.summary.received} />,
    danger: () => saidOf(report.answers, 1),
    told: () => <AnswersShown answers={report.answers} locale={report.locale} />,
    wish: () => wantedOf(report.answers),
    chronology: () => <Chronology one={one} />,
    level: () => levelWords(level ?? ""),
    categories: () => categoryWords(categories ?? ""),
    summary: () => summary || _("Not set"),
    made: () => inWords([member, made]),
  };
  return <>{words[says]() || <Unknown />}</>;
}

/** The hours that are under the seal, or that the server keeps: neither knows the minute. */
function Times({ written, received }: { written: number | null; received: string }) {
  const came = dayAndTime(Date.parse(received), YEAR_TOO);
  if (written === null) return _("Received %(time)s", { time: came });
  const [from, to] = [momentOf(written), momentOf(written) + HOUR].map((each) => dayAndTime(each, YEAR_TOO));
  return _("Written between %(from)s and %(to)s. Received %(time)s.", { from, to, time: came });
}

function Chronology({ one }: { one: OneReport }) {
  const all = chronology(one.report.value?.thread ?? [], one.card.card.value?.entries ?? []);
  if (all.length === 0) return <Unknown />;
  return (
    <ol>
      {all.map((each, at) => (
        <li key={at}>
          {"changed" in each ? <EntryWriter entry={each} /> : <Writer message={each} />}
          {"changed" in each && changesOf(each).map(([name, words]) => <p key={name}>{words}</p>)}
          <p dir="auto">{"changed" in each ? each.note : each.text}</p>
        </li>
      ))}
    </ol>
  );
}
