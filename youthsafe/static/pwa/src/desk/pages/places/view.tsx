/** Places: the lists, one place open in them, and importing a file. */
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { figure, isoDay } from "../../../lib/dates.ts";
import { Menu } from "../../menu.tsx";
import type { Desk, PageProps } from "../../session/desk.ts";
import { may } from "../../session/session.ts";
import { _ } from "../../texts.ts";
import { troubleWords } from "../../trouble_words.ts";
import { useAfterDrawing } from "../../ui/after_drawing.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty_state.tsx";
import { Field } from "../../ui/field.tsx";
import { Heading } from "../../ui/heading.tsx";
import { Notice } from "../../ui/notice.tsx";
import type { Haven, HavenDetail } from "../../wire.ts";
import { ImportPanel } from "./import_view.tsx";
import { FileImport } from "./importing.ts";
import { type Outcome, type PlaceList, PlacesShown, type Pressed } from "./places.ts";
import { PlaceForm } from "./typing_view.tsx";
import { columnWords, DOUBTS, dayWords, LISTS, METHODS, methodWords, roleWords } from "./words.ts";

const ORDER: readonly PlaceList[] = ["candidate", "active", "due", "paused", "withdrawn"];

export function View({ desk }: PageProps) {
  const shown = useMemo(() => new PlacesShown(desk), []);
  const file = useMemo(() => new FileImport(desk), []);
  useLayoutEffect(() => {
    const leave = desk.shows(shown);
    void shown.refresh();
    return leave;
  }, []);
  useAfterDrawing(shown.afterDrawing);
  const proposes = desk.session !== null && may(desk.session, "haven:propose");
  const panel = shown.panel.value;
  return (
    <section class="stack">
      <Heading focus={desk.focuses}>{_("Places")}</Heading>
      <div class="toolbar">
        <Menu desk={desk} current="places" />
      </div>
      <p class="hint">
        {_(
          "Pupils see a place once two different people approved it, one of them after a visit. After 180 days without a check it leaves the list by itself.",
        )}
      </p>
      <Notice kind="warn" alert part="trouble">
        {shown.trouble.value && troubleWords(shown.trouble.value)}
      </Notice>
      {proposes && (
        <p class="actions">
          <Button part="show-import" onPress={() => shown.show("import")}>
            {_("Import a file")}
          </Button>
          <Button part="show-new" onPress={() => shown.show("new")}>
            {_("Add a place")}
          </Button>
        </p>
      )}
      {panel === "import" && <ImportPanel file={file} onSaved={() => void shown.refresh()} />}
      {panel === "new" && shown.typed.value && (
        <section class="panel stack">
          <h2>{_("Add a place")}</h2>
          <PlaceForm desk={desk} shown={shown} typed={shown.typed.value} />
        </section>
      )}
      <Lists shown={shown} />
      <Rows desk={desk} shown={shown} />
    </section>
  );
}

function Lists({ shown }: { shown: PlacesShown }) {
  const counts = shown.counts.value;
  return (
    <nav class="tabs" aria-label={_("Which places")}>
      {ORDER.map((list) => (
        <button
          key={list}
          type="button"
          data-list={list}
          aria-pressed={shown.list.value === list}
          onClick={() => void shown.choose(list)}
        >
          {LISTS[list]()}
          {counts && <span class="hint">{figure(counts[list])}</span>}
        </button>
      ))}
    </nav>
  );
}

function Rows({ desk, shown }: { desk: Desk; shown: PlacesShown }) {
  const havens = shown.havens.value;
  const open = shown.open.value;
  const left = open && !havens.some(({ id }) => id === open.haven.id); // a place that a press took from this list stays
  return (
    <>
      {left && (
        <ul class="rows">
          <Row desk={desk} shown={shown} haven={open.haven} />
        </ul>
      )}
      <ul class="rows" data-part="places" hidden={havens.length === 0}>
        {havens.map((haven) => (
          <Row key={haven.id} desk={desk} shown={shown} haven={haven} />
        ))}
      </ul>
      {shown.counts.value && havens.length === 0 && (
        <EmptyState part="no-places">{_("There is no place in this list.")}</EmptyState>
      )}
      <Button part="more" hidden={shown.next.value === null} onPress={() => void shown.more()}>
        {_("Show more")}
      </Button>
    </>
  );
}

function Row({ desk, shown, haven }: { desk: Desk; shown: PlacesShown; haven: Haven }) {
  const open = shown.open.value?.haven.id === haven.id ? shown.open.value : null;
  const pressed = shown.pressed.value;
  const said = pressed?.id === haven.id ? pressed.what : null;
  return (
    <li class="row place" data-place={haven.id}>
      <p class="row-head" data-part="badges">
        {haven.kind === "hate-crime-site" && <Badge>{_("Place to report hate crime")}</Badge>}
        {haven.expired && <Badge kind="warn">{_("Off the list: not checked for 180 days")}</Badge>}
        {haven.due && !haven.expired && <Badge kind="warn">{_("Due for checking")}</Badge>}
        {haven.doubt && <Badge kind="warn">{DOUBTS[haven.doubt]()}</Badge>}
        {haven.demo && <Badge>{_("Made up")}</Badge>}
      </p>
      <button
        type="button"
        class="button quiet"
        data-part="open"
        aria-expanded={open !== null}
        onClick={() => void shown.toggle(haven.id)}
      >
        <bdi>{haven.name}</bdi>
      </button>
      <p class="row-meta row-head">
        <span>{haven.address}</span>
        <span>{verifiedWords(haven)}</span>
      </p>
      {open && <OpenPlace desk={desk} shown={shown} detail={open} />}
      <p role="status" data-part="outcome" tabIndex={-1}>
        {said && "done" in said && OUTCOMES[said.done]()}
      </p>
      <Notice kind="warn" alert part="press-trouble">
        {said && "trouble" in said && pressTrouble(said)}
      </Notice>
    </li>
  );
}

function verifiedWords({ verified_on: on, verified_by: by, method }: Haven) {
  if (!on) return _("Nobody has made sure of it yet.");
  return _("Checked on %(day)s by %(role)s: %(how)s", {
    day: dayWords(on),
    role: roleWords(by ?? ""),
    how: methodWords(method ?? ""),
  });
}

const OUTCOMES: Record<Outcome, () => string> = {
  approved: () => _("Saved. It still needs two different people, and one of them must have visited."),
  active: () => _("Saved. Pupils see it now."),
  "taken-back": () => _("Your approval is taken back."),
  checked: () => _("Saved."),
  paused: () => _("It is off the list. Pupils do not see it any more."),
  withdrawn: () => _("It is withdrawn. Pupils do not see it any more."),
  saved: () => _("Saved. Two people must approve it."),
  "as-it-was": () => _("Nothing differs, so it stays as it was."),
};

function pressTrouble({ trouble }: Extract<Pressed, { trouble: unknown }>) {
  if (trouble !== "changed") return troubleWords(trouble);
  return _("Nothing was changed. Somebody was here first, or you have approved it already. This is how it stands now.");
}

const you = (): string => _("you");

function OpenPlace({ desk, shown, detail }: { desk: Desk; shown: PlacesShown; detail: HavenDetail }) {
  const { haven, columns, approvals } = detail;
  const typed = shown.panel.value === "new" ? null : shown.typed.value;
  const { session } = desk;
  if (typed) return <PlaceForm desk={desk} shown={shown} typed={typed} />;
  const approves = session && may(session, "haven:approve") && haven.status !== "withdrawn";
  const pauses = session && may(session, "haven:pause") && haven.status !== "withdrawn";
  return (
    <div class="stack place-open" data-part="detail">
      <dl class="report-text">
        {Object.entries(columns)
          .filter(([name, text]) => text && name !== "name" && name !== "address" && name !== "kind")
          .map(([name, text]) => [<dt>{columnWords(name)}</dt>, <dd>{text}</dd>])}
      </dl>
      {approvals.length > 0 && (
        <ul data-part="approvals">
          {approvals.map(({ role, method, on, mine }) => (
            <li key={`${role} ${method} ${on} ${mine}`}>
              {_("Approved by %(role)s: %(how)s, %(day)s", {
                role: mine ? you() : roleWords(role),
                how: methodWords(method),
                day: dayWords(on),
              })}
            </li>
          ))}
        </ul>
      )}
      {approves && <WordForm shown={shown} haven={haven} />}
      <p class="actions">
        {approves && approvals.some(({ mine }) => mine) && (
          <Button part="take-back" onPress={() => void shown.takeBack(haven.id)}>
            {_("Take my approval back")}
          </Button>
        )}
        {session && may(session, "haven:propose") && (
          <Button part="edit" onPress={() => shown.edit()}>
            {_("Change details")}
          </Button>
        )}
      </p>
      {pauses && <DoubtForm shown={shown} haven={haven} />}
    </div>
  );
}

/** Making sure of a place: two different people for one that is not on the list, one for one that is. */
function WordForm({ shown, haven }: { shown: PlacesShown; haven: Haven }) {
  const [method, day] = [useRef<HTMLSelectElement>(null), useRef<HTMLInputElement>(null)];
  const listed = haven.status === "active" && !haven.expired;
  return (
    <form
      class="actions"
      data-part="word"
      onSubmit={(event) => {
        event.preventDefault();
        const [how, on] = [method.current?.value ?? "", day.current?.value ?? ""];
        void (listed ? shown.checked(haven.id, how, on) : shown.approve(haven.id, how, on));
      }}
    >
      <Field
        id="place-method"
        label={_("I made sure by")}
        control={(props) => (
          <select {...props} ref={method} autocomplete="off">
            {Object.entries(METHODS).map(([each, words]) => (
              <option key={each} value={each}>
                {words()}
              </option>
            ))}
          </select>
        )}
      />
      <Field
        id="place-day"
        label={_("On which day")}
        control={(props) => (
          <input
            {...props}
            ref={day}
            type="date"
            required
            max={isoDay(Date.now())}
            defaultValue={isoDay(Date.now())}
            autocomplete="off"
          />
        )}
      />
      <Button kind="primary" sends part="say-word">
        {listed ? _("Mark as checked") : _("Approve")}
      </Button>
      <p class="hint">
        {listed
          ? _("There is no undo. Somebody who checks it later marks it again.")
          : _("You can take it back until the place is on the list.")}
      </p>
    </form>
  );
}

function DoubtForm({ shown, haven }: { shown: PlacesShown; haven: Haven }) {
  const doubt = useRef<HTMLSelectElement>(null);
  return (
    <form
      class="actions"
      data-part="doubt"
      onSubmit={(event) => {
        event.preventDefault();
        void shown.pause(haven, doubt.current?.value ?? "");
      }}
    >
      <Field
        id="place-doubt"
        label={_("Is something wrong?")}
        control={(props) => (
          <select {...props} ref={doubt} autocomplete="off">
            <option value="">{_("Not said")}</option>
            {Object.entries(DOUBTS).map(([each, words]) => (
              <option key={each} value={each}>
                {words()}
              </option>
            ))}
          </select>
        )}
      />
      <Button sends part="pause">
        {_("Take it off the list now")}
      </Button>
      <Button kind="danger" part="withdraw" onPress={() => void shown.withdraw(haven)}>
        {_("Withdraw it")}
      </Button>
    </form>
  );
}
