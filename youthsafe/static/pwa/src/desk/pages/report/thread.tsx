/** The messages both ways, and in words whether each was checked. A message keeps the white space that was typed. */
import { TO_TEAM } from "../../../crypto/envelope.ts";
import { dayAndTime, figure } from "../../../lib/dates.ts";
import type { OpenedMessage } from "../../reports/opening.ts";
import { momentOf } from "../../reports/written.ts";
import { _ } from "../../texts.ts";
import { Notice } from "../../ui/notice.tsx";

export function Thread({ messages }: { messages: readonly OpenedMessage[] }) {
  return (
    <ol class="thread" data-part="thread">
      {messages.map((message, at) => (
        // The server may give one message twice, so an id alone is no key.
        <Message key={`${message.id} ${at}`} message={message} />
      ))}
    </ol>
  );
}

function Message({ message }: { message: OpenedMessage }) {
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
          {text}
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
function Writer({ message: { direction, written, received } }: { message: OpenedMessage }) {
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
