/** What is asked before pupils can send. */
import type { Question } from "../../session/questions.ts";
import { _ } from "../../texts.ts";

export const confirmOpening = (): Question => ({
  name: "confirm-opening",
  title: _("Open the form for pupils?"),
  body: (
    <>
      <p>{_("From then on anybody who opens this website can send a report, and your teams must read what comes.")}</p>
      <p>
        {_(
          "There is no button that undoes this. You can stop taking reports at once, and take them again, under “Settings”.",
        )}
      </p>
    </>
  ),
  no: _("Keep it closed"),
  yes: _("Open the form"),
});
