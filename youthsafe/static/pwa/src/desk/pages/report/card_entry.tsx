/** An entry of the card between the messages: who wrote it and when, what it changed, and its note. */
import type { ComponentChild } from "preact";
import { dayAndTime } from "../../../lib/dates.ts";
import type { OpenedEntry } from "../../reports/card_state.ts";
import {
  categoryWords,
  dayWords,
  inWords,
  levelWords,
  linesOf,
  outcomeWords,
  referralsOf,
  referralWords,
} from "../../reports/card_terms.ts";
import { namesOf } from "../../reports/same_names.ts";
import { momentOf } from "../../reports/written.ts";
import { _ } from "../../texts.ts";
import { Notice } from "../../ui/notice.tsx";

export function CardEntry({ entry }: { entry: OpenedEntry }) {
  const { broken, gap, note } = entry;
  return (
    <li class="message noted" data-part="entry">
      <p class="row-meta" data-part="head">
        <span>
          <EntryWriter entry={entry} />
        </span>
      </p>
      <Notice kind="warn" part="gap">
        {gap && _("An entry before this one is missing. Tell your coordinator.")}
      </Notice>
      {changesOf(entry).map(([name, words]) => (
        <p key={name}>{words}</p>
      ))}
      {note && (
        <p data-part="note" dir="auto">
          {note}
        </p>
      )}
      <p class="row-meta" data-part="verdict">
        {broken
          ? _("This entry is not shown: it was changed, or was not written by your team.")
          : _("Checked: written by your team, on the case card. Only the team sees it.")}
      </p>
    </li>
  );
}

export function EntryWriter({ entry: { written, received, name } }: { entry: OpenedEntry }) {
  if (written === null) return _("On the case card, %(time)s", { time: dayAndTime(Date.parse(received)) });
  return _("%(name)s, written %(time)s", { name, time: dayAndTime(momentOf(written)) });
}

/** A line for each thing that it changed, by its name. */
export function changesOf({ changed, state, signs, to, linked }: OpenedEntry): [string, ComponentChild][] {
  const { level, categories, summary, wait, handed, outcome } = changed;
  const lines: [string, ComponentChild][] = [];
  if (level !== undefined) lines.push(["level", _("Level: %(level)s", { level: levelWords(level) })]);
  if (categories !== undefined) {
    lines.push(["categories", _("Categories: %(list)s", { list: categoryWords(categories) })]);
  }
  if (summary !== undefined) lines.push(["summary", _("Summary: %(text)s", { text: summary || _("Not set") })]);
  if (changed.named !== undefined) lines.push(["named", namedWords(changed.named)]);
  if (changed.step !== undefined || changed.day !== undefined) {
    lines.push(["step", _("Next step: %(step)s", { step: stepWords(state) })]);
  }
  if (wait !== undefined) lines.push(["wait", _("Wait until: %(day)s", { day: wait ? dayWords(wait) : _("Not set") })]);
  for (const referral of referralsOf(changed.referrals ?? "")) {
    lines.push([`referral ${linesOf([referral])}`, referralWords(referral)]);
  }
  if (changed.referrals === "") lines.push(["referral", _("Referrals: none any more")]);
  if (changed.links !== undefined) lines.push(["links", linkWords(linked)]);
  if (handed) lines.push(["handed", handedWords(to)]);
  if (handed === "") lines.push(["handed", _("Took what was handed over.")]);
  if (outcome !== undefined) lines.push(["outcome", _("Outcome: %(outcome)s", { outcome: outcomeWords(outcome) })]);
  if (signs > 0) lines.push(["signs", _("Signed the outcome, as a second person.")]);
  return lines;
}

function stepWords({ step, day }: OpenedEntry["state"]): ComponentChild {
  return step && day ? _("%(step)s, on %(day)s", { step, day: dayWords(day) }) : _("Not set");
}

function namedWords(named: string): ComponentChild {
  return named ? _("Named: %(list)s", { list: inWords(namesOf(named)) }) : _("Named: nobody and nothing any more");
}

function linkWords(linked: OpenedEntry["linked"]): ComponentChild {
  if (linked.length === 0) return _("The same thing: no other report any more");
  return _("The same thing: %(list)s", { list: inWords(linked.map(({ number }) => number)) });
}

function handedWords(to: string): ComponentChild {
  const somebody = _("Somebody who has left");
  return _("Handed over to: %(name)s", { name: to || somebody });
}
