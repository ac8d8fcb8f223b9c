/** What is asked before somebody's keys change: what they can open now, and what they will open then. */
import type { ComponentChildren } from "preact";
import type { Role } from "../../../generated/permissions.ts";
import type { Question } from "../../session/questions.ts";
import { roleName } from "../../session/roles.ts";
import { _ } from "../../texts.ts";

export interface Standing {
  role: Role;
  teams: readonly string[];
}

function Opens({ title, teams }: { title: ComponentChildren; teams: readonly string[] }) {
  return (
    <>
      <p>{title}</p>
      <ul>
        {teams.length === 0 && <li>{_("No report")}</li>}
        {teams.map((team) => (
          <li key={team}>{_("Reports of %(team)s", { team })}</li>
        ))}
      </ul>
    </>
  );
}

/** What the server does with the claims of whoever leaves a team. */
function Freed({ leaves }: { leaves: boolean }) {
  return leaves && <p>{_("Reports there that they have claimed become free for the others.")}</p>;
}

/** Teams that one person alone opens then. */
function Alone({ teams }: { teams: readonly string[] }) {
  return teams.map((team) => (
    <p key={team}>
      {_(
        "Then one person alone can open reports of %(team)s. The form does not close by itself: let somebody else in soon.",
        { team },
      )}
    </p>
  ));
}

/** `alone`: the names of the teams that one person is left in, here and below. */
export const confirmRemoval = (name: string, teams: readonly string[], alone: readonly string[]): Question => ({
  name: "confirm-removal",
  title: _("Remove %(name)s?", { name }),
  body: (
    <>
      <Opens title={_("Opens now, and no longer then:")} teams={teams} />
      <Freed leaves={teams.length > 0} />
      <Alone teams={alone} />
      <p>
        {_(
          "They are signed out at once, and their teams get new keys: nothing that is sealed from now on opens for them. What they read before they may remember. There is no undo: they would be invited anew.",
        )}
      </p>
    </>
  ),
  no: _("Change nothing"),
  yes: _("Remove"),
  danger: true,
});

export const confirmChange = (name: string, before: Standing, after: Standing, alone: readonly string[]): Question => ({
  name: "confirm-change",
  title: _("Change what %(name)s can do?", { name }),
  body: (
    <>
      <Opens title={_("Now, as %(role)s:", { role: roleName(before.role) })} teams={before.teams} />
      <Opens title={_("Then, as %(role)s:", { role: roleName(after.role) })} teams={after.teams} />
      <Freed leaves={before.teams.some((team) => !after.teams.includes(team))} />
      <Alone teams={alone} />
      <p>{_("You can change it back at any time.")}</p>
    </>
  ),
  no: _("Change nothing"),
  yes: _("Change it"),
});

export const confirmReset = (name: string): Question => ({
  name: "confirm-reset",
  title: _("Take away the second factor of %(name)s?", { name }),
  body: (
    <p>
      {_(
        "Do this only when you see or hear them yourself. Their app, passkeys and recovery codes count no more. You get a code to say to them, good for a day, and both of you are told.",
      )}
    </p>
  ),
  no: _("Change nothing"),
  yes: _("Take it away"),
  danger: true,
});

export const confirmCancel = (name: string): Question => ({
  name: "confirm-cancel",
  title: _("Cancel the invitation of %(name)s?", { name }),
  body: <p>{_("The link opens nothing any more. There is no undo, but you can invite them again.")}</p>,
  no: _("Keep it"),
  yes: _("Cancel the invitation"),
  danger: true,
});
