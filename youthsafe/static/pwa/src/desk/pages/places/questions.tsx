/** What is asked before a place leaves the list. */
import type { Question } from "../../session/questions.ts";
import { _ } from "../../texts.ts";
import type { Haven } from "../../wire.ts";

export const confirmPause = ({ name }: Haven): Question => ({
  name: "confirm-pause",
  title: _("Take it off the list now?"),
  body: (
    <>
      <p>{name}</p>
      <p>{_("There is no undo: it comes back when two people approve it again, one of them after a visit.")}</p>
    </>
  ),
  no: _("Leave it as it is"),
  yes: _("Take it off the list"),
});

export const confirmWithdraw = ({ name }: Haven): Question => ({
  name: "confirm-withdraw",
  title: _("Withdraw it for good?"),
  body: (
    <>
      <p>{name}</p>
      <p>{_("There is no undo: it comes back only as a place to approve, when its details are changed.")}</p>
    </>
  ),
  no: _("Leave it as it is"),
  yes: _("Withdraw it"),
  danger: true,
});
