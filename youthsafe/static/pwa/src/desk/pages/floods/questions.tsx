/** What is asked before reports are closed as junk. */

import { dayAndTime, figure } from "../../../lib/dates.ts";
import type { Question } from "../../session/questions.ts";
import { _ } from "../../texts.ts";
import type { FloodGroup } from "../../wire.ts";

export const confirmJunk = ({ hour, step, urgent, opened, count }: FloodGroup): Question => ({
  name: "confirm-junk",
  title: _("Close them all as junk? Reports: %(count)s", { count: figure(count) }),
  body: (
    <>
      <ul>
        <li>
          {_("They came on %(time)s, and cost step %(step)s of work.", {
            time: dayAndTime(Date.parse(hour)),
            step: figure(step),
          })}
        </li>
        <li>
          {opened
            ? _("Somebody opened each of them, and nobody has claimed one.")
            : _("Nobody has opened any of them.")}
        </li>
        <li>
          {urgent ? (
            <strong>{_("Each of them says that somebody is in danger now.")}</strong>
          ) : (
            _("None of them says that somebody is in danger now.")
          )}
        </li>
      </ul>
      <p>
        {_(
          "They leave the open reports. You can put them back, and a report comes back by itself when its reporter writes again.",
        )}
      </p>
    </>
  ),
  no: _("Keep them open"),
  yes: _("Close all as junk"),
});
