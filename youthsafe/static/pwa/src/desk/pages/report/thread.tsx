/** The messages both ways, and in words whether each was checked. A message keeps the white space that was typed. */
import { hourOf } from "../../../crypto/content.ts";
import { TO_TEAM } from "../../../crypto/envelope.ts";
import { dayAndTime, figure } from "../../../lib/dates.ts";
import type { OpenedEntry } from "../../reports/card_state.ts";
import { type Cover, partsOf } from "../../reports/first_look.ts";
import type { OpenedMessage } from "../../reports/opening.ts";
import { momentOf } from "../../reports/written.ts";
import { _ } from "../../texts.ts";
import { Notice } from "../../ui/notice.tsx";
import { CardEntry } from "./card_entry.tsx";
import { CoveredText } from "./covered_text.tsx";

export interface ThreadProps {
  messages: readonly OpenedMessage[];
  entries?: readonly OpenedEntry[];
  /** At the first look: of what the person wrote. */
  cover?: Cover | false;
}

/** Messages, and the entries of the card between them. */
export function Thread({ messages, entries = [], cover = false }: ThreadProps) {
  return (
    <ol class="thread" data-part="thread">
      {chronology(messages, entries).map((each, at) =>
        // The server may give one message twice, so an id alone is no key.
        "changed" in each ? (
          <CardEntry key={`${each.hash} ${at}`} entry={each} />
        ) : (
          <Message key={`${each.id} ${at}`} message={each} cover={each.direction === TO_TEAM && cover} />
        ),
      )}
    </ol>
  );
}

const hourOfWriting = ({ written, received }: OpenedMessage | OpenedEntry): number =>
  written ?? hourOf(Date.parse(received));

/** Each kind in its own order; of one hour, the messages first. */
export function chronology(messages: readonly OpenedMessage[], entries: readonly OpenedEntry[]) {
  const waiting = [...entries];
  const before = messages.flatMap((message) => {
    const at = waiting.findIndex((entry) => hourOfWriting(entry) >= hourOfWriting(message));
    return [...waiting.splice(0, at < 0 ? waiting.length : at), message];
  });
  return [...before, ...waiting];
}

function Message({ message, cover }: { message: OpenedMessage; cover: Cover | false }) {
  const { direction, verdict, gap, lost, unseen, text, locale } = message;
  const checked = verdict === "checked";
  return (
    <li class={direction === TO_TEAM ? "message theirs" : "message ours"}>
      <p class="row-meta" data-part="head">
        <Writer message={message} />
      </p>
      <Notice kind="warn" part="gap">
        {gap && _("A message before this one is missing. Tell your coordinator.")}
      </Notice>
      <Notice kind="warn" part="lost">
        {lost &&
          _(
            "This message names one from the other side that is not here. Somebody may have left it out. Tell your coordinator.",
          )}
      </Notice>
      {checked && (
        <p data-part="text" dir="auto" lang={locale}>
          {cover === false ? text : <CoveredText parts={partsOf(text, cover)} />}
        </p>
      )}
      <p class="row-meta" data-part="verdict">
        {verdictWords(message)}
      </p>
      {unseen > 0 && (
        <p class="row-meta" data-part="unseen">
          {_("Answers that they had not seen when they wrote this: %(number)s", { number: figure(unseen) })}
        </p>
      )}
    </li>
  );
}

/** Who wrote it and when, by the seal where it opened. */
export function Writer({ message: { direction, written, received } }: { message: OpenedMessage }) {
  const theirs = direction === TO_TEAM;
  if (written === null) {
    const time = dayAndTime(Date.parse(received));
    return theirs ? _("From the person, %(time)s", { time }) : _("From the team, %(time)s", { time });
  }
  const time = dayAndTime(momentOf(written));
  return theirs ? _("From the person, written %(time)s", { time }) : _("From the team, written %(time)s", { time });
}

function verdictWords({ verdict, direction }: OpenedMessage): string {
  if (verdict === "broken") return _("This message is not shown: it was changed, or was not written by who it says.");
  if (direction === TO_TEAM) return _("Checked: written by the person who sent this report.");
  return _("Checked: written by this team.");
}
