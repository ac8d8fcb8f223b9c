/** One report's page. */
import { useLayoutEffect, useMemo, useState } from "preact/hooks";
import { dayAndTime, languageName } from "../../../lib/dates.ts";
import { Badges, Facts } from "../../reports/badges.tsx";
import { toSign } from "../../reports/card_state.ts";
import { outcomeWords } from "../../reports/card_terms.ts";
import { isCovered } from "../../reports/first_look.ts";
import type { Alarm, OpenedReport } from "../../reports/opening.ts";
import { momentOf } from "../../reports/written.ts";
import type { PageProps } from "../../session/desk.ts";
import type { Session } from "../../session/session.ts";
import { useShortcuts } from "../../shortcuts.ts";
import { _ } from "../../texts.ts";
import { troubleWords } from "../../trouble_words.ts";
import { useAfterDrawing } from "../../ui/after_drawing.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty_state.tsx";
import { Heading } from "../../ui/heading.tsx";
import { Intact } from "../../ui/intact.tsx";
import { Notice } from "../../ui/notice.tsx";
import { AnswerView } from "./answer_view.tsx";
import { AnswersShown, Wish } from "./answers_shown.tsx";
import { CardStanding } from "./card_standing.tsx";
import { CardView } from "./card_view.tsx";
import { ClosingView } from "./closing_view.tsx";
import { DrillView } from "./drill_view.tsx";
import { HandedToMe, HandingView } from "./handing_view.tsx";
import { LinkingView } from "./linking_view.tsx";
import { Pattern } from "./naming_view.tsx";
import type { Action } from "./news.ts";
import { SaidHere } from "./notes.tsx";
import { OneReport } from "./one_report.ts";
import { ReferringView } from "./referring_view.tsx";
import { Thread } from "./thread.tsx";

/** With its key, where it has one. */
const ACTIONS: readonly [Action, () => string, string?][] = [
  ["claim", () => _("Claim"), "t"],
  ["release", () => _("Release")],
  ["hand-over", () => _("Hand over"), "h"],
  ["close", () => _("Close report"), "c"],
  ["reopen", () => _("Open again")],
  ["hold", () => _("Put on hold")],
  ["lift", () => _("Lift the hold")],
];

export function View({ desk, visit }: PageProps) {
  const one = useMemo(() => new OneReport(desk, visit.id), []);
  const [failed, setFailed] = useState(false);
  useLayoutEffect(() => {
    const leave = desk.shows(one);
    void one.refresh();
    return leave;
  }, []);
  useShortcuts(desk);
  useAfterDrawing(one.afterDrawing);
  const phase = one.phase.value;
  const trouble = one.trouble.value ?? (failed ? "drawing" : null);
  return (
    <article class="stack">
      <p class="back">
        <a data-part="back" href={desk.back} aria-keyshortcuts="Escape">
          {_("All reports")}
        </a>
      </p>
      <Heading focus={desk.focuses} part="heading">
        {_("One report")}
      </Heading>
      <Notice kind="warn" alert part="trouble">
        {trouble && troubleWords(trouble)}
      </Notice>
      {phase === "wait" && <EmptyState part="wait">{_("Opening the report in this browser…")}</EmptyState>}
      {phase === "open" && one.report.value?.drill ? (
        <DrillView one={one} />
      ) : (
        (phase === "open" || phase === "sealed" || phase === "gone") && (
          <Body desk={desk} one={one} onFailure={() => setFailed(true)} />
        )
      )}
    </article>
  );
}

type Failing = { onFailure: () => void };

/** Each part is drawn though another cannot be. */
function Body({ desk, one, onFailure }: Pick<PageProps, "desk"> & Failing & { one: OneReport }) {
  const { session } = desk;
  const report = one.report.value;
  const card = one.card.card.value;
  const closing = one.closing.asked.value && one.offered.value.close;
  const handing = one.handing.asked.value && one.offered.value["hand-over"];
  if (!session) return null;
  return (
    <div class="stack" data-part="body">
      {report && (
        <>
          <Intact of={report} onFailure={onFailure}>
            <Head report={report} session={session} />
            {card && <CardStanding card={card} summary={report.summary} />}
            <Pattern one={one} />
          </Intact>
          <Alarms alarms={report.alarms} />
          <Notice kind="warn" part="withdrawn">
            {report.summary.withdrawn &&
              _(
                "The website says that the person took this report back after it was opened. Do nothing more with it, unless somebody may be in danger.",
              )}
          </Notice>
        </>
      )}
      <div class="beside">
        {report && one.phase.value === "open" && <Words report={report} one={one} onFailure={onFailure} />}
        <div class="stack beside-hand">
          <HandedToMe one={one} />
          <ClaimFirst one={one} />
          <AnswerView
            box={one.answer}
            card={one.card}
            sending={one.sending}
            languages={desk.languages}
            away={closing || handing}
            onType={() => one.said.goOn()}
          />
          {closing && <ClosingView one={one} />}
          {handing && !closing && <HandingView one={one} />}
          <SaidHere said={one.said} show={() => one.showMessage()} />
          <Signing one={one} />
          {!closing && !handing && <Actions one={one} />}
        </div>
        {one.phase.value === "open" && (
          <div class="stack">
            <CardView desk={desk} one={one} />
            <LinkingView desk={desk} one={one} />
            <ReferringView one={one} member={session.member.name} />
          </div>
        )}
      </div>
    </div>
  );
}

function Head({ report, session }: { report: OpenedReport; session: Session }) {
  const { summary, written, locale, wantsReply } = report;
  return (
    <>
      <p class="row-head" data-part="badges">
        <Badges report={summary} session={session} now={Date.now()} wantsReply={wantsReply} />
      </p>
      <p class="row-meta row-head" data-part="facts">
        <span>{_("Received %(time)s", { time: dayAndTime(Date.parse(summary.received)) })}</span>
        {written !== null && <span>{_("Written %(time)s", { time: dayAndTime(momentOf(written)) })}</span>}
        {locale && <span>{_("Written in %(language)s", { language: languageName(locale) })}</span>}
        <Facts report={summary} session={session} />
      </p>
    </>
  );
}

const ALARMS: Record<Alarm, () => string> = {
  thread: () =>
    _(
      "Part of this report does not open or is not from who it says. Do not trust what is missing. Tell your coordinator today.",
    ),
  missing: () => _("The server does not show all the messages of this report. Tell your coordinator today."),
  order: () =>
    _("The messages of this report came in the wrong order. They are put right here. Tell your coordinator today."),
  hour: () =>
    _(
      "The times do not fit: something here was written after it came, or more than 90 days before. The clock of a phone may be wrong, or somebody may show you something old as new. Compare “Written” with “Received”, and tell your coordinator.",
    ),
  tip: () => _("The server does not show all the answers of this team. Tell your coordinator today."),
  mailbox: () =>
    _("The mailbox of this report was exchanged, so nothing can be sent to it. Tell your coordinator today."),
};

function Alarms({ alarms }: { alarms: readonly Alarm[] }) {
  return (
    <div role="alert" class="stack" data-part="alarms">
      {alarms.map((alarm) => (
        <Notice key={alarm} kind="warn">
          {ALARMS[alarm]()}
        </Notice>
      ))}
    </div>
  );
}

function Words({ report, one, onFailure }: Failing & { report: OpenedReport; one: OneReport }) {
  const { answers, locale, thread, wantsReply } = report;
  const entries = one.card.card.value?.entries ?? [];
  const cover = one.isFirstLook && one.cover;
  return (
    <div class="stack" data-part="words">
      <section class="panel" aria-labelledby="told-title">
        <h2 id="told-title">{_("What they told us")}</h2>
        <Intact of={report} onFailure={onFailure}>
          <Wish answers={answers} />
          <AnswersShown answers={answers} locale={locale} cover={cover} />
          <FirstLook shown={cover !== false && isCovered(report, cover)} />
        </Intact>
        {answers.length === 0 && (
          <EmptyState part="nothing">{_("They sent the report without answering any question.")}</EmptyState>
        )}
      </section>
      <section class="panel stack" aria-labelledby="thread-title">
        <h2 id="thread-title">{_("Messages")}</h2>
        <Notice part="no-reply">
          {!wantsReply && _("This person did not want a reply, so nobody can write to them.")}
        </Notice>
        {thread.length === 0 && entries.length === 0 && wantsReply && (
          <p class="hint" data-part="silence">
            {_("No messages yet.")}
          </p>
        )}
        <Intact of={report} onFailure={onFailure}>
          <Thread messages={thread} entries={entries} cover={cover} />
        </Intact>
      </section>
    </div>
  );
}

function FirstLook({ shown }: { shown: boolean }) {
  return (
    <Notice part="first-look">
      {shown && (
        <>
          {_(
            "Names, places, faith and origin are covered until the level is chosen, as far as this browser knows them.",
          )}{" "}
          <Button kind="quiet" part="to-level" onPress={() => document.getElementById("card-level")?.focus()}>
            {_("Choose the level")}
          </Button>
        </>
      )}
    </Notice>
  );
}

function ClaimFirst({ one }: { one: OneReport }) {
  return (
    <Notice part="claim-first">
      {one.offered.value.claim &&
        one.report.value?.answerable &&
        _("Claim this report to answer it. Then others see that you claimed it.")}
    </Notice>
  );
}

/** What waits for a second person, for one who did not write it. */
function Signing({ one }: { one: OneReport }) {
  const card = one.card.card.value;
  if (!card || toSign(card) === 0) return null;
  return (
    <section class="panel stack" aria-labelledby="signing-title" data-part="signing">
      <h2 id="signing-title">{_("A second person is needed")}</h2>
      <p>
        {_(
          "The outcome is on the case card: %(outcome)s. This is about sexual abuse, so somebody else reads it all and signs.",
          { outcome: outcomeWords(card.state.outcome ?? "") },
        )}
      </p>
      <Button part="sign" busy={one.card.busy.value} onPress={() => void one.sign()}>
        {_("Sign the outcome")}
      </Button>
    </section>
  );
}

function Actions({ one }: { one: OneReport }) {
  const withdrawn = one.report.value?.summary.withdrawn ?? false;
  return (
    <div class="actions" data-part="actions">
      {ACTIONS.map(([action, words, shortcut]) => (
        <Button
          key={action}
          action={action}
          shortcut={shortcut}
          kind={action === "claim" && !withdrawn ? "primary" : "plain"}
          hidden={!one.offered.value[action]}
          busy={one.busy.value.has(action)}
          onPress={() => void one.act(action)}
        >
          {words()}
        </Button>
      ))}
    </div>
  );
}
