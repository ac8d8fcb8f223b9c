/** What is asked before the mail server is removed. */

import type { Question } from "../../session/questions.ts";
import { _ } from "../../texts.ts";

export const confirmRemove = (): Question => ({
  name: "confirm-remove-mail",
  title: _("Remove the mail server?"),
  body: (
    <p>
      {_(
        "No mail goes out after that, and its password is forgotten. This cannot be undone: to use it again, type everything anew.",
      )}
    </p>
  ),
  no: _("Keep it"),
  yes: _("Remove it"),
  danger: true,
});
