/** Trail: one sentence for each thing that somebody did, whether all of it leads to the heads, and the heads to compare. */
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { figure } from "../../../lib/dates.ts";
import { Menu } from "../../menu.tsx";
import type { Desk, PageProps } from "../../session/desk.ts";
import { _, ngettext } from "../../texts.ts";
import { troubleWords } from "../../trouble_words.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Heading } from "../../ui/heading.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Progress } from "../../ui/progress.tsx";
import { reportAddress } from "../report/address.ts";
import { type CheckedEntry, linesOf } from "./checking.ts";
import { exportTrail } from "./exporting.ts";
import type { ChainHead } from "./given.ts";
import { chainName, timeWords, told } from "./naming.ts";
import { type LookedFor, TrailShown } from "./trail.ts";
import { faultWords, sentence } from "./words.tsx";

interface Shows {
  shown: TrailShown;
}

export function View({ desk }: PageProps) {
  const shown = useMemo(() => new TrailShown(desk), []);
  useLayoutEffect(() => {
    const leave = desk.shows(shown);
    void shown.refresh();
    return leave;
  }, []);
  const fetched = shown.fetched.value;
  return (
    <section class="stack">
      <Heading focus={desk.focuses}>{_("Trail")}</Heading>
      <div class="toolbar">
        <Menu desk={desk} current="trail" />
      </div>
      <p class="hint">
        {_("Who did what to which report, and when. Nothing here says what is in one.")}{" "}
        {_("“The server” is its clock, or somebody who typed a command there.")}
      </p>
      <Alarm shown={shown} />
      <Notice kind="warn" alert part="trouble">
        {shown.trouble.value && troubleWords(shown.trouble.value)}
      </Notice>
      {fetched && <Tools shown={shown} />}
      <NewerBar shown={shown} />
      {fetched && (
        <>
          <ul class="rows" data-part="entries">
            {shown.entries.value.map((entry) => (
              <Entry key={entry.number} desk={desk} shown={shown} entry={entry} />
            ))}
          </ul>
          <p class="actions">
            <Button part="more" hidden={!shown.isMore.value} onPress={() => void shown.showMore()}>
              {_("Show more")}
            </Button>
          </p>
          <Heads shown={shown} heads={fetched.heads} />
        </>
      )}
    </section>
  );
}

/** What is broken is said first and by name. */
function Alarm({ shown }: Shows) {
  const faults = shown.fetched.value?.faults ?? [];
  return (
    <div role="alert" data-part="alarm">
      {faults.length > 0 && (
        <div class="notice warn">
          <div class="stack">
            <p>
              <strong>
                {_("The trail is broken. Tell the other coordinators, and whoever runs the server, before you go on.")}
              </strong>
            </p>
            <ul>
              {faults.map((fault) => (
                <li key={`${fault.kind} ${fault.chain} ${fault.number}`}>
                  {faultWords(fault, chainName(shown, fault.chain))}
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
    </div>
  );
}

function Tools({ shown }: Shows) {
  const gathering = shown.gathering.value;
  const count = shown.fetched.value?.entries.length ?? 0;
  return (
    <>
      <div class="toolbar">
        {shown.chains.value.length > 1 && <Choice shown={shown} />}
        <p class="actions">
          <Button part="export" busy={gathering !== null} onPress={() => void exportTrail(shown)}>
            {_("Export as a table")}
          </Button>
          <Button part="print" onPress={() => print()}>
            {_("Print")}
          </Button>
        </p>
      </div>
      <Progress part="progress">
        {gathering && _("Entries fetched: %(count)s", { count: figure(count) })}
        {!gathering &&
          shown.saved.value &&
          _("Saved as %(name)s in your downloads. It names colleagues and reports: keep it where the trail may lie.", {
            name: shown.saved.value,
          })}
      </Progress>
    </>
  );
}

function Choice({ shown }: Shows) {
  return (
    <Field
      id="trail-chain"
      label={_("Of what")}
      control={(props) => (
        <select
          {...props}
          data-part="chain"
          value={shown.only.value}
          autocomplete="off"
          onChange={({ currentTarget }) => void shown.choose(currentTarget.value)}
        >
          <option value="">{_("Everything")}</option>
          {shown.chains.value.map((chain) => (
            <option key={chain} value={chain}>
              {chainName(shown, chain)}
            </option>
          ))}
        </select>
      )}
    />
  );
}

function NewerBar({ shown }: Shows) {
  const none = !shown.hasNewer.value;
  return (
    <div class={none ? "news empty-news" : "news"} data-part="news">
      <p class="row-meta" role="status">
        {!none && _("There are newer entries.")}
      </p>
      <Button kind="primary" part="show-news" hidden={none} onPress={() => void shown.begin()}>
        {_("Show them")}
      </Button>
    </div>
  );
}

function Entry({ desk, shown, entry }: Shows & { desk: Desk; entry: CheckedEntry }) {
  const words = <span>{sentence(entry.action, told(shown, entry))}</span>;
  return (
    <li class="row" data-entry={entry.number}>
      {shown.leads(entry) ? (
        <a class="row-open" href={desk.address(reportAddress(entry.subject ?? ""))}>
          {words}
        </a>
      ) : (
        <span class="row-open">{words}</span>
      )}
      <span class="row-meta">
        <span>
          <bdi>{timeWords(entry.at)}</bdi>
        </span>{" "}
        {!shown.only.value && (
          <span>
            <bdi>{chainName(shown, entry.chain)}</bdi>
          </span>
        )}
      </span>
      {!entry.fits && (
        <Badge kind="warn">{_("Entry %(number)s: does not fit", { number: figure(entry.number) })}</Badge>
      )}
    </li>
  );
}

function Heads({ shown, heads }: Shows & { heads: readonly ChainHead[] }) {
  return (
    <section class="panel stack" data-part="heads">
      <h2>{_("Heads to compare")}</h2>
      <p>
        {_(
          "Read them to somebody who reads the same trail, at the same moment: they must see the same. Each daily mail to coordinators has the heads of its morning.",
        )}
      </p>
      <dl>
        {heads.map((head) => (
          <div key={head.chain} data-chain={head.chain}>
            <dt>
              <bdi>{chainName(shown, head.chain)}</bdi>{" "}
              <span class="row-meta">{_("newest entry: %(number)s", { number: figure(head.number) })}</span>
            </dt>
            <dd>
              {head.head &&
                linesOf(head.head).map((line) => (
                  <code key={line} dir="ltr" translate={false}>
                    {line}
                    <br />
                  </code>
                ))}
            </dd>
          </div>
        ))}
      </dl>
      <p role="status" data-part="checked">
        <Checked shown={shown} />
      </p>
      <LookFor shown={shown} />
    </section>
  );
}

/** What was checked, and what cannot be. */
function Checked({ shown }: Shows) {
  const fetched = shown.fetched.value;
  if (!fetched) return null;
  const count = fetched.entries.length;
  const slots = { count: figure(count) };
  return (
    <>
      {fetched.faults.length > 0 &&
        _("This browser checked every entry that it fetched, and not all of them fit: see above.")}
      {fetched.faults.length === 0 &&
        (fetched.next === null
          ? ngettext(
              "This browser checked %(count)s entry: it is whole, from the beginning of its chain to its head.",
              "This browser checked all %(count)s entries: they are whole, from the beginning of each chain to its head.",
              count,
              slots,
            )
          : ngettext(
              "This browser checked the newest %(count)s entry: it leads to its head without a gap.",
              "This browser checked the newest %(count)s entries: they lead to the heads without a gap.",
              count,
              slots,
            ))}{" "}
      {_("It cannot see what was cut off together with its head; a head that somebody kept shows that.")}{" "}
      {_("Whoever runs the server checks every chain and every card with %(command)s.", {
        command: <code dir="ltr">youthsafe audit verify</code>,
      })}
    </>
  );
}

function LookFor({ shown }: Shows) {
  const input = useRef<HTMLTextAreaElement>(null);
  const found = shown.lookedFor.value;
  return (
    <form
      class="stack"
      data-part="look-for"
      onSubmit={(event) => {
        event.preventDefault();
        void shown.lookFor(input.current?.value ?? "");
      }}
    >
      <Field
        id="trail-head"
        label={_("A head from a mail or from a colleague")}
        error={found === "malformed" && _("A head has 64 digits and letters from a to f. Paste all of it.")}
        control={(props) => (
          <textarea {...props} ref={input} rows={2} dir="ltr" spellcheck={false} autocomplete="off" data-part="head" />
        )}
      />
      <p class="actions">
        <Button sends busy={shown.gathering.value !== null}>
          {_("Look for it")}
        </Button>
      </p>
      <p role="status" data-part="found">
        {found && found !== "malformed" && found !== "missing" && foundWords(shown, found)}
      </p>
      <Notice kind="warn" alert part="missing">
        {found === "missing" &&
          _(
            "No entry has this head. Compare it once more. If it is right, the trail was changed: tell the other coordinators.",
          )}
      </Notice>
    </form>
  );
}

const foundWords = (shown: TrailShown, { found }: Exclude<LookedFor, string>) =>
  _("It is entry %(number)s of %(chain)s, written on %(time)s. Nothing up to it was cut off.", {
    number: figure(found.number),
    chain: chainName(shown, found.chain),
    time: timeWords(found.at),
  });
