/** The lines of a list. What the team wrote on a report's card stands at its line as soon as the key worker has read it. */
import { dayAndTime } from "../../../lib/dates.ts";
import { Badges, Facts } from "../../reports/badges.tsx";
import type { Desk } from "../../session/desk.ts";
import { _ } from "../../texts.ts";
import { reportAddress } from "../report/address.ts";
import { CardFacts } from "./card_facts.tsx";
import type { Line } from "./list.ts";

export interface RowsProps {
  desk: Desk;
  lines: readonly Line[];
  listed: boolean;
}

export function Rows({ desk, lines, listed }: RowsProps) {
  return (
    <ul class="rows">
      {lines.map((line) => (
        <Row key={line.report.id} desk={desk} line={line} listed={listed} />
      ))}
    </ul>
  );
}

/** A line that is gone, or damaged at the server, leads nowhere. */
function Row({ desk, line, listed }: { desk: Desk; line: Line; listed: boolean }) {
  const { report, gone } = line;
  const { session } = desk;
  const card = desk.cards.lines.value.get(report.id);
  if (!session) return null;
  if (report.damaged) return <DamagedRow id={report.id} gone={gone} />;
  const classes = ["row", report.urgent && report.state !== "closed" ? "urgent" : "", gone ? "gone" : ""];
  return (
    <li class={classes.filter(Boolean).join(" ")} data-report={report.id}>
      <p class="row-head" data-part="badges">
        <Badges
          report={report}
          session={session}
          now={Date.now()}
          listed={listed}
          wantsReply={!desk.noReply.has(report.id)}
          unsent={desk.drafts.of(report.id) !== ""}
        />
      </p>
      <a class="row-open" data-part="link" href={gone ? undefined : desk.address(reportAddress(report.id))}>
        <span>
          {card && <bdi>{card.number} · </bdi>}
          {_("Report of %(time)s", { time: dayAndTime(Date.parse(report.received)) })}
        </span>
      </a>
      {card && <CardFacts state={card.state} closed={report.state === "closed"} />}
      <p class="row-meta row-head" data-part="facts">
        {gone ? <span>{_("No longer in this list")}</span> : <Facts report={report} session={session} />}
      </p>
    </li>
  );
}

function DamagedRow({ id, gone }: { id: string; gone: boolean }) {
  return (
    <li class={gone ? "row gone" : "row"} data-report={id}>
      <p class="row-head" data-part="badges" />
      <span class="row-open" data-part="link">
        {_("This report cannot be read: what the server keeps of it is damaged. Tell your coordinator today.")}
      </span>
      <p class="row-meta row-head" data-part="facts">
        {gone && <span>{_("No longer in this list")}</span>}
      </p>
    </li>
  );
}
