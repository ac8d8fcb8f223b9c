/** Set-up: a list of what is to be done, each with where it is done, and the button that opens the form. */
import type { ComponentChild, ComponentChildren } from "preact";
import { useLayoutEffect, useMemo } from "preact/hooks";
import { figure } from "../../../lib/dates.ts";
import { Menu } from "../../menu.tsx";
import type { Desk, PageProps } from "../../session/desk.ts";
import { _ } from "../../texts.ts";
import { troubleWords } from "../../trouble_words.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Heading } from "../../ui/heading.tsx";
import { Notice } from "../../ui/notice.tsx";
import { ReadersWithoutMail } from "../../without_mail.tsx";
import { ControllerForm } from "./controller_form.tsx";
import { SaidOfPress } from "./press_outcome.tsx";
import { SetUpProgress, type Standing } from "./progress.ts";
import { TeamForm } from "./team_form.tsx";

export function View({ desk }: PageProps) {
  const progress = useMemo(() => new SetUpProgress(desk), []);
  useLayoutEffect(() => {
    const leave = desk.shows(progress);
    void progress.refresh();
    return leave;
  }, []);
  const standing = progress.standing.value;
  return (
    <section class="stack">
      <Heading focus={desk.focuses}>{_("Set-up")}</Heading>
      <div class="toolbar">
        <Menu desk={desk} current="getting_started" />
      </div>
      <Notice kind="warn" part="trouble">
        {progress.trouble.value && troubleWords(progress.trouble.value)}
      </Notice>
      {standing && <Steps desk={desk} progress={progress} standing={standing} />}
      {standing && <Opening progress={progress} standing={standing} />}
    </section>
  );
}

interface StepProps {
  desk: Desk;
  progress: SetUpProgress;
  standing: Standing;
}

/** `explained`: what it is for; `doing`: where it is done. */
interface StepText {
  title: () => string;
  explained: () => ComponentChild;
  doing?: (props: StepProps) => ComponentChild;
}

const STEPS: Record<string, StepText> = {
  kit: {
    title: () => _("A recovery kit"),
    explained: () => _("The one on paper must be the newest. Where it is not, or was seen, print another."),
    doing: ({ desk }) => <Away desk={desk} below="new-kit/" label={_("Go to the recovery kit")} />,
  },
  controller: {
    title: () => _("Who runs this site"),
    explained: () => _("Everybody can read it on the website. What you do not know yet can be written later."),
    doing: (props) => <Controller {...props} />,
  },
  "general-team": {
    title: () => _("A general team"),
    explained: () => _("It reads every report that goes to no smaller team."),
    doing: ({ progress }) => <MoreTeams progress={progress} />,
  },
  "smaller-team": {
    title: () => _("A smaller team for worries about adults"),
    explained: () =>
      _("It reads what is told about an adult who works with young people, who may be somebody's colleague."),
    doing: (props) => <SmallerTeam {...props} />,
  },
  hours: {
    title: () => _("Reading hours"),
    explained: () => _("Pupils are told when somebody reads. Each team needs hours on at least one day."),
    doing: ({ desk }) => <Away desk={desk} below="hours/" label={_("Go to the reading hours")} />,
  },
  mail: {
    title: () => _("Mail"),
    explained: () => _("Colleagues are told by mail that something came, never what. A test message must arrive."),
    doing: ({ desk, standing }) => (
      <>
        <ReadersWithoutMail readers={standing.readers} />
        <Away desk={desk} below="mail/" label={_("Go to the mail settings")} />
      </>
    ),
  },
  people: {
    title: () => _("Two people for each team"),
    explained: () => _("One person alone is ill or on leave one day. Each team needs two who can open its reports."),
    doing: (props) => <People {...props} />,
  },
};

function Steps(props: StepProps) {
  return (
    <ol class="rows" data-part="steps">
      {props.standing.steps.map(({ name, done }) => {
        const { title, explained, doing } = STEPS[name] ?? { title: () => name, explained: () => null };
        return (
          <li key={name} class="row step" data-step={name} data-done={done ? "yes" : "no"}>
            <h2 class="row-head">
              {title()} <Badge kind={done ? "mine" : "new"}>{done ? _("Done") : _("To do")}</Badge>
            </h2>
            <p>{explained()}</p>
            {doing?.(props)}
          </li>
        );
      })}
    </ol>
  );
}

function Away({ desk, below, label }: { desk: Desk; below: string; label: string }) {
  return (
    <p>
      <a class="button" href={desk.address(below)}>
        {label}
      </a>
    </p>
  );
}

/** Whose pages these are comes with the content pack, so whoever sets up can only look whether it is the right one. */
function Controller({ desk, progress, standing }: StepProps) {
  const languages = desk.languages.map(({ name }) => name).join(", ");
  return (
    <>
      <p class="hint" data-part="pack">
        {_(
          "The pages are those of %(borough)s, in: %(languages)s. If that is not right, tell whoever runs the server: it comes with the content pack.",
          { borough: standing.borough, languages },
        )}
      </p>
      <ControllerForm progress={progress} said={standing.controller} />
    </>
  );
}

function SmallerTeam({ progress, standing }: StepProps) {
  const there = standing.teams.some(({ kind }) => kind === 2);
  return (
    <>
      {!there && (
        <label class="choice">
          <input
            type="checkbox"
            data-part="one-team"
            autocomplete="off"
            checked={standing.one_team}
            onChange={({ currentTarget }) => void progress.decideTeams(currentTarget.checked)}
          />{" "}
          {_("We have no smaller team. The general team reads these worries too.")}
        </label>
      )}
      {!there && !standing.one_team && (
        <TeamForm progress={progress} place="smaller-team" kind={2} label={_("The name of the smaller team")} />
      )}
      <SaidOfPress progress={progress} place="smaller-team" />
    </>
  );
}

function MoreTeams({ progress }: { progress: SetUpProgress }) {
  return (
    <details>
      <summary>{_("Make another team")}</summary>
      <p>{_("Reports go to the first general team. Another one stands ready for when it is needed.")}</p>
      <TeamForm progress={progress} place="more-teams" kind={1} label={_("The name of the team")} />
      <SaidOfPress progress={progress} place="more-teams" />
    </details>
  );
}

function People({ desk, standing }: StepProps) {
  return (
    <>
      <ul data-part="readers">
        {standing.teams.map(({ id, name, people }) => (
          <li key={id}>{readersWords(name, people, standing.enough)}</li>
        ))}
      </ul>
      <Away desk={desk} below="people/" label={_("Go to teams and people")} />
    </>
  );
}

function readersWords(team: string, people: number, enough: number) {
  const count = figure(people);
  return people < enough
    ? _("%(team)s: %(count)s of %(enough)s people can open its reports", { team, count, enough: figure(enough) })
    : _("%(team)s: %(count)s people can open its reports", { team, count });
}

function Opening({ progress, standing }: { progress: SetUpProgress; standing: Standing }) {
  const left = standing.steps.filter(({ done }) => !done).length;
  return (
    <section class="panel stack" data-part="opening">
      <h2>{_("The form for pupils")}</h2>
      <State>
        {standing.open
          ? _("It is open: pupils can send.")
          : _("It is closed: pupils read that, and where else they find help.")}
      </State>
      {left > 0 && (
        <Notice kind={standing.open ? "warn" : "plain"} part="left">
          {standing.open
            ? _("Something of the list above is not done any more. The form stays open: put it right today.")
            : _("It can be opened when everything above is done. Still to do: %(count)s", { count: figure(left) })}
        </Notice>
      )}
      {!standing.open && left === 0 && (
        <p>
          <Button kind="primary" part="open" onPress={() => void progress.openForm()}>
            {_("Open the form")}
          </Button>
        </p>
      )}
      <SaidOfPress progress={progress} place="open" />
    </section>
  );
}

const State = ({ children }: { children: ComponentChildren }) => <p data-part="state">{children}</p>;
