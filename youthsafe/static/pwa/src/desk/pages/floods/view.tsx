/** Floods: what nobody took on by hour and step of work, what was closed as junk, and the work that everybody is asked for. */
import { useLayoutEffect, useMemo } from "preact/hooks";
import { dayAndTime, figure } from "../../../lib/dates.ts";
import { Menu } from "../../menu.tsx";
import type { Desk, PageProps } from "../../session/desk.ts";
import { _ } from "../../texts.ts";
import { troubleWords } from "../../trouble_words.ts";
import { useAfterDrawing } from "../../ui/after_drawing.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Heading } from "../../ui/heading.tsx";
import { Notice } from "../../ui/notice.tsx";
import type { ClosedFlood, FloodGroup, Floods } from "../../wire.ts";
import { inboxAddress } from "../inbox/address.ts";
import { type FloodOutcome, type FloodRow, FloodsShown, WORK } from "./floods.ts";
import { WorkPanel } from "./work_panel.tsx";

export function View({ desk }: PageProps) {
  const shown = useMemo(() => new FloodsShown(desk), []);
  useLayoutEffect(() => {
    const leave = desk.shows(shown);
    void shown.refresh();
    return leave;
  }, []);
  useAfterDrawing(shown.afterDrawing);
  const floods = shown.floods.value;
  return (
    <section class="stack">
      <Heading focus={desk.focuses}>{_("Floods")}</Heading>
      <div class="toolbar">
        <Menu desk={desk} current="floods" />
      </div>
      {floods && <Explanation flood={floods.flood} />}
      {!shown.coordinates && (
        <Notice part="coordinators-only">{_("Only a coordinator can change something here.")}</Notice>
      )}
      <Notice kind="warn" alert part="trouble">
        {shown.trouble.value && troubleWords(shown.trouble.value)}
      </Notice>
      <h2>{_("What can be closed at once")}</h2>
      <WaitingBar shown={shown} />
      <Groups desk={desk} shown={shown} />
      <h2>{_("Closed as junk")}</h2>
      <ClosedOnes shown={shown} />
      <Work shown={shown} />
    </section>
  );
}

function Explanation({ flood }: Pick<Floods, "flood">) {
  const { hour, day, few, reading } = flood;
  return (
    <p class="hint">
      {_(
        "Reports are sealed, so nobody can tell junk by what it says. A flood shows by when it came, and by the work that its sender was asked for.",
      )}{" "}
      {_("It is a flood when nobody has claimed very many reports: %(hour)s of one hour, or %(day)s of one day.", {
        hour: figure(hour),
        day: figure(day),
      })}{" "}
      {_(
        "Fewer than %(few)s of one kind are never closed at once, and nothing that somebody opened in the last %(hours)s hours.",
        {
          few: figure(few),
          hours: figure(reading),
        },
      )}
    </p>
  );
}

function WaitingBar({ shown }: { shown: FloodsShown }) {
  const { more, junked } = shown.waiting.value;
  const none = more === 0 && junked === 0;
  return (
    <div class={none ? "news empty-news" : "news"} data-part="news">
      <p class="row-meta row-head" role="status" data-part="news-words">
        {more > 0 && <span>{_("New reports: %(count)s", { count: figure(more) })}</span>}
        {junked > 0 && <span>{_("Closed as junk in the meantime: %(count)s", { count: figure(junked) })}</span>}
      </p>
      <Button kind="primary" part="show-news" hidden={none} onPress={() => shown.showWaiting()}>
        {_("Show them")}
      </Button>
    </div>
  );
}

function Groups({ desk, shown }: { desk: Desk; shown: FloodsShown }) {
  const rows = shown.groups.value;
  const floods = shown.floods.value;
  return (
    <>
      <ul class="rows" data-part="groups" hidden={rows.length === 0}>
        {rows.map((row) => (
          <Group key={row.key} desk={desk} shown={shown} row={row} />
        ))}
      </ul>
      {floods && rows.length === 0 && <p data-part="no-groups">{noFlood(floods)}</p>}
    </>
  );
}

function noFlood({ busiest }: Floods) {
  if (!busiest) return _("No flood. There are no reports that nobody has claimed.");
  return _("No flood. Busiest hour: %(count)s reports that nobody has claimed, %(time)s.", {
    count: figure(busiest.count),
    time: dayAndTime(Date.parse(busiest.hour)),
  });
}

/** What says that somebody is in danger is opened first, one by one; the server refuses anything else too. */
function Group({ desk, shown, row }: { desk: Desk; shown: FloodsShown; row: FloodRow }) {
  const { key, group, gone } = row;
  const { hour, step, urgent, opened } = group;
  const openFirst = urgent && !opened;
  return (
    <li class={rowClass(row)} data-place={key}>
      <GroupBadges group={group} />
      <a class="row-link" data-part="link" href={desk.address(inboxAddress("open", { hour, step }))}>
        <span>{countWords(group)}</span>
      </a>
      {openFirst && (
        <p class="row-meta" data-part="open-first">
          {_("They say that somebody is in danger. Open each of them first.")}
        </p>
      )}
      <p class="actions">
        <Button part="act" hidden={!shown.coordinates || gone || openFirst} onPress={() => void shown.close(row)}>
          {_("Close all as junk")}
        </Button>
      </p>
      <SaidOfPress shown={shown} place={key} />
    </li>
  );
}

function ClosedOnes({ shown }: { shown: FloodsShown }) {
  const rows = shown.closed.value;
  return (
    <>
      <ul class="rows" data-part="closed" hidden={rows.length === 0}>
        {rows.map((row) => (
          <ClosedOne key={row.key} shown={shown} row={row} />
        ))}
      </ul>
      {shown.floods.value && rows.length === 0 && <p data-part="no-closed">{_("Nothing was closed as junk.")}</p>}
    </>
  );
}

function ClosedOne({ shown, row }: { shown: FloodsShown; row: FloodRow<ClosedFlood> }) {
  const { key, group, gone } = row;
  return (
    <li class={rowClass(row)} data-place={key}>
      <GroupBadges group={group} />
      <p>{countWords(group)}</p>
      <p class="actions">
        <Button part="act" hidden={!shown.coordinates || gone} onPress={() => void shown.putBack(row)}>
          {_("Put them back")}
        </Button>
      </p>
      <SaidOfPress shown={shown} place={key} />
    </li>
  );
}

const rowClass = ({ group, gone }: FloodRow): string =>
  ["row", group.urgent ? "urgent" : "", gone ? "gone" : ""].filter(Boolean).join(" ");

function countWords({ hour, count }: FloodGroup) {
  return _("Reports of %(time)s: %(count)s", { time: dayAndTime(Date.parse(hour)), count: figure(count) });
}

function GroupBadges({ group: { urgent, opened, step } }: { group: FloodGroup }) {
  return (
    <p class="row-head" data-part="badges">
      {urgent && <Badge kind="urgent">{_("In danger now")}</Badge>}
      {opened && <Badge>{_("Opened, claimed by nobody")}</Badge>}
      <Badge>{_("Step %(step)s of work", { step: figure(step) })}</Badge>
    </p>
  );
}

const OUTCOMES: Record<FloodOutcome, () => string> = {
  closed: () => _("They are closed. You can put them back below."),
  "put-back": () => _("They are back among the open reports."),
  "work-changed": () => _("Saved. It holds within seconds."),
};

const heldWords = (held: number) => _("On hold, so they stay open: %(count)s", { count: figure(held) });

/** What came of a press stands beside its button. */
function SaidOfPress({ shown, place }: { shown: FloodsShown; place: string }) {
  const pressed = shown.pressed.value.get(place);
  return (
    <>
      <p role="status" data-part="outcome" tabIndex={-1}>
        {pressed && "done" in pressed && OUTCOMES[pressed.done]()}{" "}
        {pressed && "done" in pressed && pressed.held > 0 && heldWords(pressed.held)}
      </p>
      <Notice kind="warn" alert part="trouble">
        {pressed && "trouble" in pressed && pressTrouble(pressed.trouble)}
      </Notice>
    </>
  );
}

function pressTrouble(trouble: Parameters<typeof troubleWords>[0] | "changed") {
  if (trouble !== "changed") return troubleWords(trouble);
  return _("Nothing was changed. More came, or somebody opened one of them, in the meantime. Look again.");
}

function Work({ shown }: { shown: FloodsShown }) {
  const floods = shown.floods.value;
  return (
    <section class="panel stack" data-part="work-panel" data-place={WORK}>
      <h2>{_("Work asked of everybody")}</h2>
      <WorkPanel
        asked={floods}
        mayChange={shown.coordinates}
        onRaise={(step, hours) => void shown.raiseWork(step, hours)}
        onEnd={() => void shown.endWork()}
      />
      <SaidOfPress shown={shown} place={WORK} />
    </section>
  );
}
