/** A list of reports, and above it what is new. */
import { useLayoutEffect, useMemo } from "preact/hooks";
import { clock, dayAndTime, figure } from "../../../lib/dates.ts";
import { Menu } from "../../menu.tsx";
import type { Desk, PageProps } from "../../session/desk.ts";
import { may } from "../../session/session.ts";
import { _ } from "../../texts.ts";
import { troubleWords } from "../../trouble_words.ts";
import { useAfterDrawing } from "../../ui/after_drawing.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty_state.tsx";
import { Heading } from "../../ui/heading.tsx";
import { Notice } from "../../ui/notice.tsx";
import type { Stopped } from "../../wire.ts";
import { reportAddress } from "../report/address.ts";
import { TAKING_REPORTS } from "../taking_reports/address.ts";
import { closedItself } from "../taking_reports/words.ts";
import { type Arrival, inboxAddress, type Tab } from "./address.ts";
import { InboxList } from "./list.ts";
import { Rows, type RowsProps } from "./rows.tsx";
import { SearchBox } from "./search_box.tsx";
import { groupsOf, TURNS, type WhoseTurn } from "./turns.ts";

/** The list that was left for a report, or a new one, at the place where it was when the page was locked. */
function listFor({ desk, visit }: PageProps): InboxList {
  if (desk.list instanceof InboxList) return desk.list;
  const list = new InboxList(desk, visit, null);
  if (desk.place?.at !== list.at) return list;
  return new InboxList(desk, visit, desk.place);
}

export function View({ desk, visit }: PageProps) {
  const list = useMemo(() => listFor({ desk, visit }), []);
  const focus = useMemo(() => desk.focuses && !list.wasLeft, []);
  useLayoutEffect(() => {
    [desk.list, desk.place] = [list, null];
    const leave = desk.shows(list);
    list.resume();
    void list.refresh();
    return leave;
  }, []);
  useAfterDrawing(list.afterDrawing);
  const looked = list.looked.value;
  const lines = list.lines.value;
  return (
    <section class="stack">
      <Heading focus={focus}>{_("Reports")}</Heading>
      <div class="toolbar">
        <Menu desk={desk} current={list.tab} />
        <p class="hint" data-part="fresh" hidden={looked === null}>
          {looked !== null && _("Last looked at %(time)s. The list refreshes by itself.", { time: clock(looked) })}
        </p>
      </div>
      {list.only && <Narrowed desk={desk} tab={list.tab} only={list.only} />}
      <Notice kind="warn" alert part="trouble">
        {list.trouble.value && troubleWords(list.trouble.value)}
      </Notice>
      <StoppedNotice desk={desk} stopped={list.stopped.value} />
      <TakenBackNotices list={list} />
      <div class="stack" data-part="unsent">
        {list.unsentElsewhere.value.map((id) => (
          <UnsentElsewhere key={id} desk={desk} id={id} />
        ))}
      </div>
      <WaitingBar list={list} />
      {lines.length > 0 && <SearchBox desk={desk} search={list.search} due={list.due} />}
      <div class="stack" data-part="list" hidden={lines.length === 0 || list.search.asks}>
        {list.tab === "closed" ? (
          <Rows desk={desk} lines={lines} listed />
        ) : (
          groupsOf(lines).map((group, at) => <Group key={at} desk={desk} {...group} listed={list.tab === "open"} />)
        )}
      </div>
      <p class="actions">
        <Button part="more" hidden={!list.goesOn.value || list.search.asks} onPress={() => void list.more()}>
          {_("Show more")}
        </Button>
      </p>
      {looked !== null && lines.length === 0 && <EmptyList tab={list.tab} />}
    </section>
  );
}

function Narrowed({ desk, tab, only: { hour, step } }: { desk: Desk; tab: Tab; only: Arrival }) {
  const slots = { time: dayAndTime(Date.parse(hour)), step: figure(step) };
  return (
    <Notice part="narrowed">
      {_("Only what came at %(time)s and cost step %(step)s of work.", slots)}{" "}
      <a class="row-link" data-part="all" href={desk.address(inboxAddress(tab))}>
        {_("Show all")}
      </a>
    </Notice>
  );
}

/** Nobody forgets that pupils cannot write. */
function StoppedNotice({ desk, stopped }: { desk: Desk; stopped: Stopped | null }) {
  if (stopped === null) return null;
  const { since, reason } = stopped;
  if (reason !== "member") {
    return (
      <Notice kind="warn" part="stopped">
        {closedItself({ since, reason })}
      </Notice>
    );
  }
  const mayEndIt = desk.session !== null && may(desk.session, "form:stop");
  return (
    <Notice kind="warn" part="stopped">
      {_("Since %(time)s no reports are taken: pupils see that the form is closed.", {
        time: dayAndTime(Date.parse(since)),
      })}{" "}
      {mayEndIt ? (
        <a class="row-link" href={desk.address(TAKING_REPORTS)}>
          {_("Take reports again")}
        </a>
      ) : (
        _("A coordinator can take reports again.")
      )}
    </Notice>
  );
}

function TakenBackNotices({ list }: { list: InboxList }) {
  return (
    <div class="stack" role="status" data-part="taken-back">
      {list.takenBack.value.map(({ team, hour, count }) => (
        <Notice key={`${team} ${hour}`} kind="warn">
          {_(
            "Reports that said “in danger now” and were taken back before anybody opened them: %(count)s. Hour: %(time)s. Nobody can read what they said.",
            { count: figure(count), time: dayAndTime(Date.parse(hour)) },
          )}
        </Notice>
      ))}
    </div>
  );
}

function UnsentElsewhere({ desk, id }: { desk: Desk; id: string }) {
  return (
    <Notice>
      {_("An answer of yours is not sent, and its report is not in this list.")}{" "}
      <a class="row-link" data-part="link" href={desk.address(reportAddress(id))}>
        {_("Open that report")}
      </a>
    </Notice>
  );
}

/** What came since the list was put in order waits here, and is told once. */
function WaitingBar({ list }: { list: InboxList }) {
  const { arrived, urgent, again } = list.waiting.value;
  const none = arrived === 0 && again === 0;
  return (
    <div
      class={["news", urgent > 0 ? "urgent" : "", none ? "empty-news" : ""].filter(Boolean).join(" ")}
      data-part="news"
    >
      <p class="row-meta row-head" role="status" data-part="news-words">
        {arrived > 0 && <span>{_("New reports: %(count)s", { count: figure(arrived) })}</span>}
        {urgent > 0 && <span>{_("In danger now: %(count)s", { count: figure(urgent) })}</span>}
        {again > 0 && <span>{_("Wrote again: %(count)s", { count: figure(again) })}</span>}
      </p>
      <Button kind="primary" part="show-news" hidden={none} onPress={() => list.showWaiting()}>
        {_("Show them")}
      </Button>
    </div>
  );
}

function Group({ turn, ...rows }: RowsProps & { turn: WhoseTurn }) {
  return (
    <section class="group" data-turn={turn}>
      <h2>
        {TURNS[turn]()} <span class="hint">{figure(rows.lines.length)}</span>
      </h2>
      <Rows {...rows} />
    </section>
  );
}

function EmptyList({ tab }: { tab: Tab }) {
  if (tab === "open") {
    return <EmptyState name={tab}>{_("No open reports. When a new one comes, it shows here.")}</EmptyState>;
  }
  if (tab === "mine") {
    return <EmptyState name={tab}>{_("You have claimed no reports. Open one and claim it to answer it.")}</EmptyState>;
  }
  return <EmptyState name={tab}>{_("No closed reports.")}</EmptyState>;
}
