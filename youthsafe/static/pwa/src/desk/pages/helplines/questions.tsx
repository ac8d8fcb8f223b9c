/** What is asked before pupils are told that a helpline does not answer. */
import type { Question } from "../../session/questions.ts";
import { _ } from "../../texts.ts";
import type { Helpline } from "../../wire.ts";

export const confirmAlert = ({ name }: Helpline): Question => ({
  name: "confirm-alert",
  title: _("Tell pupils that it does not answer?"),
  body: (
    <>
      <p>{name}</p>
      <p>{_("Every page that names it says so at once. You can end it here.")}</p>
    </>
  ),
  no: _("Leave it as it is"),
  yes: _("Tell pupils"),
});
