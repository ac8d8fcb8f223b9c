/** People: the staff, those who were invited, and inviting somebody. */
import { useSignal } from "@preact/signals";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type * as api from "../../../generated/api.ts";
import type { Role } from "../../../generated/permissions.ts";
import { dayAndTime, figure } from "../../../lib/dates.ts";
import { Menu } from "../../menu.tsx";
import { nameFaultWords } from "../../name_words.ts";
import { type NameFault, nameFault } from "../../names.ts";
import type { StaffMember } from "../../session/commands/staff.ts";
import type { PageProps } from "../../session/desk.ts";
import { KEYLESS, ROLES, roleMeaning, roleName } from "../../session/roles.ts";
import { _ } from "../../texts.ts";
import type { TroubleError } from "../../trouble.ts";
import { troubleWords } from "../../trouble_words.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty_state.tsx";
import { Field } from "../../ui/field.tsx";
import { Heading } from "../../ui/heading.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Head } from "./head_sheet.tsx";
import { FORM, type Outcome, People } from "./people.ts";

export function View({ desk }: PageProps) {
  const people = useMemo(() => new People(desk), []);
  useLayoutEffect(() => {
    const leave = desk.shows(people);
    void people.refresh();
    return leave;
  }, []);
  const staff = people.staff.value;
  return (
    <section class="stack">
      <Heading focus={desk.focuses}>{_("People")}</Heading>
      <div class="toolbar">
        <Menu desk={desk} current="people" />
      </div>
      <Notice kind="warn" alert part="trouble">
        {people.trouble.value && troubleWords(people.trouble.value)}
      </Notice>
      {staff && (
        <>
          <h2>{_("Who is here")}</h2>
          <ul class="rows" data-part="members">
            {staff.members.map((member) => (
              <Member key={member.id} people={people} member={member} />
            ))}
          </ul>
          <SaidOf people={people} place="gone" />
          {people.alone.map((team) => (
            <Notice key={team} kind="warn" part="alone">
              {_(
                "One person alone can open reports of %(team)s. The form does not close by itself: let somebody else in soon.",
                { team },
              )}
            </Notice>
          ))}
          <p class="hint" data-part="lost-words">
            {_(
              "Somebody lost their six words? Remove them, and invite them again by the same name. Old reports open for them then.",
            )}
          </p>
          <h2>{_("Invited")}</h2>
          <Invitations people={people} />
          <h2>{_("Invite somebody")}</h2>
          <InviteForm people={people} />
          <Head desk={desk} />
        </>
      )}
    </section>
  );
}

function Member({ people, member }: { people: People; member: StaffMember }) {
  const changing = useSignal(false);
  const colleague = people.colleagues.value.find(({ id }) => id === member.id);
  const isSelf = member.id === people.self;
  const reset = people.reset.value?.id === member.id ? people.reset.value : null;
  return (
    <li class="row" data-member={member.name}>
      <h3 class="row-head">
        <bdi>{member.name}</bdi> <Badge>{roleName(member.role)}</Badge>
        {isSelf && <Badge kind="mine">{_("You")}</Badge>}
        {colleague?.reset && <Badge kind="warn">{_("No second factor at the moment")}</Badge>}
      </h3>
      <p class="hint">
        {member.teams.length > 0
          ? _("Opens reports of: %(teams)s", { teams: people.teamNames(member.teams).join(", ") })
          : _("Opens no report")}
      </p>
      {colleague && <p class="hint">{factorsOf(colleague)}</p>}
      {reset && (
        <Notice part="reset-code">
          {_("Say this code to %(name)s. It is good until %(time)s:", {
            name: member.name,
            time: dayAndTime(Date.parse(reset.until)),
          })}{" "}
          <code dir="ltr" translate={false}>
            {reset.code}
          </code>
        </Notice>
      )}
      {changing.value ? (
        <ChangeForm people={people} member={member} onLeave={() => (changing.value = false)} />
      ) : (
        <p class="actions">
          <Button
            part="change"
            hidden={isSelf}
            busy={people.busy.value}
            onPress={() => {
              changing.value = true;
            }}
          >
            {_("Change role or teams")}
          </Button>
          <Button part="reset" hidden={isSelf} busy={people.busy.value} onPress={() => void people.resetFactor(member)}>
            {_("Second factor lost")}
          </Button>
          <Button part="remove" hidden={isSelf} busy={people.busy.value} onPress={() => void people.remove(member)}>
            {_("Remove")}
          </Button>
        </p>
      )}
      <SaidOf people={people} place={member.id} />
    </li>
  );
}

function factorsOf({ app, passkeys, codes_left }: api.Colleague) {
  const hasApp = app ? _("yes") : _("no");
  return _("App: %(app)s. Passkeys: %(passkeys)s. Recovery codes left: %(codes)s.", {
    app: hasApp,
    passkeys: figure(passkeys),
    codes: figure(codes_left),
  });
}

interface ChosenStanding {
  role: Role;
  teams: readonly string[];
}

interface ChoiceProps extends ChosenStanding {
  people: People;
  name: string;
  onChange: (chosen: ChosenStanding) => void;
}

function StandingChoice({ people, name, role, teams, onChange }: ChoiceProps) {
  const all = people.staff.value?.teams ?? [];
  const keyless = KEYLESS.includes(role);
  return (
    <>
      <Field
        id={`${name}-role`}
        label={_("Role")}
        note={roleMeaning(role)}
        control={(props) => (
          <select
            {...props}
            autocomplete="off"
            value={role}
            onChange={({ currentTarget }) => {
              const wanted = ROLES.find((each) => each === currentTarget.value) ?? role;
              onChange({ role: wanted, teams: KEYLESS.includes(wanted) ? [] : teams });
            }}
          >
            {ROLES.map((each) => (
              <option key={each} value={each}>
                {roleName(each)}
              </option>
            ))}
          </select>
        )}
      />
      <fieldset hidden={keyless}>
        <legend>{_("Teams whose reports they open")}</legend>
        {all.map(({ id, name: team }) => (
          <label key={id} class="choice">
            <input
              type="checkbox"
              autocomplete="off"
              checked={teams.includes(id)}
              onChange={({ currentTarget }) =>
                onChange({
                  role,
                  teams: all
                    .map((each) => each.id)
                    .filter((each) => (each === id ? currentTarget.checked : teams.includes(each))),
                })
              }
            />{" "}
            <bdi>{team}</bdi>
          </label>
        ))}
      </fieldset>
    </>
  );
}

function ChangeForm({ people, member, onLeave }: { people: People; member: StaffMember; onLeave: () => void }) {
  const chosen = useSignal<ChosenStanding>({ role: member.role, teams: member.teams });
  return (
    <form
      class="stack"
      data-part="change-form"
      onSubmit={(event) => {
        event.preventDefault();
        void people.change(member, chosen.value.role, chosen.value.teams).then(onLeave);
      }}
    >
      <StandingChoice
        people={people}
        name={`change-${member.id}`}
        {...chosen.value}
        onChange={(wanted) => {
          chosen.value = wanted;
        }}
      />
      <div class="actions">
        <Button kind="primary" sends busy={people.busy.value}>
          {_("Change it")}
        </Button>
        <Button kind="quiet" onPress={onLeave}>
          {_("Change nothing")}
        </Button>
      </div>
    </form>
  );
}

function Invitations({ people }: { people: People }) {
  const invitations = people.invitations.value;
  if (invitations.length === 0)
    return <EmptyState part="no-invitations">{_("Nobody is invited at the moment.")}</EmptyState>;
  return (
    <ul class="rows" data-part="invitations">
      {invitations.map((invited) => (
        <Invited key={invited.id} people={people} invited={invited} />
      ))}
    </ul>
  );
}

function Invited({ people, invited }: { people: People; invited: api.Invited }) {
  const words = useRef<HTMLInputElement>(null);
  const said = people.said.value;
  const trouble = said?.place === invited.id && "trouble" in said ? said.trouble : null;
  const role = ROLES[invited.role - 1];
  return (
    <li class="row" data-invited={invited.name}>
      <h3 class="row-head">
        <bdi>{invited.name}</bdi> {role && <Badge>{roleName(role)}</Badge>}
        {invited.answered && <Badge kind="new">{_("Waits for you")}</Badge>}
      </h3>
      <p class="hint">
        {_("Invited by %(name)s. Ends by itself: %(time)s", {
          name: invited.made_by,
          time: dayAndTime(Date.parse(invited.until)),
        })}
      </p>
      {invited.answered ? (
        <form
          class="stack"
          data-part="check"
          novalidate
          onSubmit={(event) => {
            event.preventDefault();
            void people.letIn(invited, words.current?.value ?? "");
          }}
        >
          <Field
            id={`words-${invited.id}`}
            label={_("The three words that they say to you")}
            hint={_("Hear them yourself, by phone or face to face. Never take them from a message.")}
            error={trouble && troubleWords(trouble)}
            control={(props) => (
              <input
                {...props}
                ref={words}
                autocomplete="off"
                autocapitalize="none"
                spellcheck={false}
                dir="ltr"
                required
              />
            )}
          />
          <Button kind="primary" sends busy={people.busy.value}>
            {_("Check and let them in")}
          </Button>
        </form>
      ) : (
        <p class="hint">{_("The link was not used yet.")}</p>
      )}
      <p class="actions">
        <Button part="cancel" busy={people.busy.value} onPress={() => void people.cancel(invited)}>
          {_("Cancel the invitation")}
        </Button>
      </p>
      {!invited.answered && <SaidOf people={people} place={invited.id} />}
    </li>
  );
}

const NOTHING_CHOSEN: ChosenStanding = { role: "caseworker", teams: [] };

function InviteForm({ people }: { people: People }) {
  const name = useRef<HTMLInputElement>(null);
  const chosen = useSignal(NOTHING_CHOSEN);
  const wrong = useSignal<NameFault | null>(null);
  const link = people.link.value;
  if (link)
    return (
      <div class="panel stack" data-part="link">
        <p>
          {_(
            "Give this address and the secret below it to %(name)s, and to nobody else. They are good once, for three days, and are shown only now.",
            { name: link.name },
          )}
        </p>
        <p>
          <code dir="ltr" translate={false} data-part="address">
            {link.address}
          </code>
        </p>
        <p>
          <code dir="ltr" translate={false} data-part="secret">
            {link.secret}
          </code>
        </p>
        <p>{_("When they have used it, they say three words to you. You type them here to let them in.")}</p>
        <div class="actions">
          <Button part="copy" onPress={() => void navigator.clipboard.writeText(`${link.address}\n${link.secret}`)}>
            {_("Copy both")}
          </Button>
          <Button
            kind="primary"
            part="close-link"
            onPress={() => {
              chosen.value = NOTHING_CHOSEN;
              people.link.value = null;
            }}
          >
            {_("I have given it")}
          </Button>
        </div>
      </div>
    );
  return (
    <form
      class="panel stack"
      data-part="invite"
      novalidate
      onSubmit={(event) => {
        event.preventDefault();
        const typed = name.current?.value.trim() ?? "";
        wrong.value = nameFault(typed);
        if (!wrong.value) void people.invite({ name: typed, ...chosen.value });
      }}
    >
      <Field
        id="invite-name"
        label={_("Name")}
        hint={_("They sign in with it, and colleagues see it.")}
        error={wrong.value && nameFaultWords(wrong.value)}
        control={(props) => <input {...props} ref={name} autocomplete="off" maxLength={80} dir="auto" required />}
      />
      <StandingChoice
        people={people}
        name="invite"
        {...chosen.value}
        onChange={(wanted) => {
          chosen.value = wanted;
        }}
      />
      <Button kind="primary" sends busy={people.busy.value}>
        {_("Make a link")}
      </Button>
      <SaidOf people={people} place={FORM} />
    </form>
  );
}

const OUTCOMES: Record<Outcome, () => string> = {
  "let-in": () => _("They are in, and can sign in now."),
  removed: () => _("Removed. Their teams have new keys."),
  changed: () => _("Changed, and signed."),
  cancelled: () => _("The invitation is cancelled."),
};

/** A row that is gone says it below the list. */
function SaidOf({ people, place }: { people: People; place: string }) {
  const said = people.said.value;
  const listed = people.staff.value?.members.some(({ id }) => id === said?.place) ?? false;
  const here = said && (place === "gone" ? !listed && said.place !== FORM && "done" in said : said.place === place);
  return (
    <>
      <p role="status" data-part="outcome">
        {here && "done" in said && OUTCOMES[said.done]()}
      </p>
      <Notice kind="warn" alert part="row-trouble">
        {here && "trouble" in said && wordsOf(said.trouble)}
      </Notice>
    </>
  );
}

const wordsOf = (trouble: TroubleError) =>
  trouble.kind === "conflict"
    ? _("Nothing was changed. Somebody else was quicker, or the name is taken. Look again, then try once more.")
    : troubleWords(trouble);
